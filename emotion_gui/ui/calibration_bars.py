"""The resting distribution as small bars with their words."""

from __future__ import annotations

import tkinter as tk

import ttkbootstrap as ttk

from emotion_gui.core.baseline import Baseline
from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.ui.calibration_wording import resting_shares
from emotion_gui.ui.theme import MUTED, Panel, pixels, space

_WIDTH, _HEIGHT = 200, 10
_TRACK = "#e8ebef"


class RestingBars(Panel):
    """One line for each expression that the resting face is read as; always of the same height."""

    def __init__(self, master: tk.Misc) -> None:
        super().__init__(master)
        self._lines = [self._line(row) for row in range(len(EMOTIONS))]
        self.columnconfigure(1, weight=1)

    def _line(self, row: int) -> tuple[ttk.Label, tk.Canvas, ttk.Label]:
        name = ttk.Label(self)
        bar = tk.Canvas(
            self, width=pixels(self, _WIDTH), height=pixels(self, _HEIGHT), highlightthickness=0, background=_TRACK
        )
        share = ttk.Label(self, foreground=MUTED, width=5, anchor="e")
        for column, widget in enumerate((name, bar, share)):
            widget.grid(row=row, column=column, sticky="ew" if column == 1 else "w", pady=space(self, 1) // 2)
        bar.grid_configure(padx=space(self, 2))
        return name, bar, share

    @property
    def texts(self) -> list[str]:
        """What can be read: 'Sad 82 %'."""
        return [f"{name.cget('text')} {share.cget('text')}" for name, _, share in self._lines if name.winfo_manager()]

    def show(self, baseline: Baseline | None) -> None:
        """Show what a face at rest is read as; nothing for None."""
        shares = resting_shares(baseline) if baseline else []
        for row, (name, bar, share) in enumerate(self._lines):
            for widget in (name, bar, share):
                if row < len(shares):
                    widget.grid()
                else:
                    widget.grid_remove()
            if row < len(shares):
                emotion, value = shares[row]
                name.configure(text=emotion.title)
                share.configure(text=f"{100 * value:.0f} %")
                bar.delete("all")
                width = round(value * pixels(self, _WIDTH))
                bar.create_rectangle(0, 0, width, pixels(self, _HEIGHT), fill=emotion.color, width=0)
