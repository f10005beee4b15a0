"""Markers by hand: M, the line that asks, and the list, in a real window with real keys."""

from __future__ import annotations

import tkinter as tk

import pytest

from emotion_gui.core.markers import Marker
from emotion_gui.ui.main_window import MainWindow
from emotion_gui.ui.session.key_repeat import KeyRepeat
from emotion_gui.ui.session.marker_window import MarkerWindow
from tests.keys import press_key
from tests.ui.conftest import WaitUntil
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs

pytestmark = pytest.mark.gui


# X11's mask of the modifier.
_LOCK = 2


@pytest.fixture
def now() -> list[float]:
    """The seconds that the keyboard is judged by."""
    return [100.0]


@pytest.fixture
def main(window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs, now: list[float]) -> MainWindow:
    """The main window while a session runs."""
    main = MainWindow(window, controller, dialogs)
    main.markers.clock = lambda: now[0]
    main.start()
    main.session_panel.start_for("Ada")
    return main


def press(widget: tk.Misc, key: str) -> None:
    """Press and release a key."""
    press_key(widget, f"<KeyPress-{key}>")
    focus = widget.focus_get()
    if focus is not None:
        focus.event_generate(f"<KeyRelease-{key}>")


def type_text(field: tk.Widget, text: str) -> None:
    for character in text:
        field.event_generate(f"<Key-{'space' if character == ' ' else character}>")


def texts(controller: FakeController) -> list[str]:
    return [marker.text for marker in controller.markers.all]


def test_m_sets_a_marker_and_return_keeps_the_suggestion(
    main: MainWindow, controller: FakeController, now: list[float]
) -> None:
    controller.markers.now_s = 83.4
    press(main.root, "m")
    entry = main.markers.entry
    assert entry.winfo_manager() == "place"
    assert (entry.field.get(), entry.field.selection_get()) == ("question 1", "question 1")
    assert texts(controller) == [""]
    controller.markers.now_s = 90.0
    press_key(entry.field, "<Return>")
    assert texts(controller) == ["question 1"]
    assert controller.markers.all[0].time_s == 83.4
    assert not entry.winfo_manager()
    now[0] += 7
    press(main.root, "m")
    assert entry.field.get() == "question 2"


def test_escape_leaves_the_marker_without_a_text(main: MainWindow, controller: FakeController) -> None:
    press(main.root, "m")
    press_key(main.markers.entry.field, "<Escape>")
    assert texts(controller) == [""]
    assert not main.markers.entry.winfo_manager()


def test_what_is_typed_takes_the_place_of_the_suggestion(
    main: MainWindow, controller: FakeController, now: list[float]
) -> None:
    press(main.root, "m")
    field = main.markers.entry.field
    # An m that comes when a person can have read the line is a letter.
    now[0] += 0.5
    press_key(field, "<KeyPress-m>")
    type_text(field, "oney")
    press_key(field, "<Return>")
    assert texts(controller) == ["money"]


def test_m_again_at_once_is_another_marker(main: MainWindow, controller: FakeController, now: list[float]) -> None:
    for _press in range(5):
        now[0] += 0.1
        press(main.root.focus_get() or main.root, "m")
    assert len(controller.markers.all) == 5
    press_key(main.markers.entry.field, "<Return>")
    assert texts(controller) == ["", "", "", "", "question 5"]


def test_m_held_down_sets_one_marker(main: MainWindow, controller: FakeController) -> None:
    press_key(main.root, "<KeyPress-m>")
    field = main.markers.entry.field
    for _repeat in range(20):
        field.event_generate("<KeyPress-m>")
        field.event_generate("<KeyRelease-m>")
    assert len(controller.markers.all) == 1
    assert field.get() == "question 1"


def test_m_is_a_letter_in_a_text_field(main: MainWindow, controller: FakeController) -> None:
    press(main.session_panel.note, "m")
    assert not controller.markers.all
    assert main.session_panel.note.get() == "m"


def test_caps_lock_does_not_silence_the_key(main: MainWindow, controller: FakeController) -> None:
    main.root.focus_force()
    # Tk would add Shift to a capital letter.
    main.root.event_generate("<KeyPress-m>", state=_LOCK)
    assert len(controller.markers.all) == 1
    assert main.markers.window is None


def test_no_marker_where_none_can_be_set(main: MainWindow, controller: FakeController) -> None:
    controller.markers.now_s = None
    main.markers.button.invoke()
    assert not main.markers.entry.winfo_manager()
    controller.stop()
    press(main.root, "m")
    assert not controller.markers.all


def test_typed_words_are_kept_when_the_keyboard_goes_elsewhere(
    main: MainWindow, controller: FakeController, wait_until: WaitUntil
) -> None:
    main.markers.button.invoke()
    field = main.markers.entry.field
    press_key(field, "<BackSpace>")
    type_text(field, "salary")
    main.session_panel.note.focus_force()
    wait_until(lambda: texts(controller) == ["salary"])
    assert not main.markers.entry.winfo_manager()
    main.markers.button.invoke()
    main.root.update()
    main.session_panel.note.focus_force()
    wait_until(lambda: not main.markers.entry.winfo_manager())
    assert texts(controller) == ["salary", ""]


def test_a_file_dialog_of_tk_takes_the_keyboard_too(main: MainWindow, wait_until: WaitUntil) -> None:
    main.markers.button.invoke()
    main.root.update()
    # As Tk's own dialogs are made: by Tcl, unknown to tkinter.
    main.root.tk.eval("toplevel .__tk_choosedir; entry .__tk_choosedir.field; pack .__tk_choosedir.field")
    try:
        main.root.tk.eval("focus -force .__tk_choosedir.field")
        wait_until(lambda: not main.markers.entry.winfo_manager())
    finally:
        main.root.tk.eval("destroy .__tk_choosedir")


def test_a_new_session_closes_the_line_of_the_one_before(
    main: MainWindow, controller: FakeController, wait_until: WaitUntil
) -> None:
    main.markers.button.invoke()
    controller.stop()
    main.session_panel.start_for("Bob")
    wait_until(lambda: not main.markers.entry.winfo_manager())


@pytest.fixture
def listed(main: MainWindow, controller: FakeController) -> MarkerWindow:
    controller.markers.all = (Marker(5.0, "begin"), Marker(65.0), Marker(125.0, "x" * 10_000))
    press_key(main.root, "<Shift-M>")
    assert main.markers.window is not None
    main.markers.window.update()
    return main.markers.window


def choose(window: MarkerWindow, row: int) -> None:
    window.rows.selection_set(window.rows.get_children()[row])
    window.update()


def test_the_list_shows_time_and_words(listed: MarkerWindow) -> None:
    shown = [listed.rows.item(row, "values") for row in listed.rows.get_children()]
    assert [tuple(values)[:2] for values in shown[:2]] == [("0:05", "begin"), ("1:05", "Marker 2")]
    assert listed.remove_button.instate(["disabled"])


def test_words_are_changed_in_the_list(listed: MarkerWindow, controller: FakeController) -> None:
    controller.stop()
    choose(listed, 1)
    press_key(listed.field, "<KeyPress-a>")
    press_key(listed.field, "<Return>")
    assert texts(controller)[1] == "a"
    press_key(listed.field, "<KeyPress-b>")
    press_key(listed.field, "<Escape>")
    assert listed.field.get() == "a"
    press_key(listed.field, "<KeyPress-c>")
    choose(listed, 0)
    assert texts(controller)[:2] == ["begin", "ac"]


def test_markers_are_removed_one_after_the_other(listed: MarkerWindow, controller: FakeController) -> None:
    choose(listed, 0)
    press_key(listed.rows, "<Delete>")
    listed.update()
    assert texts(controller) == ["", "x" * 10_000]
    listed.remove_button.invoke()
    listed.update()
    listed.remove_button.invoke()
    assert controller.markers.all == ()
    assert listed.empty.winfo_manager() == "place"


def test_the_list_follows_what_is_set_meanwhile(
    listed: MarkerWindow, main: MainWindow, controller: FakeController, wait_until: WaitUntil
) -> None:
    controller.markers.now_s = 300.0
    main.markers.button.invoke()
    wait_until(lambda: len(listed.rows.get_children()) == 4)
    press_key(listed, "<Escape>")
    assert not listed.winfo_exists()


def test_a_key_whose_release_was_lost_works_again_after_a_while(window: tk.Toplevel) -> None:
    now = [10.0]
    repeat = KeyRepeat(window, ("m",), lambda: now[0])
    assert not repeat.is_repeat()
    now[0] += 0.5
    assert repeat.is_repeat()
    now[0] += 1.5
    assert not repeat.is_repeat()
