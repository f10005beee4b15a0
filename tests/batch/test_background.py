"""The thread behind a window that has recordings analysed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from emotion_gui.batch.background import BackgroundRun
from emotion_gui.batch.finding import find_recordings
from emotion_gui.batch.plan import BatchPlan, OutcomeState
from emotion_gui.batch.run_events import Ended, Moved, Over, RunEvent
from emotion_gui.core.consent import Purpose
from emotion_gui.core.settings import Settings
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.vision.classifiers import shipped_model
from tests.batch.clips import write_talk
from tests.waiting import wait_for

_LONGEST_S = 60.0


def plan(folder: Path, **changes: str | bool) -> BatchPlan:
    return BatchPlan(
        Settings(), shipped_model(), folder / "work", folder / "store", formats=(), resume=True,
        purpose=Purpose.RESEARCH, **changes,  # type: ignore[arg-type]  # a test's own changes
    )  # fmt: skip


def heard_until(run: BackgroundRun, kind: type[RunEvent]) -> list[RunEvent]:
    heard: list[RunEvent] = []

    def listen() -> bool:
        heard.extend(run.take())
        return any(isinstance(event, kind) for event in heard)

    wait_for(listen, kind.__name__, longest_s=_LONGEST_S)
    return heard


@pytest.mark.slow
def test_what_is_cancelled_stops_within_a_second_and_goes_on_later(tmp_path: Path) -> None:
    write_talk(tmp_path / "talk.mp4", 500)
    recordings = find_recordings([str(tmp_path / "talk.mp4")], tmp_path / "out")
    run = BackgroundRun(recordings, plan(tmp_path))
    moved = heard_until(run, Moved)
    asked_at = time.monotonic()
    run.cancel()
    after = heard_until(run, Over)
    assert time.monotonic() - asked_at < 1.5
    assert not [event for event in (*moved, *after) if isinstance(event, Ended)]
    again = BackgroundRun(recordings, plan(tmp_path))
    (ended,) = [event for event in heard_until(again, Over) if isinstance(event, Ended)]
    assert ended.outcome.state in {OutcomeState.RESUMED, OutcomeState.ANALYSED}
    assert ended.outcome.found is not None
    with SessionStore(tmp_path / "store") as store:
        (kept,) = store.list()
    assert kept.info == ended.outcome.found.info
    assert kept.face_duration_s == pytest.approx(ended.outcome.found.usable_s)
    run.close()
    again.close()


@pytest.mark.slow
def test_a_broken_file_is_told_in_the_windows_language_and_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "a.mp4").write_text("no video", encoding="utf-8")
    write_talk(tmp_path / "talks" / "b.mp4")
    run = BackgroundRun(
        find_recordings([str(tmp_path / "talks")], tmp_path / "out"), plan(tmp_path, spoken="de")
    )  # fmt: skip
    ended = {event.number: event.outcome for event in heard_until(run, Over) if isinstance(event, Ended)}
    assert ended[0].state is OutcomeState.FAILED
    assert "kein Video" in ended[0].text
    assert ended[1].state is OutcomeState.ANALYSED
    run.close()


def test_a_model_that_cannot_be_used_is_the_runs_own_error(tmp_path: Path) -> None:
    write_talk(tmp_path / "talk.mp4")
    model = tmp_path / "model.tflite"
    model.write_bytes(b"no model")
    broken = BatchPlan(Settings(), model, tmp_path / "work", formats=())
    run = BackgroundRun(find_recordings([str(tmp_path / "talk.mp4")], tmp_path / "out"), broken)
    (over,) = [event for event in heard_until(run, Over) if isinstance(event, Over)]
    assert over.error is not None
    assert "model.tflite" in over.error.message
    run.close()
