"""Files that are there whole or not at all."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from emotion_gui.core.atomic_file import atomic_path


def _names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_the_file_appears_when_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "new" / "report.csv"
    with atomic_path(target) as temporary:
        temporary.write_text("whole", encoding="utf-8")
        assert temporary.suffix == ".csv"
        assert temporary.parent == target.parent
        assert not target.exists()
    assert target.read_text(encoding="utf-8") == "whole"
    assert _names(target.parent) == ["report.csv"]


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "report.csv"
    target.write_text("old and much longer", encoding="utf-8")
    with atomic_path(target) as temporary:
        temporary.write_text("new", encoding="utf-8")
        assert target.read_text(encoding="utf-8") == "old and much longer"
    assert target.read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), ValueError("x"), KeyboardInterrupt()])
@pytest.mark.parametrize("old", [None, "old"])
def test_a_failure_leaves_nothing_and_the_old_file(tmp_path: Path, error: BaseException, old: str | None) -> None:
    target = tmp_path / "report.csv"
    if old is not None:
        target.write_text(old, encoding="utf-8")
    with pytest.raises(type(error)), atomic_path(target) as temporary:
        temporary.write_text("half", encoding="utf-8")
        raise error
    assert _names(tmp_path) == ([] if old is None else ["report.csv"])
    assert old is None or target.read_text(encoding="utf-8") == old


def test_a_target_that_cannot_be_replaced(tmp_path: Path) -> None:
    target = tmp_path / "report.csv"
    target.mkdir()
    (target / "in the way").touch()
    with pytest.raises(OSError) as caught, atomic_path(target) as temporary:
        temporary.write_text("new", encoding="utf-8")
    assert caught.value.errno
    assert _names(tmp_path) == ["report.csv"]


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("", encoding="utf-8")
    with pytest.raises(OSError) as caught, atomic_path(tmp_path / "folder" / "report.csv"):
        pass
    assert caught.value.errno
    assert _names(tmp_path) == ["folder"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_a_report_may_be_read_by_those_who_may_read_any_file(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    with atomic_path(tmp_path / "report.csv") as temporary:
        temporary.write_text("x", encoding="utf-8")
    assert (tmp_path / "report.csv").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_writer_that_takes_the_file_away_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), atomic_path(tmp_path / "report.csv") as temporary:
        temporary.unlink()
    assert _names(tmp_path) == []
