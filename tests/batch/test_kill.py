"""`kill -9` in the middle of a recording, as a power cut or a full memory does it, and the run after it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.batch.clips import CHECKOUT, command, environment, write_talk
from tests.waiting import wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows takes the user's folders from no environment variable"),
]

FRAMES = 400
OPTIONS = ["--formats", "csv", "json", "--name", "ANNA", "--consent-given"]


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_talk(tmp_path_factory.mktemp("talk") / "talk.mp4", FRAMES)


def run(home: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    line = command(*arguments, *OPTIONS)
    return subprocess.run(
        line, cwd=CHECKOUT, env=environment(home), capture_output=True, text=True, check=False, timeout=120
    )


def kill_in_the_middle(home: Path, *arguments: str | Path) -> int:
    """Start, wait until some of a recording's results are stored, and kill; gives how many were."""
    process = subprocess.Popen(
        command(*arguments, *OPTIONS), cwd=CHECKOUT, env=environment(home), stdout=subprocess.DEVNULL
    )

    def stored() -> bool:
        assert process.poll() is None, "it ended before it could be killed"
        return stored_frames(home) > 0

    wait_for(stored, "stored results")
    process.send_signal(signal.SIGKILL)
    process.wait()
    return stored_frames(home)


def stored_frames(home: Path) -> int:
    """The most results that an unfinished analysis has stored."""
    most = 0
    for path in home.rglob("unfinished/*/sessions.sqlite3"):
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
                most = max(most, connection.execute("SELECT count(*) FROM frames").fetchone()[0])
        except sqlite3.Error:
            # It is only just being made.
            continue
    return most


def table(path: Path) -> pd.DataFrame:
    """A CSV report, every number as it is written, but for its session's number."""
    return pd.read_csv(path, dtype=str).drop(columns="session_id")


def without_moments(path: Path) -> Any:
    """A JSON report but for its session's number and the times of day at which it was made."""
    told = json.loads(path.read_text(encoding="utf-8"))
    for section, key in (("session", "session_id"), ("session", "started_at"), ("session", "ended_at")):
        del told[section][key]
    del told["consent"]["agreed_at"]
    return told


def test_a_killed_analysis_goes_on_in_the_middle_and_ends_as_one_pass(talk: Path, tmp_path: Path) -> None:
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    assert run(tmp_path / "home1", talk, "--out", whole).returncode == 0

    stored = kill_in_the_middle(tmp_path / "home2", talk, "--out", parts)
    assert 0 < stored < FRAMES
    assert not list(parts.iterdir())
    resumed = run(tmp_path / "home2", talk, "--out", parts, "--resume")
    assert resumed.returncode == 0, resumed.stderr

    pd.testing.assert_frame_equal(table(parts / "talk.csv"), table(whole / "talk.csv"))
    assert without_moments(parts / "talk.json") == without_moments(whole / "talk.json")
    assert stored_frames(tmp_path / "home2") == 0
    # Whoever opens the window finds one finished session.
    again = run(tmp_path / "home2", talk, "--out", parts, "--resume")
    assert again.returncode == 0
    assert str(parts / "talk.csv") in again.stdout


def test_ctrl_c_ends_all_of_it_and_says_how_to_go_on(talk: Path, tmp_path: Path) -> None:
    second = tmp_path / "second.mp4"
    second.write_bytes(talk.read_bytes())
    process = subprocess.Popen(
        command(talk, second, "--out", tmp_path / "out", "--jobs", "2", *OPTIONS),
        cwd=CHECKOUT,
        env=environment(tmp_path / "home"),
        stderr=subprocess.PIPE,
        text=True,
        # As a terminal does: the signal goes to all processes of the command.
        start_new_session=True,
    )
    wait_for(lambda: stored_frames(tmp_path / "home") > 0, "stored results")
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told.splitlines() == ["What was done so far is kept for a run with --resume.", "emotion-gui: stopped."]


def test_workers_end_with_the_killed_command_and_all_recordings_are_finished_after(talk: Path, tmp_path: Path) -> None:
    second = tmp_path / "second.mp4"
    second.write_bytes(talk.read_bytes())
    recordings = [talk, second]
    assert run(tmp_path / "home1", *recordings, "--out", tmp_path / "whole", "--jobs", "2").returncode == 0
    kill_in_the_middle(tmp_path / "home2", *recordings, "--out", tmp_path / "parts", "--jobs", "2")
    resumed = run(tmp_path / "home2", *recordings, "--out", tmp_path / "parts", "--jobs", "2", "--resume")
    assert resumed.returncode == 0, resumed.stderr
    assert "resumed" in resumed.stderr
    for name in ("talk.csv", "second.csv"):
        pd.testing.assert_frame_equal(table(tmp_path / "parts" / name), table(tmp_path / "whole" / name))
