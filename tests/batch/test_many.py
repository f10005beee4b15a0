"""Many recordings through the command line as it is typed: what is done, what is skipped, what fails."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pandas as pd
import pytest

from emotion_gui.__main__ import main
from emotion_gui.core.paths import analyses_folder, models_folder, settings_file, user_data_folder
from emotion_gui.core.session import SessionState
from emotion_gui.core.settings import Settings
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.storage.settings_file import save_settings
from tests.batch.clips import write_talk

QUICK = ["--fps", "2", "--formats", "csv", "json"]


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three recordings, one of them broken."""
    folder = tmp_path_factory.mktemp("talks")
    write_talk(folder / "a.mp4")
    (folder / "b.mp4").write_text("no video", encoding="utf-8")
    write_talk(folder / "May" / "c.mp4", 30)
    return folder


def analyze(*arguments: str | Path) -> int:
    return main(["analyze", *map(str, arguments), *QUICK])


def sessions() -> list[str]:
    """Sources of the sessions in the user's store, by name."""
    with SessionStore(user_data_folder()) as store:
        assert {summary.state for summary in store.list()} <= {SessionState.FINISHED}
        return sorted(summary.info.provenance.source for summary in store.list())


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_broken_file_stops_no_other_and_the_table_says_so(
    jobs: str, talks: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert analyze(talks, "--out", tmp_path / "out", "--jobs", jobs) == 1
    printed = capfd.readouterr()
    reports = [tmp_path / "out" / name for name in ("a.csv", "a.json", "May/c.csv", "May/c.json")]
    assert sorted(map(Path, printed.out.splitlines())) == sorted(reports)
    assert all(report.is_file() for report in reports)
    table = printed.err.splitlines()
    assert [line.split()[:3] for line in table[1:4]] == [
        ["a.mp4", "analysed", "0:00:02"],
        ["b.mp4", "FAILED", "-"],
        ["c.mp4", "analysed", "0:00:03"],
    ]
    assert "b.mp4' is not a video" in table[2]
    assert table[5].startswith("3 recordings: 2 analysed, 1 failed.")
    assert sessions() == ["a.mp4", "c.mp4"]
    # Nothing of the finished ones stays behind.
    assert not list((analyses_folder() / "unfinished").iterdir())


@pytest.mark.slow
def test_resume_skips_what_is_done_and_does_the_rest(
    talks: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert analyze(talks / "a.mp4", "--out", out) == 0
    before = (out / "a.json").read_bytes()
    copy = write_talk(tmp_path / "elsewhere" / "a.mp4")
    assert copy.read_bytes() == (talks / "a.mp4").read_bytes()
    assert analyze(copy, talks / "May", "--out", out, "--resume") == 0
    table = capfd.readouterr().err
    assert "a.mp4      done before" in table
    assert "c.mp4      analysed" in table
    assert (out / "a.json").read_bytes() == before
    assert sessions() == ["a.mp4", "c.mp4"]


def test_resume_writes_reports_that_are_missing_from_the_session(talks: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert analyze(talks / "a.mp4", "--out", out) == 0
    table, (session,) = (out / "a.csv").read_bytes(), sessions()
    (out / "a.csv").unlink()
    assert analyze(talks / "a.mp4", "--out", out, "--resume") == 0
    assert (out / "a.csv").read_bytes() == table
    assert sessions() == [session]


@pytest.mark.parametrize("change", [["--fps", "4"], ["--preset", "seed-rule"], ["--end", "1"], ["--name", "B"]])
def test_other_settings_are_another_analysis(change: list[str], talks: Path, tmp_path: Path) -> None:
    assert analyze(talks / "a.mp4", "--out", tmp_path / "first") == 0
    line = ["analyze", str(talks / "a.mp4"), "--out", str(tmp_path / "second"), "--resume", "--formats", "csv"]
    assert main([*line, "--fps", "2", *change]) == 0
    assert sessions() == ["a.mp4", "a.mp4"]


def test_without_a_store_no_session_is_kept(talks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert analyze(talks / "a.mp4", "--out", tmp_path, "--no-store") == 0
    assert analyze(talks / "a.mp4", "--out", tmp_path, "--no-store", "--resume") == 0
    assert "Nothing was left to do" in capsys.readouterr().err
    assert sessions() == []


def test_the_kept_session_is_that_of_the_reports(talks: Path, tmp_path: Path) -> None:
    assert analyze(talks / "a.mp4", "--out", tmp_path, "--name", "ANNA") == 0
    told = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    with SessionStore(user_data_folder()) as store:
        (summary,) = store.list()
        record = store.load(summary.session_id)
    assert summary.info.candidate == "ANNA"
    assert told["session"]["session_id"] == summary.session_id
    assert len(list(record.frames)) == len(pd.read_csv(tmp_path / "a.csv")["frame"].unique())


def test_codes_stand_for_names_where_the_settings_say_so(
    talks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_settings(settings_file(), Settings(use_codes=True))
    assert analyze(talks / "a.mp4", "--out", tmp_path, "--name", "ANNA") == 0
    with SessionStore(user_data_folder()) as store:
        (summary,) = store.list()
    assert summary.info.candidate.startswith("P-")
    assert f"'ANNA' is {summary.info.candidate}" in capsys.readouterr().err
    assert "ANNA" not in (tmp_path / "a.json").read_text(encoding="utf-8")


def test_a_part_and_a_share_of_the_pictures(talks: Path, tmp_path: Path) -> None:
    options = ["--every", "2", "--start", "0.5", "--end", "0:01.5", "--formats", "csv", "--out", str(tmp_path)]
    assert main(["analyze", str(talks / "a.mp4"), *options]) == 0
    table = pd.read_csv(tmp_path / "a.csv")
    assert list(table["frame"]) == [5, 7, 9, 11, 13]
    assert list(table["time_s"]) == pytest.approx([0, 0.2, 0.4, 0.6, 0.8], abs=0.01)


def test_whose_face_counts_is_chosen(talks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert analyze(talks / "a.mp4", "--out", tmp_path, "--candidate", "track", "7") == 0
    assert "Nobody was 'track 7'." in capsys.readouterr().err
    assert not pd.read_csv(tmp_path / "a.csv")["candidate"].any()


def test_a_pattern_that_matches_nothing_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        analyze(tmp_path / "*.mp4", "--out", tmp_path)
    assert ended.value.code == 2
    assert "no recording matches" in capsys.readouterr().err


@pytest.mark.slow
def test_a_wrong_model_stops_all_in_one_line(talks: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "wrong.tflite"
    wrong.write_text("no model", encoding="utf-8")
    assert analyze(talks, "--out", tmp_path / "out", "--model", wrong) == 1
    printed = capfd.readouterr()
    assert printed.err.startswith("emotion-gui: ")
    assert printed.err.count("\n") == 1


@pytest.mark.slow
def test_two_copies_at_once_do_not_get_in_each_others_way(
    talks: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for folder in ("x", "y"):
        (tmp_path / "in" / folder).mkdir(parents=True)
        (tmp_path / "in" / folder / "a.mp4").write_bytes((talks / "a.mp4").read_bytes())
    assert analyze(tmp_path / "in", "--out", tmp_path / "out", "--jobs", "2") == 0
    assert (tmp_path / "out" / "x" / "a.csv").is_file()
    assert (tmp_path / "out" / "y" / "a.csv").is_file()
    assert "2 recordings: 2 analysed." in capfd.readouterr().err


def test_what_nobody_went_on_with_for_a_month_is_forgotten(talks: Path, tmp_path: Path) -> None:
    old, fresh = (analyses_folder() / "unfinished" / name for name in ("old", "fresh"))
    for folder in (old, fresh):
        folder.mkdir(parents=True)
        (folder / "sessions.sqlite3").touch()
    long_ago = time.time() - 31 * 24 * 3600
    for path in (old / "sessions.sqlite3", old):
        os.utime(path, (long_ago, long_ago))
    assert analyze(talks / "a.mp4", "--out", tmp_path) == 0
    assert not old.exists()
    assert fresh.exists()


@pytest.mark.slow
def test_a_model_of_the_users_works_in_processes_too(talks: Path, tmp_path: Path) -> None:
    """An unknown model is tried out first, in a process that the worker must be allowed to start."""
    mine = tmp_path / "mine.tflite"
    mine.write_bytes((models_folder() / "ferplus.tflite").read_bytes())
    recordings = [talks / "a.mp4", talks / "May" / "c.mp4"]
    assert analyze(*recordings, "--out", tmp_path / "out", "--model", mine) == 0
    assert json.loads((tmp_path / "out" / "a.json").read_text(encoding="utf-8"))["model"]["name"] == "mine"
