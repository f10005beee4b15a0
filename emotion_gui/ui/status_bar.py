"""The line at the window's foot: source, model, and how fast it goes."""

from __future__ import annotations

import tkinter as tk

import ttkbootstrap as ttk

from emotion_gui.controller.status import SourceState
from emotion_gui.core.translation import _
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.look import paint
from emotion_gui.ui.session.calibration_wording import since_words
from emotion_gui.ui.theme import SMALL_FONT, Panel, space
from emotion_gui.ui.wording import model_line, source_line

# Long enough to be read by someone who is talking to somebody else.
MESSAGE_S = 20.0
_TROUBLE = frozenset({SourceState.LOST, SourceState.FAILED})


class StatusBar(Panel):
    """Source state with the countdown to the next try, newest message, baseline, model, results a second, delay."""

    def __init__(self, master: tk.Misc) -> None:
        super().__init__(master, "@chrome", (space(master, 3), space(master, 1)))
        self._message_ends = 0.0
        self.source = self._label(0)
        self.message = self._label(1)
        self.baseline = self._label(2)
        self.model = self._label(3)
        self.speed = self._label(4)
        self.columnconfigure(1, weight=1)

    def _label(self, column: int) -> ttk.Label:
        label = paint(ttk.Label(self, font=SMALL_FONT, bootstyle="@chrome"), foreground="muted")
        label.grid(row=0, column=column, sticky="w", padx=(0, space(self, 4) if column < 4 else 0))
        return label

    def tell(self, message: str, now: float) -> None:
        """Show a message for a while, or until the next one.

        Args:
            message: One sentence.
            now: Seconds of `time.monotonic`.
        """
        self.message.configure(text=message)
        self._message_ends = now + MESSAGE_S

    def refresh(self, controller: Controller, now: float) -> None:
        """Follow the controller; called some times a second with seconds of `time.monotonic`."""
        if now >= self._message_ends:
            _put(self.message, "")
        trouble = controller.source.state in _TROUBLE
        _put(self.source, f"{'⚠ ' if trouble else ''}{source_line(controller.source, now)}")
        baseline = controller.calibration.status.baseline
        _put(self.baseline, since_words(baseline) if baseline else "")
        _put(self.model, model_line(controller.model))
        playing = controller.source.state is SourceState.PLAYING and controller.results_per_s > 0
        speed = _("{rate:.0f} results/s   {delay_ms:.0f} ms delay").format(
            rate=controller.results_per_s, delay_ms=controller.delay_ms
        )
        _put(self.speed, speed if playing else "")


def _put(label: ttk.Label, text: str) -> None:
    # Tk redraws a label even when the text stays the same.
    if label.cget("text") != text:
        label.configure(text=text)
