"""The list of the history: thousands of lines, filled in the window's spare time."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial

import ttkbootstrap as ttk

from emotion_gui.core.translation import _
from emotion_gui.ui.history.filter import COLUMNS, HistoryFilter, Line, chosen_lines
from emotion_gui.ui.look import paint
from emotion_gui.ui.theme import Panel, measured, pixels

_ROW_HEIGHT, _HEADING_PADDING = 28, 16
# So many lines are put in without a pause; a key that is typed waits no longer than they take.
_AT_ONCE = 150
_ARROWS = {False: " ▲", True: " ▼"}


class HistoryList(Panel):
    """Shows the sessions that fit, sorted by the column whose heading was pressed.

    Args:
        master: The parent widget.
        chosen: Called when the selection has changed.
        opened: Called when the selection is to be opened.

    Attributes:
        rows: The list; its item names are the session ids.
        shown: The lines that fit, in order, also those not filled in yet.
    """

    def __init__(self, master: tk.Misc, chosen: Callable[[], None], opened: Callable[[], None]) -> None:
        super().__init__(master)
        self._lines: dict[str, Line] = {}
        self.shown: Sequence[Line] = ()
        self._column, self._falling = "date", True
        self._wanted = HistoryFilter()
        self._filling: str | None = None
        self._filled = 0
        self._selected: Sequence[str] = ()
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.rows = self._build()
        self.empty = ttk.Label(self, justify="center", wraplength=pixels(self, 420))
        paint(self.empty, foreground="muted", background="field")
        self.rows.bind("<<TreeviewSelect>>", lambda event: chosen())
        # A double click on the headings is none on a session.
        self.rows.bind("<Double-1>", lambda event: opened() if self.rows.identify_row(event.y) else None)
        self.rows.bind("<Return>", lambda event: opened())
        self.rows.bind("<Control-a>", lambda event: self.select_all())
        self._show_headings()

    def _build(self) -> ttk.Treeview:
        rows = ttk.Treeview(self, columns=list(COLUMNS), show="headings", selectmode="extended")
        look, style = ttk.Style(), str(rows.cget("style"))
        look.configure(style, rowheight=pixels(self, _ROW_HEIGHT))
        look.map(style, background=[("selected", look.colors.primary)])
        for key, column in COLUMNS.items():
            # Wide enough for its heading in every language, with the arrow of the sorted column.
            heading = measured(self, f"{_(column.title)}{_ARROWS[True]}") + pixels(self, _HEADING_PADDING)
            width = max(pixels(self, column.width), heading)
            rows.column(key, width=width, anchor="w", stretch=key == "candidate")
            rows.heading(key, anchor="w", command=partial(self.sort_by, key))
        bar = ttk.Scrollbar(self, command=rows.yview)
        rows.configure(yscrollcommand=bar.set)
        rows.grid(row=0, column=0, sticky="nsew")
        bar.grid(row=0, column=1, sticky="ns")
        return rows

    @property
    def total(self) -> int:
        """How many sessions there are, shown or not."""
        return len(self._lines)

    @property
    def selected(self) -> tuple[Line, ...]:
        """The selected sessions in the order of the list."""
        return tuple(self._lines[key] for key in self.rows.selection() if key in self._lines)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Take all sessions, to be shown by `look_for`; what was worked out about those that are the same is kept."""
        known = self._lines
        self._lines = {
            line.key: known[line.key] if line.key in known and known[line.key].session == line.session else line
            for line in lines
        }

    def look_for(self, wanted: HistoryFilter) -> None:
        """Show the sessions that fit."""
        self._wanted = wanted
        self._fill()

    def sort_by(self, key: str) -> None:
        """Sort by a column; by the same one again, the other way round."""
        self._falling = not self._falling if key == self._column else COLUMNS[key].falls
        self._column = key
        self._show_headings()
        self._fill()

    def select_all(self) -> str:
        """Select every session that is shown."""
        while self._filling is not None:
            self._fill_next()
        self.rows.selection_set([line.key for line in self.shown])
        return "break"

    def say_empty(self, sentence: str) -> None:
        """Say why the list is empty; an empty sentence where it is not."""
        self.empty.configure(text=sentence)
        if sentence:
            self.empty.place(relx=0.5, rely=0.5, anchor="center")
        else:
            self.empty.place_forget()

    def _show_headings(self) -> None:
        for key, column in COLUMNS.items():
            arrow = _ARROWS[self._falling] if key == self._column else ""
            self.rows.heading(key, text=f"{_(column.title)}{arrow}")

    def _fill(self) -> None:
        self._cancel()
        chosen = self.rows.selection()
        self.shown = chosen_lines(self._lines.values(), self._wanted, self._column, falling=self._falling)
        shown = {line.key for line in self.shown}
        # Something is always selected, so that Return and the buttons have something to work on.
        self._selected = [key for key in chosen if key in shown] or [line.key for line in self.shown[:1]]
        self.rows.delete(*self.rows.get_children())
        self._filled = 0
        self._fill_next()
        # The arrow keys move from the item that has the list's own focus.
        present = [key for key in self._selected if self.rows.exists(key)]
        self.rows.focus(present[0] if present else "")

    def _fill_next(self) -> None:
        self._cancel()
        lines = self.shown[self._filled : self._filled + _AT_ONCE]
        for line in lines:
            self.rows.insert("", "end", iid=line.key, values=line.cells)
        self._filled += len(lines)
        new = {line.key for line in lines}
        self.rows.selection_add([key for key in self._selected if key in new])
        if self._filled < len(self.shown):
            # A short pause, and not when Tk is idle: idle work comes before the next key.
            self._filling = self.after(5, self._fill_next)

    def _cancel(self) -> None:
        if self._filling is not None:
            self.after_cancel(self._filling)
            self._filling = None

    @property
    def is_filled(self) -> bool:
        """Whether every session that fits stands in the list."""
        return self._filling is None
