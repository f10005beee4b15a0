"""Sessions in which hardly anything can be counted: each ends in a plain sentence and a record of the truth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from emotion_gui.controller.record_writer import RecordWriter
from emotion_gui.controller.running_record import RunningRecord
from emotion_gui.controller.status import Phase
from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.nervousness import Verdict
from emotion_gui.core.results import FrameResult
from emotion_gui.core.session import SessionRecord, SessionState
from emotion_gui.export import EXPORTERS, export_session
from emotion_gui.storage.session_store import SessionStore
from tests.builders import CONSENT, make_face, make_info
from tests.controller.conftest import Bench
from tests.fakes import FakeSource

_INTERVAL_S = 0.02


def _without_a_face(bench: Bench, frames: int) -> SessionRecord:
    """The record of a session over a recording of nobody."""
    bench.sources[:] = [lambda: FakeSource([None] * frames, interval_s=_INTERVAL_S)]
    controller = bench.ready()
    bench.begin()
    bench.poll_until(lambda: controller.phase is Phase.IDLE, "the recording's end")
    return _record(bench)


def _record(bench: Bench) -> SessionRecord:
    loaded: list[SessionRecord] = []
    session_id = bench.controller.last_session_id
    assert session_id
    bench.controller.history.open_session(session_id, loaded.append)
    bench.poll_until(lambda: loaded, "the record")
    return loaded[0]


def test_a_clip_without_any_face(bench: Bench) -> None:
    record = _without_a_face(bench, 50)
    assert record.state is SessionState.FINISHED
    assert record.judgement.verdict is Verdict.NOT_ENOUGH_DATA
    assert record.judgement.reason == "0 of 10 s usable; mostly no face"
    assert record.statistics.duration_s == pytest.approx(1.0, abs=0.1)
    assert (record.statistics.seen_duration_s, record.statistics.face_duration_s) == (0, 0)
    assert not any(record.statistics.seconds.values())
    assert [event.kind for event in record.events] == ["stopped"]
    assert bench.notices[-1].message == "The recording has ended; the session is saved."


def test_a_session_of_no_time_leaves_a_record_that_can_be_handed_over(bench: Bench, tmp_path: Path) -> None:
    record = _without_a_face(bench, 1)
    assert record.state is SessionState.FINISHED
    assert record.statistics.frames == 1
    assert record.statistics.duration_s <= _INTERVAL_S
    assert record.judgement.reason == "0 of 10 s usable; mostly no face"
    for key, exporter in EXPORTERS.items():
        assert export_session(record, key, tmp_path / f"none{exporter.suffix}").stat().st_size > 0


def test_a_session_stopped_before_its_first_picture_says_that_nothing_was_kept(bench: Bench) -> None:
    controller = bench.ready()
    controller.start("Ada", "", consent=CONSENT)
    controller.stop()
    bench.poll_until(lambda: bench.notices, "the sentence")
    assert [notice.message for notice in bench.notices] == ["No picture came before the stop, so no session was kept."]
    assert bench.store.list() == ()


class _Clock:
    """The computer's clock, which somebody sets."""

    def __init__(self) -> None:
        # Ahead of the real one, by which the store works.
        self.now = datetime.now(UTC) + timedelta(hours=2)

    def __call__(self) -> datetime:
        return self.now


def _session_of(folder: Path, minutes: int, ended: Callable[[datetime], datetime]) -> SessionRecord:
    """The record of a session of so many minutes, at whose end the clock shows something else."""
    clock = _Clock()
    with SessionStore(folder) as store:
        writer = RecordWriter(store)
        running = RunningRecord(writer, clock)
        running.expect(make_info())
        running.picture_came()
        assert running.session
        for second in range(60 * minutes):
            result = FrameResult(second, float(second), 1.0, (make_face(EMOTIONS[second % 7]),))
            for entry in running.session.add(result):
                running.add(entry)
        clock.now = ended(clock.now)
        running.end()
        assert writer.close() == 0
        return store.load(running.session.info.session_id)


def test_a_clock_set_back_in_a_session_moves_nothing_in_it(tmp_path: Path) -> None:
    record = _session_of(tmp_path, 3, lambda now: now - timedelta(hours=1))
    assert record.statistics.duration_s == pytest.approx(180)
    assert record.ended_at - record.info.started_at == timedelta(seconds=179)
    event = next(event for event in record.events if event.kind == "clock set back")
    assert event.text == "by about 63 min; the session's own times are right"
    assert event.time_s == 179
    assert record.events[-1].kind == "stopped"


def test_a_clock_that_is_right_is_nothing_to_tell(tmp_path: Path) -> None:
    record = _session_of(tmp_path, 1, lambda now: now + timedelta(seconds=60))
    assert record.ended_at - record.info.started_at == timedelta(seconds=60)
    assert all(event.kind != "clock set back" for event in record.events)
