"""Every control by keyboard: Tab reaches it, in the order in which it is read."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

import pytest

from emotion_gui.core.consent_texts import consent_question, recruitment_notice
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import CAMERA, SourceSpec
from emotion_gui.ui.about_window import AboutWindow
from emotion_gui.ui.history.window import HistoryWindow
from emotion_gui.ui.main_window import MainWindow
from emotion_gui.ui.modal_window import ModalWindow
from emotion_gui.ui.question_windows import ChoiceWindow, LabelsWindow, TextWindow
from emotion_gui.ui.session.consent_window import ConsentWindow, NoticeWindow
from emotion_gui.ui.settings.dialog import SettingsDialog
from tests.keys import press_key
from tests.ui.conftest import WaitUntil, let_tk_work
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs

pytestmark = pytest.mark.gui

_CONTROLS = {"TButton", "TEntry", "TCombobox", "TCheckbutton", "TMenubutton", "Treeview", "TNotebook", "Text"}


def _controls(widget: tk.Misc) -> list[tk.Misc]:
    """All controls of a window that can be used now, windows over it left out."""
    found: list[tk.Misc] = []
    for child in widget.winfo_children():
        if isinstance(child, tk.Toplevel):
            continue
        usable = child.winfo_class() in _CONTROLS and child.winfo_viewable()
        if usable and str(child.cget("takefocus")) not in {"0", "False"} and "disabled" not in _states(child):
            found.append(child)
        found += _controls(child)
    return found


def _states(widget: tk.Misc) -> tuple[str, ...]:
    return () if isinstance(widget, tk.Text) else tuple(map(str, widget.tk.splitlist(widget.tk.call(widget, "state"))))


def _walk(window: tk.Misc, start: tk.Misc) -> list[tk.Misc]:
    """What gets the keyboard, from Tab to Tab, until it is back at the beginning."""
    way = [start]
    while (following := way[-1].tk_focusNext()) is not None and following not in way:
        way.append(following)
        assert len(way) < 200
    return way


_QUESTION = consent_question(SourceSpec(CAMERA, "0"), 90)
_DIALOGS: dict[str, Callable[[tk.Misc], ModalWindow]] = {
    "settings": lambda master: SettingsDialog(master, Settings()),
    "choice": lambda master: ChoiceWindow(
        master, "Title", message="Which?", buttons=("Cancel", "Keep", "Delete"), danger="Delete"
    ),
    "text": lambda master: TextWindow(master, "Title", prompt="Which?", initial="this"),
    "labels": lambda master: LabelsWindow(master, "model", 7),
    "consent": lambda master: ConsentWindow(master, _QUESTION),
    "notice": lambda master: NoticeWindow(master, recruitment_notice()),
    "about": lambda master: AboutWindow(master, FakeController()),
}


@pytest.fixture(params=_DIALOGS)
def dialog(request: pytest.FixtureRequest, window: tk.Toplevel) -> ModalWindow:
    shown = _DIALOGS[request.param](window)
    shown.show()
    let_tk_work(shown, 30)
    return shown


def test_tab_reaches_every_control_of_a_dialog(dialog: ModalWindow) -> None:
    controls = _controls(dialog)
    assert set(controls) <= set(_walk(dialog, controls[0]))


def test_tab_ends_at_the_buttons_from_left_to_right(dialog: ModalWindow) -> None:
    buttons = [control for control in _controls(dialog) if str(control).startswith(f"{dialog.buttons}.")]
    way = _walk(dialog, _controls(dialog)[0])
    places = [way.index(button) for button in sorted(buttons, key=lambda each: each.winfo_rootx())]
    assert places == sorted(places)


def test_space_presses_the_button_that_has_the_keyboard_and_escape_closes(
    window: tk.Toplevel, wait_until: WaitUntil
) -> None:
    choice = ChoiceWindow(window, "Title", message="Which?", buttons=("Keep", "Delete"), danger="Delete")
    choice.show()
    keep = next(child for child in choice.buttons.winfo_children() if str(child.cget("text")) == "Keep")
    press_key(keep, "<space>")
    assert choice.answer == "Keep"
    other = TextWindow(window, "Title", prompt="Which?", initial="")
    other.show(other.entry)
    press_key(other.entry, "<space>")
    assert other.value.get() == " "
    press_key(other.entry, "<Escape>")
    wait_until(lambda: not other.winfo_exists())


def test_tab_reaches_every_control_of_the_main_window(
    window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs
) -> None:
    main = MainWindow(window, controller, dialogs)
    main.start()
    let_tk_work(window, 150)
    controls = _controls(window)
    way = _walk(window, main.source_bar.picker)
    assert set(controls) <= set(way)
    # The toolbar, the picture, the session, as they stand.
    parts = [main.source_bar, main.video, main.session_panel]
    order = [next(i for i, part in enumerate(parts) if f"{each}.".startswith(f"{part}.")) for each in controls]
    reached = [order[controls.index(each)] for each in way if each in controls]
    assert reached == sorted(reached)


def test_tab_reaches_every_control_of_the_history(
    window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs
) -> None:
    history = HistoryWindow(window, controller, dialogs)
    let_tk_work(window, 100)
    controls = _controls(history)
    assert set(controls) <= set(_walk(history, history.search.candidate))


def test_what_has_the_keyboard_is_seen_on_a_switch(window: tk.Toplevel) -> None:
    dialog = SettingsDialog(window, Settings())
    dialog.show()
    field = dialog.fields["mirror"]
    before = str(field.label.cget("foreground"))
    press_key(field.input, "<Tab>")
    field.input.focus_force()
    dialog.update()
    assert str(field.label.cget("foreground")) != before
