"""Tooltips that go when the pointer does, however it leaves."""

from __future__ import annotations

import tkinter as tk
from contextlib import suppress

import ttkbootstrap as ttk

_CHECK_MS = 150


class ToolTip(ttk.ToolTip):
    """Ttkbootstrap's, which stays where a window opens under the pointer: Tk tells nobody that it left."""

    def show_tip(self, *_: object) -> None:
        if self._is_pointed_at():
            super().show_tip()
            self._watch()

    def _watch(self) -> None:
        if self.toplevel is None:
            return
        if self._is_pointed_at():
            self.widget.after(_CHECK_MS, self._watch)
        else:
            self.hide_tip()

    def _is_pointed_at(self) -> bool:
        widget = self.widget
        # A list that drops down is a window of Tcl's own, which Python does not know.
        with suppress(tk.TclError, KeyError):
            under = widget.winfo_containing(*widget.winfo_pointerxy())
            return under is not None and (under is widget or str(under).startswith(f"{self.toplevel}"))
        return False
