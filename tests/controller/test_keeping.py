"""Whether the session is on the disk, as the window says it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from emotion_gui.controller.status import Keeping, SourceState
from emotion_gui.core.errors import SourceError, StorageError
from emotion_gui.core.session import SessionEntry
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.vision.sources import VideoSource
from tests.builders import CONSENT
from tests.controller.conftest import Bench
from tests.fakes import FakeSource


class SlowStore(SessionStore):
    """A disk that takes nothing until it is let, or refuses."""

    gate = threading.Event()
    full = False

    def append(self, session_id: str, entries: Sequence[SessionEntry]) -> None:
        self.gate.wait(10)
        if self.full:
            raise StorageError("The disk is full.", "Free some space.")
        super().append(session_id, entries)


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[Bench]:
    SlowStore.gate.set()
    SlowStore.full = False
    made = Bench(tmp_path, SlowStore)
    yield made
    SlowStore.full = False
    SlowStore.gate.set()
    made.close()


def _messages(bench: Bench) -> list[str]:
    return [notice.message for notice in bench.notices]


def test_a_stopped_session_is_saving_until_it_is_on_the_disk(slow: Bench) -> None:
    controller = slow.ready("camera:0")
    slow.begin()
    SlowStore.gate.clear()
    controller.stop()
    slow.notices.extend(controller.poll())
    assert controller.keeping.state is Keeping.SAVING
    assert "The session is saved." not in _messages(slow)
    SlowStore.gate.set()
    slow.poll_until(lambda: controller.keeping.state is Keeping.SAVED, "the session on the disk")
    slow.poll_until(lambda: "The session is saved." in _messages(slow), "the word of it")


def test_what_the_disk_refuses_is_held_up(slow: Bench) -> None:
    controller = slow.ready("camera:0")
    slow.begin()
    SlowStore.full = True
    controller.stop()
    slow.poll_until(lambda: controller.keeping.state is Keeping.HELD_UP, "the refusal")
    assert "The session is saved." not in _messages(slow)
    SlowStore.full = False
    slow.poll_until(lambda: "The session is saved." in _messages(slow), "the word that it is saved after all")


def test_a_session_without_a_picture_is_not_called_saved(bench: Bench) -> None:
    def gone() -> VideoSource:
        raise SourceError("No camera was found.", "Connect one.")

    bench.sources = [gone]
    bench.ready("camera:0")
    bench.controller.start("Ada", "", consent=CONSENT)
    bench.poll_until(lambda: bench.controller.source.state is SourceState.LOST, "the missing camera")
    assert not bench.controller.source.seen
    bench.controller.stop()
    bench.notices.extend(bench.controller.poll())
    assert "No picture came before the stop, so no session was kept." in _messages(bench)
    assert "The session is saved." not in _messages(bench)


def test_a_camera_that_was_seen_is_lost_and_not_absent(bench: Bench) -> None:
    bench.sources = [lambda: FakeSource([None] * 9, interval_s=0.01, live=True, lost_after=3)]
    bench.ready("camera:0")
    bench.controller.start("Ada", "", consent=CONSENT)
    bench.poll_until(lambda: bench.controller.source.state is SourceState.LOST, "the loss")
    assert bench.controller.source.seen
