"""The built program's window, used by mouse and keyboard from outside, as its user does."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tkinter as tk
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image, ImageGrab

from emotion_gui.controller.status import SourceState, SourceStatus
from emotion_gui.core.milestones import FIRST_FACE_NAMED, WINDOW_OPEN
from emotion_gui.core.session import SessionState
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.export import EXPORTERS
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.ui.main_window import MainWindow
from emotion_gui.ui.theme import APP_NAME
from tests.package.built import BuiltProgram
from tests.package.hand import Hand
from tests.ui.conftest import let_tk_work, window
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs
from tests.waiting import wait_for

# The window tests' fixture, for the twin.
__all__ = ["window"]

pytestmark = [
    pytest.mark.gui,
    pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is not here"),
    pytest.mark.skipif("DISPLAY" not in os.environ, reason="needs a display"),
]

_LOG = Path(".local", "state", "emotion-gui", "log", "emotion-gui.log")
_DATA = Path(".local", "share", "emotion-gui")
_RESULTS = 20


@pytest.fixture
def running(built: BuiltProgram) -> Iterator[subprocess.Popen[bytes]]:
    variables = {"DISPLAY": os.environ["DISPLAY"]}
    if "XAUTHORITY" in os.environ:
        # The program's user cannot read ours.
        copy = shutil.copyfile(os.environ["XAUTHORITY"], built.home / ".Xauthority")
        variables["XAUTHORITY"] = str(built.hand_over(copy))
    process = built.start(["gui", "--source", "demo"], variables)
    yield process
    process.kill()
    process.wait()


def _log(built: BuiltProgram) -> str:
    path = built.home / _LOG
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _stored_results(built: BuiltProgram) -> int:
    """How many results of the session are on the disk by now."""
    address = (built.home / _DATA / "sessions.sqlite3").as_uri()
    with closing(sqlite3.connect(f"{address}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM frames").fetchone()[0])


def _look(top: tk.Toplevel, find: Callable[[MainWindow], tk.Widget]) -> Image.Image:
    """What a widget of the main window looks like: that of a twin in this process, which is gone afterwards."""
    controller = FakeController()
    controller.source = SourceStatus(SourceState.PLAYING, SourceSpec("demo"))
    top.geometry("1280x800")
    main = MainWindow(top, controller, FakeDialogs())
    main.start()
    # Panels settle step by step.
    let_tk_work(top, 300)
    widget = find(main)
    x, y = widget.winfo_rootx(), widget.winfo_rooty()
    picture = ImageGrab.grab((x, y, x + widget.winfo_width(), y + widget.winfo_height()))
    main.close()
    top.master.update()
    return picture


def test_a_session_by_mouse_and_keyboard(
    built: BuiltProgram, running: subprocess.Popen[bytes], window: tk.Toplevel, tmp_path: Path
) -> None:
    before, hand = built.files(), Hand()
    start = _look(window, lambda main: main.session_panel.start_button)
    main = hand.find(f"^{APP_NAME}$")
    wait_for(lambda: FIRST_FACE_NAMED in _log(built), "a named face")
    assert WINDOW_OPEN in _log(built)

    hand.type(main, "Erika")
    hand.click(start)
    wait_for(lambda: _stored_results(built) >= _RESULTS, "a session that counts")
    hand.press(main, "m", "shift+F5")

    hand.find("^Choose a folder", window=main, keys="ctrl+e")
    hand.answer("^Choose a folder", "Return")
    wait_for(lambda: len(_exported(built)) == len(EXPORTERS), "all reports", longest_s=60)

    hand.press(main, "ctrl+q")
    assert running.wait(timeout=20) == 0
    assert built.files() == before
    assert "ERROR" not in _log(built)
    assert all(path.stat().st_size for path in _exported(built))

    data = shutil.copytree(built.home / _DATA, tmp_path / "data")
    with SessionStore(data) as store:
        (summary,) = store.list()
        record = store.load(summary.session_id)
    assert (summary.state, summary.info.candidate) == (SessionState.FINISHED, "Erika")
    assert len(record.markers) == 1
    assert summary.statistics.face_duration_s > 0


def _exported(built: BuiltProgram) -> list[Path]:
    return [path for path in built.home.glob("Erika_*") if not path.name.endswith(".tmp")]
