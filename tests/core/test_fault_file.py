"""A crash in native code is found at the next start; a good end leaves nothing."""

from __future__ import annotations

import faulthandler
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from emotion_gui.core.fault_file import FaultFile

_CRASH = """
import platformdirs, pathlib, sys, faulthandler
platformdirs.user_log_path = lambda *_, **__: pathlib.Path(sys.argv[1])
from emotion_gui.core.fault_file import FaultFile
file = FaultFile()
file.start()
faulthandler._sigsegv()
"""


@pytest.fixture(autouse=True)
def _pytest_keeps_its_own() -> Iterator[None]:
    yield
    faulthandler.enable(2)


def test_a_crash_is_told_once(user_folders: Path) -> None:
    folder = user_folders / "user_log_path"
    folder.mkdir(parents=True)
    run = subprocess.run([sys.executable, "-c", _CRASH, str(folder)], check=False, timeout=60, env=dict(os.environ))
    assert run.returncode != 0
    first, second = FaultFile(), FaultFile()
    left = first.start()
    assert "fault" in left.lower()
    assert 'File "<string>", line 7' in left
    first.stop()
    assert second.start() == ""
    second.stop()


def test_a_good_end_leaves_nothing(user_folders: Path) -> None:
    file = FaultFile()
    assert file.start() == ""
    # What Windows' first-chance exceptions do: something was written, and the program went on.
    (path,) = user_folders.rglob("*fault*")
    path.write_text("Windows fatal exception: code 0x8001010d", encoding="utf-8")
    file.stop()
    file.stop()
    again = FaultFile()
    assert again.start() == ""
    again.stop()
