"""How far something that takes a while has come, and a way to give it up."""

from __future__ import annotations

import tkinter as tk
from typing import Protocol

import ttkbootstrap as ttk

from emotion_gui.core.translation import _
from emotion_gui.ui.theme import muted_label, pixels, place_over, set_enabled, space

_WIDTH, _BEAT_MS = 360, 100


class Progress(Protocol):
    """Counted by another thread."""

    @property
    def done(self) -> int: ...
    @property
    def total(self) -> int: ...
    def cancel(self) -> None: ...


class ProgressWindow(ttk.Toplevel):
    """A bar over its parent; whoever opened it closes it when all is done.

    Args:
        master: The window that it belongs to.
        text: What is being done.
        progress: How far it has come.
    """

    def __init__(self, master: tk.Misc, text: str, progress: Progress) -> None:
        super().__init__(title=text, master=master)
        self._progress = progress
        gap = space(self, 4)
        body = ttk.Frame(self, padding=gap)
        body.pack(fill="both", expand=True)
        ttk.Label(body, text=text, wraplength=pixels(self, _WIDTH), justify="left").pack(anchor="w")
        self.bar = ttk.Progressbar(body, length=pixels(self, _WIDTH))
        self.bar.pack(fill="x", pady=space(self, 2))
        self.count = muted_label(body)
        self.count.pack(anchor="w")
        self.cancel_button = ttk.Button(body, text=_("Cancel"), command=self.cancel)
        self.cancel_button.pack(anchor="e", pady=(space(self, 2), 0))
        self.resizable(False, False)
        self.protocol("WM_DELETE_WINDOW", self.cancel)
        self.bind("<Escape>", lambda _event: self.cancel())
        place_over(self, master)
        self._beat()

    def cancel(self) -> None:
        """Give it up; the window goes when it has ended."""
        self._progress.cancel()
        set_enabled(self.cancel_button, False)
        self.count.configure(text=_("Cancelling..."))

    def _beat(self) -> None:
        total, done = max(1, self._progress.total), self._progress.done
        self.bar.configure(maximum=total, value=done)
        if self.cancel_button.instate(["!disabled"]):
            self.count.configure(text=_("{done} of {total} files").format(done=done, total=total))
        # Goes with the window: Tk drops what was to come after it is destroyed.
        self._next = self.after(_BEAT_MS, self._beat)

    def destroy(self) -> None:
        self.after_cancel(self._next)
        super().destroy()
