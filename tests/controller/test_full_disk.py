"""A disk that fills up in mid-session: told once, nothing lost, and told again when all is well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from emotion_gui.controller.status import Level, Phase
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.errors import StorageError
from emotion_gui.core.session import SessionEntry
from emotion_gui.storage.session_store import SessionStore
from tests.builders import same_totals
from tests.controller.conftest import Bench
from tests.fakes import FakeSource


class FillingStore(SessionStore):
    """A store on a disk that is full while `full` is set."""

    full = False

    def append(self, session_id: str, entries: Sequence[SessionEntry]) -> None:
        if self.full:
            raise StorageError("The disk is full.", "Free some space.")
        super().append(session_id, entries)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path, FillingStore)
    made.sources[:] = [lambda: FakeSource([Emotion.HAPPY], live=True, interval_s=0.005)]
    yield made
    made.close()


def _levels(bench: Bench, message: str) -> list[Level]:
    return [notice.level for notice in bench.notices if notice.message == message]


def test_a_session_outlives_a_full_disk(bench: Bench) -> None:
    store = bench.store
    assert isinstance(store, FillingStore)
    controller = bench.ready("camera:0")
    session = bench.begin()
    bench.poll_until(lambda: session.statistics.frames > 10, "some results")
    store.full = True
    bench.poll_until(lambda: _levels(bench, "The disk is full."), "the news")
    assert controller.phase is Phase.RUNNING
    counted = session.statistics.frames
    bench.poll_until(lambda: session.statistics.frames > counted + 20, "results on a full disk")
    store.full = False
    bench.poll_until(lambda: _levels(bench, "Everything is saved again."), "the good news")
    controller.stop()
    session_id = session.info.session_id
    bench.poll_until(lambda: same_totals(store.load(session_id).statistics, session.statistics), "the whole record")
    assert _levels(bench, "The disk is full.") == [Level.ERROR]


def test_what_a_full_disk_never_took_is_said_when_the_program_ends(bench: Bench) -> None:
    store = bench.store
    assert isinstance(store, FillingStore)
    controller = bench.ready("camera:0")
    bench.begin()
    store.full = True
    bench.poll_until(lambda: _levels(bench, "The disk is full."), "the news")
    unsaved: list[int] = []
    controller.close(unsaved.append)
    bench.poll_until(lambda: unsaved, "the end")
    assert unsaved[0] > 0
