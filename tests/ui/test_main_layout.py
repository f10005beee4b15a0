"""The main window from 1024x600 to 4K and at every text size: nothing is cut, and the toolbar has room."""

from __future__ import annotations

import tkinter as tk

import pytest
import ttkbootstrap as ttk

from emotion_gui.core.settings import Settings
from emotion_gui.ui.main_window import MainWindow
from tests.ui.conftest import WaitUntil, let_tk_work
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs

pytestmark = pytest.mark.gui

_SIZES = [(1024, 568, "100", 3), (1280, 760, "150", 3), (1920, 1026, "200", 3), (3840, 2100, "200", 3),
          (1280, 760, "175", 2), (1024, 568, "200", 1)]  # fmt: skip


@pytest.mark.parametrize("size", _SIZES, ids=str)
def test_all_parts_are_there_in_every_size(
    window: tk.Toplevel, dialogs: FakeDialogs, wait_until: WaitUntil, size: tuple[int, int, str, int]
) -> None:
    width, height, text_size, columns = size
    window.geometry(f"{width}x{height}")
    main = MainWindow(window, FakeController(settings=Settings(text_size=text_size)), dialogs)
    main.start()
    wait_until(lambda: main.layout.columns == columns)
    let_tk_work(window, 100)
    assert _cut(main.source_bar) == []
    assert _cut(main.session_panel) == []
    for part in (main.video, main.session_panel, main.verdict, main.charts, main.timeline):
        assert part.winfo_viewable()
        assert part.winfo_height() >= 80


def _cut(widget: tk.Misc) -> list[str]:
    """The buttons within a widget that have less room than they ask for, or end beyond it."""
    found = []
    for child in widget.winfo_children():
        if isinstance(child, ttk.Button) and child.winfo_viewable():
            beyond = child.winfo_rootx() + child.winfo_width() > widget.winfo_rootx() + widget.winfo_width()
            if beyond or child.winfo_width() < child.winfo_reqwidth():
                found.append(str(child.cget("text")))
        found += _cut(child)
    return found


def test_the_toolbar_shows_icons_alone_where_words_do_not_fit(
    window: tk.Toplevel, dialogs: FakeDialogs, wait_until: WaitUntil
) -> None:
    main = MainWindow(window, FakeController(), dialogs)
    wait_until(lambda: str(main.source_bar.demo.cget("compound")) == "left")
    window.geometry("700x568")
    wait_until(lambda: str(main.source_bar.demo.cget("compound")) == "image")
    assert len(main.source_bar.lines) == 1
    window.geometry("1024x568")
    wait_until(lambda: str(main.source_bar.demo.cget("compound")) == "left")
