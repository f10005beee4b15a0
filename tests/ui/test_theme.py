from __future__ import annotations

import tkinter as tk

import pytest
import ttkbootstrap as ttk

from emotion_gui.ui.theme import fit_window, pixels, place_over

pytestmark = pytest.mark.gui


def test_a_window_sized_by_its_content_stands_over_the_middle(window: tk.Toplevel) -> None:
    dialog = ttk.Toplevel(master=window)
    dialog.withdraw()
    ttk.Frame(dialog, width=400, height=200).pack()
    place_over(dialog, window)
    dialog.deiconify()
    dialog.update()
    middle = window.winfo_rootx() + window.winfo_width() // 2
    assert dialog.winfo_rootx() + 200 == pytest.approx(middle, abs=20)


def test_the_frame_of_a_window_as_high_as_the_screen_is_on_it_too(window: tk.Toplevel) -> None:
    large = ttk.Toplevel(master=window)
    fit_window(large, (5000, 5000), (100, 100))
    window.geometry("+0+200")
    window.update()
    place_over(large, window)
    large.update()
    assert large.winfo_rooty() + large.winfo_height() <= large.winfo_screenheight() - pixels(large, 40)
