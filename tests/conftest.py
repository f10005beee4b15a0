"""Fixtures for every test: folders that no test shares with the user, and the development footage where it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import tkinter as tk
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    import ttkbootstrap as ttk

# How long an example takes says more about the machine than about the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# As in .ci/on-display.
_SCREEN = "1600x1000x24"
_SHARED = Path(__file__).parents[2] / "shared"


def pytest_configure(config: pytest.Config) -> None:
    """Give each worker of xdist a screen of its own: on one screen their windows take the keyboard from each other."""
    if "PYTEST_XDIST_WORKER" in os.environ and "DISPLAY" in os.environ and (xvfb := shutil.which("Xvfb")):
        reading, writing = os.pipe()
        command = [xvfb, "-displayfd", str(writing), "-screen", "0", _SCREEN, "-nolisten", "tcp"]
        screen = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
        os.close(writing)
        config.add_cleanup(partial(_end, screen))
        with os.fdopen(reading) as number:
            os.environ["DISPLAY"] = f":{number.readline().strip()}"


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait()


def _shared_folder(name: str) -> Path:
    folder = _SHARED / name
    if not folder.is_dir():
        pytest.skip(f"the development data '{name}' is not on this machine")
    return folder


@pytest.fixture(scope="session")
def media() -> Path:
    """Real clips and photos; skips where they are absent."""
    return _shared_folder("media")


@pytest.fixture(scope="session")
def fer2013() -> Path:
    """FER-2013 as sheets with `unpack.py`; skips where it is absent."""
    return _shared_folder("fer2013")


@pytest.fixture(autouse=True)
def user_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data, settings and log folders, empty and under `tmp_path`."""
    root = tmp_path / "user"
    for name in ("user_data_path", "user_config_path", "user_log_path"):
        folder = root / name

        def redirected(*_: object, folder: Path = folder, **__: object) -> Path:
            folder.mkdir(parents=True, exist_ok=True)
            return folder

        monkeypatch.setattr(f"platformdirs.{name}", redirected)
    return root


@pytest.fixture(scope="session")
def root() -> Iterator[ttk.App]:
    """The one root of the process, hidden; skips where there is no display."""
    from emotion_gui.ui.theme import make_root

    try:
        window = make_root("Emotion GUI tests")
    except tk.TclError as error:
        pytest.skip(f"needs a display: {error}")
    window.withdraw()
    yield window
    window.destroy()
