"""The resting distribution as small bars with their words."""

from __future__ import annotations

import tkinter as tk

import ttkbootstrap as ttk

from emotion_gui.core.baseline import Baseline
from emotion_gui.core.emotions import Emotion
from emotion_gui.ui.look import paint
from emotion_gui.ui.session.calibration_wording import resting_shares
from emotion_gui.ui.theme import Panel, pixels, space

_WIDTH, _HEIGHT = 200, 10
# The rest is next to nothing, and the window must fit on a small screen.
_MOST = 4


class RestingBars(Panel):
    """One line for each of the strongest expressions that the resting face is read as."""

    def __init__(self, master: tk.Misc) -> None:
        super().__init__(master)
        self._shares: list[tuple[Emotion, float]] = []
        self._lines = [self._line(row) for row in range(_MOST)]
        self.columnconfigure(1, weight=1)

    def _line(self, row: int) -> tuple[ttk.Label, tk.Canvas, ttk.Label]:
        name = ttk.Label(self)
        bar = tk.Canvas(self, width=pixels(self, _WIDTH), height=pixels(self, _HEIGHT), highlightthickness=0)
        paint(bar, background="track")
        share = paint(ttk.Label(self, width=5, anchor="e"), foreground="muted")
        for column, widget in enumerate((name, bar, share)):
            widget.grid(row=row, column=column, sticky="ew" if column == 1 else "w", pady=space(self, 1) // 2)
        bar.grid_configure(padx=space(self, 2))
        bar.bind("<Configure>", lambda event: self._draw(row, event.width))
        return name, bar, share

    @property
    def fills(self) -> list[float]:
        """How much of each bar is filled, 0 to 1."""
        return [bar.coords("all")[2] / bar.winfo_width() for name, bar, _ in self._lines if name.winfo_manager()]

    @property
    def texts(self) -> list[str]:
        """What can be read: 'Sad 82 %'."""
        return [f"{name.cget('text')} {share.cget('text')}" for name, _, share in self._lines if name.winfo_manager()]

    def show(self, baseline: Baseline | None) -> None:
        """Show what a face at rest is read as; nothing for None."""
        self._shares = resting_shares(baseline)[:_MOST] if baseline else []
        for row, (name, bar, share) in enumerate(self._lines):
            for widget in (name, bar, share):
                if row < len(self._shares):
                    widget.grid()
                else:
                    widget.grid_remove()
            if row < len(self._shares):
                emotion, value = self._shares[row]
                name.configure(text=emotion.title)
                share.configure(text=f"{100 * value:.0f} %")
                self._draw(row, bar.winfo_width())

    def _draw(self, row: int, width: int) -> None:
        if row < len(self._shares):
            emotion, value = self._shares[row]
            bar = self._lines[row][1]
            bar.delete("all")
            bar.create_rectangle(0, 0, round(value * width), bar.winfo_height(), fill=emotion.color, width=0)
