"""Another program holds the store in mid-session: told once, waited for, nothing lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import cast

import pytest

from emotion_gui.controller.status import Level, Phase
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.session import SessionState
from emotion_gui.storage.session_store import SessionStore
from tests.builders import CONSENT, same_totals
from tests.controller.conftest import Bench
from tests.fakes import FakeSource


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    impatient = cast("type[SessionStore]", partial(SessionStore, busy_timeout_s=0.05))
    made = Bench(tmp_path, impatient)
    made.sources[:] = [lambda: FakeSource([Emotion.HAPPY], live=True, interval_s=0.005)]
    yield made
    made.close()


def test_a_session_outlives_a_locked_store(bench: Bench) -> None:
    controller = bench.ready("camera:0")
    controller.start("Ada", "", consent=CONSENT)
    session = controller.session
    assert session
    bench.poll_until(lambda: session.statistics.frames > 10, "some results")
    with closing(sqlite3.connect(bench.store.folder / "sessions.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        bench.poll_until(lambda: bench.notices, "the news")
        assert bench.notices[0].level is Level.ERROR
        assert "Another program" in bench.notices[0].message
        counted = session.statistics.frames
        bench.poll_until(lambda: session.statistics.frames > counted + 20, "results that cannot be written")
        assert controller.phase is Phase.RUNNING
        other.execute("ROLLBACK")
    bench.poll_until(lambda: len(bench.notices) > 1, "the good news")
    assert bench.notices[1].message == "Everything is saved again."
    controller.stop()
    kept = partial(bench.store.load, session.info.session_id)
    bench.poll_until(lambda: kept().state is SessionState.FINISHED, "the session's end in the store")
    assert same_totals(kept().statistics, session.statistics)
    assert [event.kind for event in kept().events][-1] == "stopped"
