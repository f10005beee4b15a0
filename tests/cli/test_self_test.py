"""The self-test of a whole installation and of a damaged one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from emotion_gui.__main__ import main
from emotion_gui.core import paths

_CHECKS = 7


@pytest.fixture(autouse=True)
def scratch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("MPLCONFIGDIR", os.environ.get("MPLCONFIGDIR", ""))
    return folder


def test_a_whole_installation(scratch: Path, user_folders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--self-test"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:-1]] == ["ok"] * _CHECKS
    assert "neutral" in lines[2]
    assert not list(scratch.iterdir())
    assert not user_folders.exists()


def test_each_damage_is_told_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(paths, "assets_folder", lambda: tmp_path / "gone")
    monkeypatch.setattr("emotion_gui.vision.sources.demo.assets_folder", lambda: tmp_path / "gone")
    assert main(["--self-test"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("ok      the model loads")
    assert lines[2].startswith("ok      a face is found")
    assert lines[3].startswith("FAILED  the demo clip plays: The demo clip is missing.")
    assert lines[-1].startswith("This installation is damaged")
