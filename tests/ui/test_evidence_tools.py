"""Video and snapshots as the user meets them: asked for, seen, refused in words."""

from __future__ import annotations

import tkinter as tk
from pathlib import Path

import pytest

from emotion_gui.controller.status import SourceState, SourceStatus
from emotion_gui.core.errors import AppError
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.ui.main_window import MainWindow
from tests.keys import press_key
from tests.ui.conftest import WaitUntil
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs
from tests.ui.fake_evidence import FakeFilming, FakeSnapshot

pytestmark = pytest.mark.gui


@pytest.fixture
def main(window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs) -> MainWindow:
    """The main window while a session runs."""
    main = MainWindow(window, controller, dialogs)
    main.start()
    main.session_panel.start_for("Ada")
    controller.source = SourceStatus(SourceState.PLAYING, SourceSpec("camera", "0"))
    return main


def test_the_sign_is_red_and_says_rec_and_the_time(
    main: MainWindow, controller: FakeController, wait_until: WaitUntil
) -> None:
    sign = main.evidence.sign
    assert not sign.winfo_manager()
    main.evidence.button.invoke()
    assert sign.winfo_manager() == "place"
    assert (sign.cget("text"), sign.cget("background")) == ("● REC 0:00", "#b3261e")
    controller.evidence.filming = FakeFilming(seconds=75.2)
    wait_until(lambda: sign.cget("text") == "● REC 1:15")
    controller.evidence.filming = FakeFilming(paused=True, seconds=75.2)
    wait_until(lambda: sign.cget("text") == "‖ REC paused 1:15")
    controller.evidence.filming = FakeFilming(seconds=75.2)
    controller.source = SourceStatus(SourceState.LOST, controller.source.spec, "Gone.", "", 1e12)
    wait_until(lambda: sign.cget("text") == "○ REC waiting 1:15")
    press_key(main.root, "<Control-r>")
    assert controller.evidence.filming is None
    assert not sign.winfo_manager()


def test_a_video_that_ends_by_itself_takes_its_sign_along(
    main: MainWindow, controller: FakeController, wait_until: WaitUntil
) -> None:
    main.evidence.button.invoke()
    controller.evidence.filming = None
    wait_until(lambda: not main.evidence.sign.winfo_manager())


def test_a_refusal_is_said_in_the_banner(main: MainWindow, controller: FakeController, wait_until: WaitUntil) -> None:
    controller.evidence.error = AppError("The candidate did not agree to a video.", "Ask again.")
    main.evidence.button.invoke()
    wait_until(main.banner.winfo_viewable)
    assert "did not agree" in main.banner.text.cget("text")
    assert not main.evidence.sign.winfo_manager()


def test_no_video_without_a_session(main: MainWindow, controller: FakeController, wait_until: WaitUntil) -> None:
    controller.stop()
    wait_until(lambda: main.evidence.button.instate(["disabled"]))
    press_key(main.root, "<Control-r>")
    assert controller.evidence.filming is None


def test_a_snapshot_of_a_recorded_session_needs_no_question(
    main: MainWindow, controller: FakeController, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    controller.evidence.picture = FakeSnapshot(path=tmp_path / "0000001000.png")
    asked = len(dialogs.asked)
    press_key(main.root, "<Control-p>")
    assert controller.evidence.saved == [tmp_path / "0000001000.png"]
    assert len(dialogs.asked) == asked


def test_otherwise_the_user_says_where_it_goes(
    main: MainWindow, controller: FakeController, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    controller.evidence.picture = FakeSnapshot()
    press_key(main.root, "<Control-p>")
    assert controller.evidence.saved == []
    assert dialogs.suggested == "snapshot-1.png"
    dialogs.file = tmp_path / "mine.png"
    press_key(main.root, "<Control-p>")
    dialogs.file.touch()
    press_key(main.root, "<Control-p>")
    assert controller.evidence.saved == [tmp_path / "mine.png"]
    assert dialogs.asked[-1] == "Replace the file?: mine.png is there already. Replace it?"
    dialogs.answer = "Replace"
    press_key(main.root, "<Control-p>")
    assert len(controller.evidence.saved) == 2


def test_without_a_picture_there_is_nothing_to_save(main: MainWindow, wait_until: WaitUntil) -> None:
    press_key(main.root, "<Control-p>")
    wait_until(main.banner.winfo_viewable)
    assert "no picture to save" in main.banner.text.cget("text")
