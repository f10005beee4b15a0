"""What a process that dies takes with it, and what a person sees of all this."""

from __future__ import annotations

import io
import multiprocessing
import sys
from pathlib import Path

import pytest

from emotion_gui.batch.finding import find_recordings
from emotion_gui.batch.plan import BatchPlan, Outcome, OutcomeState, Recording
from emotion_gui.batch.progress import Progress
from emotion_gui.batch.workers import analyze_many
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.vision.classifiers import shipped_model
from tests.batch.clips import write_talk


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_process_that_dies_takes_one_recording_with_it(jobs: int, tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        write_talk(tmp_path / "talks" / f"{name}.mp4", 40)
    recordings = find_recordings([str(tmp_path / "talks")], tmp_path / "out")
    for recording in recordings:
        recording.folder.mkdir(exist_ok=True)
    plan = BatchPlan(Settings(), shipped_model(), tmp_path / "work", formats=("csv",))
    killed: list[int] = []

    def kill_first(number: int, _: float) -> None:
        if not killed:
            killed.append(number)
            for child in multiprocessing.active_children():
                child.kill()

    outcomes: dict[int, Outcome] = dict(analyze_many(recordings, plan, jobs, kill_first))
    failed = {number for number, outcome in outcomes.items() if outcome.state is OutcomeState.FAILED}
    assert set(outcomes) == {0, 1, 2}
    assert set(killed) <= failed
    assert len(failed) == jobs
    assert all("Its process ended" in outcomes[number].text for number in failed)
    assert not multiprocessing.active_children()


DONE = Outcome(OutcomeState.ANALYSED, "", (Path("a.csv"),))


class Terminal(io.StringIO):
    """Where a person watches."""

    def isatty(self) -> bool:
        return True


def test_there_is_a_bar_for_each_recording_and_one_for_all(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    recordings = [
        Recording(SourceSpec("file", name), Path(), name, size) for name, size in (("a.mp4", 100), ("b.mp4", 300))
    ]
    monkeypatch.setattr("emotion_gui.batch.progress._DRAW_EVERY_S", 0.0)
    with Progress(recordings, quiet=False) as progress:
        progress.show(0, 0.5)
        progress.show(1, 0.5)
        progress.end(0, DONE)
        progress.show(1, 0.75)
    drawn = terminal.getvalue()
    assert "a.mp4                         50%" in drawn
    assert "b.mp4                         75%" in drawn
    # 100 of 400 bytes, and three quarters of the other 300.
    assert "1 of 2                        81%" in drawn
    assert "left" in drawn
    assert capsys.readouterr().out == "a.csv\n"


def test_nothing_is_drawn_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress([Recording(SourceSpec("file", "a.mp4"), Path(), "a")], quiet=False) as progress:
        progress.show(0, 0.5)
        progress.end(0, DONE)
    assert capsys.readouterr() == ("a.csv\n", "")
