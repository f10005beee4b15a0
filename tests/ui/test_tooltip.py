"""Tooltips: there while the pointer is, and gone when a window opens under it."""

from __future__ import annotations

import tkinter as tk

import pytest
import ttkbootstrap as ttk

from emotion_gui.ui.tooltip import ToolTip
from tests.ui.conftest import WaitUntil, let_tk_work

pytestmark = pytest.mark.gui


def test_a_window_that_opens_under_the_pointer_takes_it_away(window: tk.Toplevel, wait_until: WaitUntil) -> None:
    button = ttk.Button(window, text="Settings")
    button.place(x=20, y=20)
    window.update()
    tip = ToolTip(button, text="Opens the settings")
    button.event_generate("<Motion>", warp=True, x=5, y=5)
    tip.schedule()
    wait_until(lambda: tip.toplevel is not None)
    let_tk_work(window, 250)
    assert tip.toplevel is not None
    over = tk.Toplevel(window)
    over.geometry(f"300x200+{button.winfo_rootx() - 20}+{button.winfo_rooty() - 20}")
    over.lift()
    wait_until(lambda: tip.toplevel is None)


def test_none_shows_where_the_pointer_is_not(window: tk.Toplevel) -> None:
    button, other = ttk.Button(window, text="Settings"), ttk.Button(window, text="Other")
    button.place(x=20, y=20)
    other.place(x=20, y=200)
    window.update()
    other.event_generate("<Motion>", warp=True, x=5, y=5)
    window.update()
    tip = ToolTip(button, text="Opens the settings")
    tip.show_tip()
    assert tip.toplevel is None
