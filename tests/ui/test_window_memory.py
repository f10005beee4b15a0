"""The window comes back where it was."""

from __future__ import annotations

import tkinter as tk
from dataclasses import replace

import pytest

from emotion_gui.core.window_place import WindowPlace
from emotion_gui.ui.window_memory import CLOSING, WindowMemory
from tests.ui.conftest import WaitUntil
from tests.ui.fake_controller import FakeController

pytestmark = pytest.mark.gui


def _remembering(controller: FakeController, window: tk.Toplevel, kept: str) -> WindowMemory:
    controller.settings = replace(controller.settings, window=kept)
    memory = WindowMemory(window, controller)
    memory.restore()
    window.update()
    return memory


def test_it_is_put_where_it_was(window: tk.Toplevel, controller: FakeController) -> None:
    _remembering(controller, window, "700x400+30+20")
    assert (window.winfo_width(), window.winfo_height()) == (700, 400)
    assert window.geometry() == "700x400+30+20"


def test_a_place_that_is_gone_is_brought_onto_the_screen(window: tk.Toplevel, controller: FakeController) -> None:
    _remembering(controller, window, "700x400+90000+-5000")
    assert 0 <= window.winfo_x() <= window.winfo_screenwidth() - 700
    assert window.winfo_y() >= 0


@pytest.mark.parametrize("kept", ["", "nonsense", "0x0+1+1"])
def test_nothing_to_remember_changes_nothing(window: tk.Toplevel, controller: FakeController, kept: str) -> None:
    before = window.geometry()
    _remembering(controller, window, kept)
    assert window.geometry() == before


def test_a_new_place_is_kept_once_it_has_settled(
    window: tk.Toplevel, controller: FakeController, wait_until: WaitUntil
) -> None:
    _remembering(controller, window, "")
    window.geometry("720x420+40+50")
    window.update()
    assert controller.settings.window == ""
    wait_until(lambda: controller.settings.window == "720x420+40+50")


def test_closing_keeps_the_last_place_at_once(window: tk.Toplevel, controller: FakeController) -> None:
    _remembering(controller, window, "")
    window.geometry("720x420+40+50")
    window.update()
    window.event_generate(CLOSING)
    assert controller.settings.window == "720x420+40+50"


def test_a_hidden_window_has_no_place_worth_keeping(window: tk.Toplevel, controller: FakeController) -> None:
    memory = _remembering(controller, window, "720x420+40+50")
    window.withdraw()
    window.geometry("10x10+0+0")
    memory.keep()
    assert controller.settings.window == "720x420+40+50"


def test_a_maximised_window_goes_back_to_what_it_was(
    window: tk.Toplevel, controller: FakeController, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = _remembering(controller, window, "720x420+40+50")
    # Without a window manager nothing is maximised; Tk then says that it is not.
    monkeypatch.setattr("emotion_gui.ui.window_memory._is_maximised", lambda _: True)
    window.geometry("1024x568+0+0")
    window.update()
    memory.keep()
    assert WindowPlace.parse(controller.settings.window) == WindowPlace(720, 420, 40, 50, maximised=True)
