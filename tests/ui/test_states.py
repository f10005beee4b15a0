"""A person goes through the states of the program in its real window; only what is behind it is played."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from emotion_gui.controller.status import (
    Keeping,
    Level,
    ModelState,
    ModelStatus,
    Notice,
    Phase,
    SourceState,
    SourceStatus,
)
from emotion_gui.core.errors import ExportError
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.tracking.candidate import Presence
from emotion_gui.ui.card_words import Act
from emotion_gui.ui.main_window import MainWindow
from tests.builders import make_face
from tests.ui.conftest import WaitUntil
from tests.ui.fake_controller import FakeController, FakePicture
from tests.ui.fake_dialogs import FakeDialogs

pytestmark = pytest.mark.gui

CAMERA = SourceSpec("camera", "0")
PLAYING = SourceStatus(SourceState.PLAYING, CAMERA, seen=True)
CANDIDATE = replace(make_face(), track=1, candidate=True)
OTHERS = tuple(replace(make_face(face=face), track=face + 1, watched=False) for face in (1, 2))

Says = Callable[[str], None]


@pytest.fixture
def main(window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs) -> MainWindow:
    main = MainWindow(window, controller, dialogs)
    main.start()
    return main


@pytest.fixture
def card_says(main: MainWindow, wait_until: WaitUntil) -> Says:
    """Wait until the card on the stage says something."""

    def says(title: str) -> None:
        wait_until(lambda: main.video.card.winfo_viewable() and main.video.card.title.cget("text") == title)

    return says


@pytest.fixture
def line_says(main: MainWindow, wait_until: WaitUntil) -> Says:
    """Wait until the line under the picture begins with something, and no card is in the way."""

    def says(beginning: str) -> None:
        video = main.video
        wait_until(lambda: str(video.caption.cget("text")).startswith(beginning) and not video.card.winfo_viewable())

    return says


def _press(main: MainWindow, act: Act) -> None:
    main.root.update()
    assert main.video.card.buttons[act].winfo_viewable()
    main.video.card.buttons[act].invoke()


def test_from_the_first_start_to_a_picture(
    main: MainWindow, controller: FakeController, card_says: Says, line_says: Says
) -> None:
    controller.model = ModelStatus(ModelState.LOADING)
    card_says("Choose a camera or a recording above.")
    assert str(main.video.caption.cget("text")).startswith("Loading the model")
    _press(main, Act.DEMO)
    card_says("Opening Demo clip...")
    controller.source = SourceStatus(SourceState.PLAYING, SourceSpec("demo"), seen=True)
    line_says("Loading the model")
    controller.model = ModelStatus(ModelState.READY, "small")
    line_says("Looking for faces")
    controller.results_per_s, controller.faces = 15.0, (CANDIDATE,)
    line_says("1 face: happy 70 %")


def test_a_camera_that_is_not_there_and_one_that_goes_away(
    main: MainWindow, controller: FakeController, card_says: Says, line_says: Says
) -> None:
    controller.source = SourceStatus(SourceState.WAITING, CAMERA)
    card_says("The camera is off.")
    main.session_panel.start_for("Ada")
    controller.source = SourceStatus(SourceState.LOST, CAMERA, "No camera was found.", "Connect one.", 1e12)
    card_says("No camera was found.")
    _press(main, Act.RETRY)
    assert controller.opened == [CAMERA]
    controller.source, controller.results_per_s, controller.faces = PLAYING, 15.0, (CANDIDATE,)
    line_says("1 face")
    assert main.session_panel.progress.cget("text") == "counting"
    controller.source = replace(PLAYING, state=SourceState.LOST, message="It is gone.", retry_at=1e12)
    card_says("The camera is lost.")
    assert main.session_panel.progress.cget("text") == "waiting"


def test_faces_that_come_and_go(controller: FakeController, line_says: Says) -> None:
    controller.source, controller.results_per_s, controller.faces = PLAYING, 15.0, (CANDIDATE,)
    line_says("1 face")
    controller.faces = (CANDIDATE, *OTHERS)
    line_says("3 faces: only the candidate counts")
    controller.faces = ()
    line_says("No face found")
    controller.phase, controller.presence = Phase.RUNNING, Presence.AWAY
    line_says("Candidate not seen")


def test_a_session_with_a_pause_until_it_is_saved(
    main: MainWindow, controller: FakeController, wait_until: WaitUntil, card_says: Says
) -> None:
    controller.source, controller.results_per_s, controller.faces = PLAYING, 15.0, (CANDIDATE,)
    controller.pictures.append(FakePicture(np.full((48, 64, 3), 200, np.uint8)))
    main.session_panel.start_for("Ada")
    main.session_panel.pause_or_resume()
    card_says("Paused: nothing is counted.")
    _press(main, Act.RESUME)
    wait_until(lambda: not main.video.card.winfo_viewable())
    controller.keeping.state = Keeping.SAVING
    main.session_panel.stop()
    wait_until(lambda: main.session_panel.progress.cget("text") == "saving...")
    controller.keeping.state = Keeping.SAVED
    wait_until(lambda: main.session_panel.progress.cget("text") == "saved")


def test_an_export_leads_to_its_file_and_a_failure_to_another_place(
    main: MainWindow, controller: FakeController, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    main.session_panel.start_for("Ada")
    main.session_panel.stop()
    dialogs.file = tmp_path / "report.pdf"
    main.export_one("pdf")
    main.root.update()
    assert main.banner.said == f"Saved: report.pdf In {tmp_path}"
    for button in main.banner.offers:
        assert button.winfo_viewable()
        button.invoke()
    assert controller.desktop.shown == controller.desktop.opened == [dialogs.file]
    dialogs.file, controller.error = tmp_path / "other.pdf", ExportError("The disk is full.", "Free some space.")
    main.export_one("pdf")
    assert main.banner.said == "The disk is full. Free some space."
    controller.error = None
    main.banner.offers[0].invoke()
    assert main.banner.said.startswith("Saved: other.pdf")


def test_trouble_stays_until_it_is_closed(main: MainWindow, controller: FakeController, wait_until: WaitUntil) -> None:
    controller.notices = [Notice(Level.ERROR, "The disk is full.", "Free some space.")]
    wait_until(main.banner.winfo_viewable)
    main.banner.close.invoke()
    wait_until(lambda: not main.banner.winfo_viewable())
