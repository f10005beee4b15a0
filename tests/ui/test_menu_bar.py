from __future__ import annotations

import tkinter as tk

import pytest
import ttkbootstrap as ttk

from emotion_gui.ui.menu_bar import Command, Key, build_menu, build_menu_bar
from tests.keys import press_key

SPACE = Key("space", "Space", typed=True)


@pytest.mark.parametrize(
    ("key", "mac", "sequence", "accelerator"),
    [
        (Key("o", "O", control=True), False, "<Control-o>", "Ctrl+O"),
        (Key("o", "O", control=True), True, "<Command-o>", "Cmd+O"),
        (Key("F5", "F5", shift=True), False, "<Shift-F5>", "Shift+F5"),
        (SPACE, False, "<space>", "Space"),
    ],
)
def test_keys_are_bound_and_shown(key: Key, mac: bool, sequence: str, accelerator: str) -> None:
    assert key.sequence(mac=mac) == sequence
    assert key.accelerator(mac=mac) == accelerator


@pytest.fixture
def pressed() -> list[str]:
    return []


@pytest.mark.gui
def test_a_key_does_what_its_line_does(window: tk.Toplevel, pressed: list[str]) -> None:
    bar = build_menu_bar(window, {"File": [Command("Open", lambda: pressed.append("open"), Key("F2", "F2"))]})
    press_key(window, "<F2>")
    bar.nametowidget(bar.entrycget(0, "menu")).invoke(0)
    assert pressed == ["open", "open"]


@pytest.mark.gui
def test_a_key_of_a_sleeping_line_does_nothing(window: tk.Toplevel, pressed: list[str]) -> None:
    command = Command("Stop", lambda: pressed.append("stop"), Key("F2", "F2"), enabled=lambda: False)
    build_menu_bar(window, {"Session": [command]})
    press_key(window, "<F2>")
    assert not pressed


@pytest.mark.gui
def test_space_in_a_text_field_is_a_space(window: tk.Toplevel, pressed: list[str]) -> None:
    build_menu_bar(window, {"Session": [Command("Pause", lambda: pressed.append("pause"), SPACE)]})
    entry = ttk.Entry(window)
    entry.pack()
    press_key(entry, "<space>")
    assert not pressed
    assert entry.get() == " "
    press_key(window, "<space>")
    assert pressed == ["pause"]


@pytest.mark.gui
def test_lines_follow_the_state_when_the_menu_opens(window: tk.Toplevel) -> None:
    on = [False]
    commands = [
        Command("Mirror", lambda: None, checked=lambda: on[0]),
        None,
        Command("Stop", lambda: None, enabled=lambda: on[0]),
    ]
    menu = build_menu(window, commands)
    for state in (False, True):
        on[0] = state
        window.tk.call(menu.cget("postcommand"))
        assert menu.entrycget(2, "state") == ("normal" if state else "disabled")
        assert window.getvar(str(menu.entrycget(0, "variable"))) == state
