from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

import pytest

from emotion_gui.core import translation
from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.ui.question_windows import ChoiceWindow, LabelsWindow, TextWindow
from emotion_gui.ui.tk_dialogs import TkDialogs
from tests.keys import press_key

pytestmark = pytest.mark.gui


def answer(window: tk.Toplevel, kind: type[tk.Toplevel], act: Callable[[tk.Toplevel], None]) -> None:
    """Have `act` done to the dialog of that kind as soon as it is on the screen."""

    def look() -> None:
        shown = [child for child in window.winfo_children() if isinstance(child, kind) and child.winfo_viewable()]
        if shown:
            act(shown[0])
        else:
            window.after(10, look)

    window.after(10, look)


def press(text: str) -> Callable[[tk.Toplevel], None]:
    def act(dialog: tk.Toplevel) -> None:
        assert isinstance(dialog, ChoiceWindow)
        dialog.press(text)

    return act


@pytest.mark.parametrize("text", ["Delete it", "Decide later", "Keep it"])
def test_a_choice_gives_the_button_pressed(window: tk.Toplevel, text: str) -> None:
    answer(window, ChoiceWindow, press(text))
    buttons = ("Decide later", "Delete it", "Keep it")
    assert TkDialogs(window).choose("Title", "Message", buttons=buttons, danger="Delete it") == text


def test_a_closed_choice_gives_nothing(window: tk.Toplevel) -> None:
    answer(window, ChoiceWindow, lambda dialog: press_key(dialog, "<Escape>"))
    assert TkDialogs(window).choose("Title", "Message", buttons=("No", "Yes")) is None


@pytest.mark.parametrize(("text", "expected"), [("Replace", True), ("Cancel", False)])
def test_confirm_is_true_for_its_own_button_only(window: tk.Toplevel, text: str, expected: bool) -> None:
    answer(window, ChoiceWindow, press(text))
    assert TkDialogs(window).confirm("Replace?", "It is there.", yes="Replace", danger=True) is expected


def test_an_error_shows_message_and_hint(window: tk.Toplevel) -> None:
    texts: list[str] = []

    def read(dialog: tk.Toplevel) -> None:
        assert isinstance(dialog, ChoiceWindow)
        texts.extend(str(child.cget("text")) for child in dialog.body.winfo_children())
        dialog.ok_button.invoke()

    answer(window, ChoiceWindow, read)
    TkDialogs(window).show_error("It is no model.", "Choose another file.")
    assert texts == ["It is no model.\n\nChoose another file."]


def test_a_text_must_not_be_empty(window: tk.Toplevel) -> None:
    def fill(dialog: tk.Toplevel) -> None:
        assert isinstance(dialog, TextWindow)
        dialog.value.set("   ")
        assert dialog.ok_button.instate(["disabled"])
        dialog.value.set(" http://host/video ")
        dialog.ok_button.invoke()

    answer(window, TextWindow, fill)
    assert TkDialogs(window).ask_text("Open", "Address", "http://") == "http://host/video"


def test_labels_begin_in_order_and_may_not_repeat(window: tk.Toplevel) -> None:
    def swap(dialog: tk.Toplevel) -> None:
        assert isinstance(dialog, LabelsWindow)
        assert dialog.labels == EMOTION_NAMES[:3]
        dialog.choices[0].set("happy")
        assert dialog.ok_button.instate(["!disabled"])
        dialog.choices[1].set("happy")
        assert dialog.ok_button.instate(["disabled"])
        assert "happy" in dialog.problem.cget("text")
        dialog.choices[1].set("sad")
        dialog.ok_button.invoke()

    answer(window, LabelsWindow, swap)
    assert TkDialogs(window).ask_labels("other.h5", 3) == ("happy", "sad", "fear")


def test_labels_are_named_in_the_users_language_and_told_as_models_know_them(window: tk.Toplevel) -> None:
    translation.set_language("de")
    try:
        dialog = LabelsWindow(window, "other.h5", 3)
        assert [choice.get() for choice in dialog.choices] == ["wütend", "angewidert", "ängstlich"]
        assert dialog.labels == EMOTION_NAMES[:3]
    finally:
        translation.set_language(translation.DEFAULT_LANGUAGE)
        dialog.destroy()


def test_a_question_stands_over_the_window_that_has_the_keyboard(window: tk.Toplevel) -> None:
    second = tk.Toplevel(window)
    entry = tk.Entry(second)
    entry.pack()
    press_key(entry, "<Home>")
    answer(second, ChoiceWindow, press("Yes"))
    assert TkDialogs(window).choose("Title", "Message", buttons=("No", "Yes")) == "Yes"
