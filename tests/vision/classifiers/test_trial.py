"""The child process in which unknown files are tried out."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from emotion_gui.vision.classifiers.trial import goes_well


def _return(path: Path) -> None:
    path.write_text("was here", encoding="utf-8")


def _raise(path: Path) -> None:
    raise RuntimeError(str(path))


def _abort(path: Path) -> None:
    os.abort()


def _hang(path: Path) -> None:
    threading.Event().wait()


def test_an_attempt_that_returns_ran_with_the_path(tmp_path: Path) -> None:
    assert goes_well(_return, tmp_path / "note")
    assert (tmp_path / "note").read_text(encoding="utf-8") == "was here"


def test_an_exception_is_no_success_and_prints_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert not goes_well(_raise, tmp_path)
    assert capfd.readouterr() == ("", "")


def test_a_crash_stays_in_the_child(tmp_path: Path) -> None:
    assert not goes_well(_abort, tmp_path)


def test_what_never_ends_is_ended(tmp_path: Path) -> None:
    assert not goes_well(_hang, tmp_path, limit_s=1.0)
