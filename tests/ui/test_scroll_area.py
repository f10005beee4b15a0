"""Places that scroll, and rows that go on in the next line: nothing is out of reach on a small screen."""

from __future__ import annotations

import tkinter as tk
from functools import partial

import pytest
import ttkbootstrap as ttk

from emotion_gui.ui.flow_row import FlowRow
from emotion_gui.ui.scroll_area import ScrollArea
from tests.ui.conftest import WaitUntil, let_tk_work

pytestmark = pytest.mark.gui


def _area(window: tk.Toplevel, width: int, height: int) -> ScrollArea:
    area = ScrollArea(window)
    area.place(x=0, y=0, width=width, height=height)
    return area


def test_what_fits_does_not_scroll_and_gets_the_whole_place(window: tk.Toplevel) -> None:
    area = _area(window, 300, 200)
    ttk.Label(area.content, text="short").pack()
    let_tk_work(window, 50)
    assert area.scrolls == (False, False)
    assert (area.content.winfo_width(), area.content.winfo_height()) == (300, 200)


def test_it_scrolls_only_in_the_direction_in_which_it_must(window: tk.Toplevel, wait_until: WaitUntil) -> None:
    area = _area(window, 300, 200)
    tall = ttk.Frame(area.content, height=500, width=20)
    tall.pack()
    wait_until(lambda: area.scrolls == (False, True))
    tall.configure(height=50)
    wait_until(lambda: area.scrolls == (False, False))
    tall.configure(width=900)
    wait_until(lambda: area.scrolls == (True, False))


def test_what_gets_the_keyboard_comes_into_sight(window: tk.Toplevel, wait_until: WaitUntil) -> None:
    area = _area(window, 300, 200)
    entries = [ttk.Entry(area.content) for _ in range(20)]
    for entry in entries:
        entry.pack()
    wait_until(lambda: area.scrolls[1])
    for entry in (entries[-1], entries[0]):
        entry.focus_force()
        wait_until(partial(_in_sight, area, entry))


def _in_sight(area: ScrollArea, widget: tk.Misc) -> bool:
    top = widget.winfo_rooty() - area.winfo_rooty()
    return top >= 0 and top + widget.winfo_height() <= area.winfo_height()


def test_the_wheel_scrolls_the_place_and_not_what_scrolls_itself(window: tk.Toplevel, wait_until: WaitUntil) -> None:
    area = _area(window, 300, 200)
    label, rows = ttk.Label(area.content, text="words"), ttk.Treeview(area.content, height=30)
    label.pack()
    rows.pack()
    wait_until(lambda: area.scrolls[1])
    top = label.winfo_rooty()
    rows.event_generate("<Button-5>")
    window.update()
    assert label.winfo_rooty() == top
    label.event_generate("<Button-5>")
    wait_until(lambda: label.winfo_rooty() < top)
    label.event_generate("<Button-4>")
    wait_until(lambda: label.winfo_rooty() == top)


def test_a_place_that_is_gone_hears_nothing_more(window: tk.Toplevel) -> None:
    area = _area(window, 300, 200)
    ttk.Entry(area.content).pack()
    window.update()
    area.destroy()
    ttk.Entry(window).pack()
    window.update()


def test_a_row_goes_on_in_the_next_line(window: tk.Toplevel, wait_until: WaitUntil) -> None:
    row = FlowRow(window)
    buttons = [ttk.Button(row, text=f"Button {number}") for number in range(5)]
    for button in buttons:
        row.add(button)
    row.place(x=0, y=0, width=1000)
    wait_until(lambda: [len(line) for line in row.lines] == [5])
    one_line = row.winfo_reqheight()
    row.place(width=2 * buttons[0].winfo_reqwidth() + 20)
    wait_until(lambda: [len(line) for line in row.lines] == [2, 2, 1])
    assert row.winfo_reqheight() > 2.5 * one_line
    wait_until(lambda: all(b.winfo_x() + b.winfo_width() <= row.winfo_width() for b in buttons))


def test_the_last_ones_stand_at_the_right_end(window: tk.Toplevel, wait_until: WaitUntil) -> None:
    row = FlowRow(window)
    left, right = ttk.Button(row, text="Open"), ttk.Button(row, text="Close")
    row.add(left)
    row.add(right, right=True)
    row.place(x=0, y=0, width=600)
    wait_until(lambda: right.winfo_x() + right.winfo_width() == 600 and left.winfo_x() == 0)
