"""The introduction: four pages that can be gone through, gone back, skipped, and are not shown again."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator

import numpy as np
import pytest

from emotion_gui.controller.camera_trial import TrialState, TrialStatus
from emotion_gui.controller.status import SourceState, SourceStatus
from emotion_gui.core import translation
from emotion_gui.core.consent import Purpose
from emotion_gui.core.errors import AppError
from emotion_gui.core.settings import INTRODUCTION, Settings
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.core.translation import LANGUAGES
from emotion_gui.ui.first_run.actions import FirstRunActions
from emotion_gui.ui.first_run.camera_page import CameraPage
from emotion_gui.ui.first_run.keeping_page import KeepingPage
from emotion_gui.ui.first_run.purpose_page import PurposePage
from emotion_gui.ui.first_run.welcome_page import WelcomePage
from emotion_gui.ui.first_run.window import FirstRunWindow
from emotion_gui.ui.main_window import MainWindow
from emotion_gui.vision.sources.camera_list import CameraInfo
from tests.keys import press_key
from tests.ui.conftest import WaitUntil
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs

pytestmark = pytest.mark.gui

_CAMERAS = (CameraInfo(0, "Webcam"), CameraInfo(2, "Desk"))
# What a window manager leaves of a screen of 1024 by 600 under the title.
_ROOM_WH = (1024, 560)


class Desk:
    """The introduction over a fake program, and what it did beyond itself."""

    def __init__(self, window: tk.Toplevel, controller: FakeController) -> None:
        self.done: list[object] = []
        self.controller = controller
        controller.cameras = _CAMERAS
        self.allowed = set(Purpose)
        self._window = window
        self.show()

    def show(self) -> None:
        actions = FirstRunActions(self._purpose, lambda: self.done.append("demo"), self.done.append)
        self.intro = FirstRunWindow(self._window, self.controller, actions)
        self.intro.show()

    def _purpose(self, purpose: Purpose) -> Purpose:
        self.done.append(purpose)
        return purpose if purpose in self.allowed else Purpose.PRACTICE

    def go_to(self, number: int) -> None:
        for _ in range(number):
            self.intro.ok_button.invoke()

    @property
    def camera(self) -> CameraPage:
        self.go_to(2)
        assert isinstance(self.intro.page, CameraPage)
        return self.intro.page


@pytest.fixture
def desk(window: tk.Toplevel, controller: FakeController) -> Desk:
    return Desk(window, controller)


def test_it_goes_through_all_pages_and_is_not_shown_again(desk: Desk) -> None:
    seen = []
    for number in range(1, 5):
        seen.append(type(desk.intro.page))
        assert desk.intro.progress.cget("text").endswith(f"{number} of 4")
        press_key(desk.intro.ok_button, "<Return>")
    assert seen == [WelcomePage, PurposePage, CameraPage, KeepingPage]
    assert not desk.intro.winfo_exists()
    assert desk.controller.settings.introduction == INTRODUCTION
    assert desk.controller.settings.purpose == "practice"
    assert not desk.controller.opened
    assert not desk.controller.camera_trial.started


def test_it_goes_back(desk: Desk) -> None:
    assert desk.intro.back.instate(["disabled"])
    desk.go_to(1)
    press_key(desk.intro.back, "<space>")
    assert isinstance(desk.intro.page, WelcomePage)


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("way", ["escape", "button"])
def test_every_page_can_be_skipped(desk: Desk, number: int, way: str) -> None:
    desk.go_to(number)
    if way == "escape":
        press_key(desk.intro.ok_button, "<Escape>")
    else:
        desk.intro.cancel_button.invoke()
    assert not desk.intro.winfo_exists()
    assert desk.controller.settings.introduction == INTRODUCTION


def test_a_purpose_becomes_that_of_every_session(desk: Desk) -> None:
    desk.go_to(1)
    page = desk.intro.page
    assert isinstance(page, PurposePage)
    page.buttons[Purpose.RESEARCH].invoke()
    assert (desk.done, page.purpose) == ([Purpose.RESEARCH], Purpose.RESEARCH)


def test_a_notice_that_was_not_acknowledged_leaves_practice(desk: Desk) -> None:
    desk.allowed = {Purpose.PRACTICE}
    desk.go_to(1)
    page = desk.intro.page
    assert isinstance(page, PurposePage)
    page.buttons[Purpose.RECRUITMENT].invoke()
    assert page.purpose is Purpose.PRACTICE


def test_the_camera_opens_only_when_its_button_is_pressed(desk: Desk, wait_until: WaitUntil) -> None:
    trial, page = desk.controller.camera_trial, desk.camera
    assert not trial.started
    page.picker.current(1)
    page.test.invoke()
    assert trial.started == [2]
    trial.status = TrialStatus(TrialState.SHOWING)
    trial.pictures.append(np.zeros((60, 80, 3), np.uint8))
    wait_until(lambda: page.canvas.picture_size == (80, 60))
    wait_until(lambda: page.status.cget("text").startswith("Only you see this"))
    assert page.test.cget("text") == "Camera off"
    page.test.invoke()
    wait_until(lambda: page.canvas.picture_size is None)
    assert page.status.cget("text") == "The camera is off."


@pytest.mark.parametrize("way", ["next", "back", "skip", "program closed"])
def test_the_camera_goes_off_whichever_way_it_is_left(desk: Desk, window: tk.Toplevel, way: str) -> None:
    trial, page = desk.controller.camera_trial, desk.camera
    page.test.invoke()
    assert trial.status == TrialStatus(TrialState.OPENING)
    if way == "next":
        desk.intro.ok_button.invoke()
    elif way == "back":
        desk.intro.back.invoke()
    elif way == "skip":
        desk.intro.cancel_button.invoke()
    else:
        window.destroy()
    assert trial.status == TrialStatus(TrialState.OFF)


def test_the_camera_that_was_tested_becomes_the_source_and_stays_off(desk: Desk) -> None:
    page = desk.camera
    page.picker.current(1)
    page.test.invoke()
    desk.intro.ok_button.invoke()
    assert desk.controller.opened == [SourceSpec("camera", "2")]


def test_the_camera_in_use_is_the_one_that_is_offered(window: tk.Toplevel, controller: FakeController) -> None:
    controller.source = SourceStatus(SourceState.WAITING, SourceSpec("camera", "2"))
    assert Desk(window, controller).camera.picker.get() == "Camera 2: Desk"


def test_another_camera_is_tested_at_once_while_the_test_runs(desk: Desk) -> None:
    page = desk.camera
    page.test.invoke()
    page.picker.current(1)
    page.picker.event_generate("<<ComboboxSelected>>")
    assert desk.controller.camera_trial.started == [0, 2]


def test_trouble_with_the_camera_is_said(desk: Desk, wait_until: WaitUntil) -> None:
    trial, page = desk.controller.camera_trial, desk.camera
    trial.status = TrialStatus(TrialState.FAILED, "Camera 0 gives no picture.", "Close other programs.")
    wait_until(lambda: page.status.cget("text") == "Camera 0 gives no picture. Close other programs.")
    trial.error = AppError("A session is running.", "Stop it.")
    trial.status = TrialStatus()
    page.test.invoke()
    assert "A session is running." in page.status.cget("text")


def test_without_a_camera_the_demo_is_offered(desk: Desk) -> None:
    desk.controller.cameras = ()
    page = desk.camera
    assert page.test.instate(["disabled"])
    assert page.picker.get() == "No camera found"
    desk.intro.update()
    assert page.demo.winfo_viewable()
    page.demo.invoke()
    assert desk.done == ["demo"]
    assert not desk.intro.winfo_exists()
    assert desk.controller.settings.introduction == INTRODUCTION


def test_a_camera_that_was_connected_since_is_found(desk: Desk) -> None:
    desk.controller.cameras = ()
    page = desk.camera
    desk.controller.cameras = _CAMERAS
    page.again.invoke()
    desk.intro.update()
    assert page.picker.get() == "Camera 0: Webcam"
    assert not page.demo.winfo_viewable()
    assert page.test.instate(["!disabled"])


def test_another_language_is_asked_for_once(desk: Desk) -> None:
    page = desk.intro.page
    assert isinstance(page, WelcomePage)
    for index in (0, 2):
        page.languages.current(index)
        page.languages.event_generate("<<ComboboxSelected>>")
    assert desk.done == ["de"]


@pytest.fixture
def english_afterwards() -> Iterator[None]:
    yield
    translation.set_language(translation.DEFAULT_LANGUAGE)


@pytest.mark.usefixtures("english_afterwards")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fits_the_smallest_screen(window: tk.Toplevel, controller: FakeController, language: str) -> None:
    translation.set_language(language)
    intro = Desk(window, controller).intro
    for _ in range(4):
        intro.update()
        assert (intro.winfo_width(), intro.winfo_height()) <= _ROOM_WH
        for button in (intro.ok_button, intro.back, intro.cancel_button):
            assert button.winfo_width() >= button.winfo_reqwidth()
            assert len(str(button.cget("text"))) <= int(str(button.cget("width") or 99))
        intro.accept()


@pytest.fixture
def main(window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs) -> MainWindow:
    made = MainWindow(window, controller, dialogs)
    made.start()
    return made


def _introduction(main: MainWindow) -> FirstRunWindow | None:
    return next((child for child in main.root.winfo_children() if isinstance(child, FirstRunWindow)), None)


def test_the_help_menu_shows_it_again(main: MainWindow) -> None:
    help_menu = main.menu_bar.nametowidget(main.menu_bar.entrycget("end", "menu"))
    help_menu.invoke(help_menu.index("Show the introduction..."))
    assert _introduction(main) is not None


def test_it_speaks_another_language_from_its_first_page_on(
    main: MainWindow, controller: FakeController, wait_until: WaitUntil, english_afterwards: None
) -> None:
    main.show_introduction()
    intro = _introduction(main)
    assert intro is not None
    page = intro.page
    assert isinstance(page, WelcomePage)
    page.languages.current(2)
    page.languages.event_generate("<<ComboboxSelected>>")
    wait_until(lambda: not intro.winfo_exists() and _introduction(main) is not None)
    again = _introduction(main)
    assert again is not None
    assert again.ok_button.cget("text") == "Weiter"
    assert controller.settings == Settings(language="de")
    again.cancel()


@pytest.mark.parametrize("purpose", [Purpose.RECRUITMENT, Purpose.PRACTICE])
def test_recruitment_shows_its_notice_and_stands_where_it_was_acknowledged(
    main: MainWindow, controller: FakeController, dialogs: FakeDialogs, purpose: Purpose
) -> None:
    dialogs.agrees = purpose is Purpose.RECRUITMENT
    main.show_introduction()
    intro = _introduction(main)
    assert intro is not None
    intro.accept()
    page = intro.page
    assert isinstance(page, PurposePage)
    page.buttons[Purpose.RECRUITMENT].invoke()
    assert dialogs.asked == ["Recruitment"]
    assert page.purpose is purpose
    assert controller.settings.purpose == purpose.value
    assert main.session_panel.purpose.purpose is purpose
    intro.cancel()
