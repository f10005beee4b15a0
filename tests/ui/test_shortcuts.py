"""The sheet of shortcuts, the keys that the menus name, and the letters that open them."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator

import pytest

from emotion_gui.core import translation
from emotion_gui.core.translation import LANGUAGES, _
from emotion_gui.ui.main_window import MainWindow
from emotion_gui.ui.menu_bar import Command, Key, underlined
from emotion_gui.ui.shortcuts_window import ShortcutsWindow
from tests.keys import press_key
from tests.ui.conftest import WaitUntil
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs

NAMED = {"F5", "Shift+F5", "Space", "M", "Ctrl+E", "Ctrl+,", "F11", "F1, ?"}


@pytest.fixture
def main(window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs) -> MainWindow:
    return MainWindow(window, controller, dialogs)


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    translation.set_language(translation.DEFAULT_LANGUAGE)


def _sheets(window: tk.Toplevel) -> list[ShortcutsWindow]:
    return [child for child in window.winfo_children() if isinstance(child, ShortcutsWindow)]


@pytest.mark.gui
@pytest.mark.parametrize("key", ["<F1>", "<question>"])
def test_its_keys_open_the_sheet_and_escape_closes_it(
    window: tk.Toplevel, main: MainWindow, key: str, wait_until: WaitUntil
) -> None:
    press_key(window, key)
    wait_until(lambda: _sheets(window) and _sheets(window)[0].winfo_viewable())
    press_key(_sheets(window)[0], "<Escape>")
    assert not _sheets(window)


@pytest.mark.gui
def test_in_a_text_field_a_question_mark_is_one(window: tk.Toplevel, main: MainWindow) -> None:
    press_key(main.session_panel.candidate, "<question>")
    assert not _sheets(window)


@pytest.mark.gui
def test_the_sheet_has_what_the_menus_have(window: tk.Toplevel, main: MainWindow) -> None:
    main.show_shortcuts()
    lines = dict(_sheets(window)[0].lines)
    assert set(lines.values()) >= NAMED
    assert (lines["Start"], lines["Settings"]) == ("F5", "Ctrl+,")


@pytest.mark.gui
def test_the_menus_show_the_keys(window: tk.Toplevel, main: MainWindow) -> None:
    bar = main.menu_bar
    menus = [bar.nametowidget(bar.entrycget(index, "menu")) for index in range(int(bar.index("end") or 0) + 1)]
    shown = {
        menu.entrycget(index, "accelerator")
        for menu in menus
        for index in range(int(menu.index("end")) + 1)
        if menu.type(index) != "separator"
    }
    assert shown >= NAMED


@pytest.mark.gui
def test_full_screen_comes_and_goes(window: tk.Toplevel, main: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    # The screen of the tests has no window manager, which would make it so.
    state = {"-fullscreen": False}

    def attributes(name: str, value: bool | None = None) -> bool:
        state[name] = state[name] if value is None else value
        return state[name]

    monkeypatch.setattr(window, "attributes", attributes)
    press_key(window, "<F11>")
    assert main.is_full_screen()
    press_key(window, "<Escape>")
    assert not main.is_full_screen()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_menus_open_by_the_same_letter(language: str) -> None:
    translation.set_language(language)
    titles = [_("File"), _("Session"), _("View"), _("Help")]
    letters = [title[place].lower() for title, place in zip(titles, underlined(titles), strict=True)]
    assert len(set(letters)) == len(titles)


def test_where_all_letters_are_taken_none_is_underlined() -> None:
    assert underlined(["Ab", "ab", "ba", "ÄB", "..."]) == [0, 1, -1, 0, -1]


def test_a_command_may_have_two_keys() -> None:
    def nothing() -> None:
        """Do nothing."""

    action: Callable[[], None] = nothing
    first, second = Key("F1", "F1"), Key("question", "?")
    assert Command("Help", action, first, other_key=second).keys == (first, second)
    assert Command("Help", action).keys == ()
