"""The verdict so far with its grounds and, always, with what it does not mean."""

from __future__ import annotations

import tkinter as tk

import ttkbootstrap as ttk

from emotion_gui.core.nervousness import CAVEAT, Judgement, Verdict
from emotion_gui.core.translation import N_, _
from emotion_gui.ui.theme import TITLE_FONT, Card, muted_label, space

# State is told by word and shape; colour only repeats it.
_LOOKS = {
    Verdict.NERVOUS: ("▲", "warning"),
    Verdict.NOT_NERVOUS: ("●", "success"),
    Verdict.NOT_ENOUGH_DATA: ("○", "secondary"),
}
_NO_SESSION = N_("Start a session to see a verdict.")


class VerdictPanel(Card):
    """Shows a `Judgement`; None stands for no session yet.

    Args:
        master: The parent widget.
        text_width: Pixels at which the texts are broken.
    """

    def __init__(self, master: tk.Misc, text_width: int) -> None:
        super().__init__(master, _("Verdict"))
        self._shown: Judgement | None = None
        self.headline = ttk.Label(self, font=TITLE_FONT)
        self.reason = ttk.Label(self)
        self.caveat = muted_label(self, _(CAVEAT))
        for row, label in enumerate((self.headline, self.reason, self.caveat), start=1):
            label.configure(wraplength=text_width, justify="left")
            label.grid(row=row, column=0, sticky="w", pady=(0, space(self, 1) if row < 3 else 0))
        self._clear()

    def refresh(self, judgement: Judgement | None) -> None:
        if judgement == self._shown:
            return
        self._shown = judgement
        if judgement is None:
            self._clear()
            return
        symbol, style = _LOOKS[judgement.verdict]
        self.headline.configure(text=f"{symbol} {judgement.verdict.title}", bootstyle=style)
        self.reason.configure(text=judgement.reason)

    def _clear(self) -> None:
        self.headline.configure(text=_("○ No session"), bootstyle="secondary")
        self.reason.configure(text=_(_NO_SESSION))
