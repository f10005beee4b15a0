"""A strip over the window that tells something until it is dismissed, without stopping an interview."""

from __future__ import annotations

import tkinter as tk
from collections import deque
from typing import Literal

import ttkbootstrap as ttk

from emotion_gui.controller.status import Level, Notice
from emotion_gui.core.translation import _
from emotion_gui.ui.look import on_new_look, strip_surface
from emotion_gui.ui.theme import Panel, space, wrap_to_width

_LOOKS: dict[Level, tuple[str, Literal["primary", "danger"]]] = {
    Level.INFO: ("✓", "primary"),
    Level.ERROR: ("⚠", "danger"),
}


class NoticeBanner(Panel):
    """Shows notices one after another; takes no room while there is none.

    Args:
        master: A window or frame whose grid it stands in, first column.
        row: Its row there.
    """

    def __init__(self, master: tk.Misc, row: int) -> None:
        super().__init__(master)
        self._waiting: deque[Notice] = deque()
        self._row = ttk.Frame(self, padding=(space(self, 3), space(self, 2)))
        self._row.pack(fill="x")
        self.close = ttk.Button(self._row, text=_("Close"), command=self.dismiss)
        self.text = ttk.Label(self._row, anchor="w")
        # The button first: a long text takes all the room that is left.
        self.close.pack(side="right", padx=(space(self, 2), 0))
        self.text.pack(side="left", fill="x", expand=True)
        wrap_to_width(self.text)
        self.grid(row=row, column=0, sticky="ew")
        self.grid_remove()
        on_new_look(self, self._show)

    def tell(self, notice: Notice) -> None:
        """Show a notice after those that wait, trouble before news; what waits already is not repeated."""
        if notice in self._waiting:
            return
        if notice.level is Level.ERROR:
            # News that nobody has closed must not hide that something is wrong.
            self._waiting = deque(waiting for waiting in self._waiting if waiting.level is Level.ERROR)
        self._waiting.append(notice)
        self._show()

    def dismiss(self) -> None:
        if self._waiting:
            self._waiting.popleft()
        self._show()

    def _show(self) -> None:
        if not self._waiting:
            self.grid_remove()
            return
        notice = self._waiting[0]
        symbol, accent = _LOOKS[notice.level]
        surface = strip_surface(accent)
        self._row.configure(bootstyle=surface)
        more = "  " + _("({count} more)").format(count=len(self._waiting) - 1) if len(self._waiting) > 1 else ""
        self.text.configure(text=f"{symbol}  {notice.message} {notice.hint}".strip() + more, bootstyle=surface)
        self.grid()
