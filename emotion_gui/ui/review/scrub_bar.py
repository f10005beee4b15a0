"""The bar under the course: the whole session, the stretch that is shown, and the moment that is looked at."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from emotion_gui.ui.keyboard import keyboard_path
from emotion_gui.ui.look import on_new_look, paint, palette
from emotion_gui.ui.review.span import Span
from emotion_gui.ui.review.wording import fine_clock
from emotion_gui.ui.theme import SMALL_FONT, pixels

_HEIGHT = 34


class ScrubBar(tk.Canvas):
    """Dragged by its thumb or anywhere else; its keys are bound by whoever owns it.

    Args:
        master: The parent widget.
        span: The stretch that is shown at first.
        on_time: Called with the session time in seconds where the pointer is.
    """

    def __init__(self, master: tk.Misc, span: Span, on_time: Callable[[float], None]) -> None:
        super().__init__(master, height=pixels(master, _HEIGHT), highlightthickness=0, takefocus=1)
        paint(self, background="ground")
        on_new_look(self, self._draw)
        self.configure(cursor="sb_h_double_arrow")
        self._span = span
        self._time_s = 0.0
        self._marks_s: Sequence[float] = ()
        self._edges: tuple[float, float] | None = None
        self._on_time = on_time
        self.bind("<Configure>", lambda _: self._draw())
        self.bind("<FocusIn>", lambda _: self._draw())
        self.bind("<FocusOut>", lambda _: self._draw())
        self.bind("<Button-1>", self._pressed)
        self.bind("<B1-Motion>", self._moved)

    def show(self, span: Span, time_s: float, marks_s: Sequence[float]) -> None:
        """Show a stretch, a moment in it and the session's markers, all in seconds of the session."""
        self._span, self._time_s, self._marks_s = span, time_s, marks_s
        self._draw()

    def align(self, left_px: float, right_px: float) -> None:
        """Run from the left to the right edge of the chart above, so that time lies below time."""
        self._edges = left_px, right_px
        self._draw()

    @property
    def text(self) -> str:
        """The time that stands beside the thumb."""
        return f"{fine_clock(self._time_s)} / {fine_clock(self._span.whole_s)}"

    def x_of(self, time_s: float) -> float:
        """Where a moment lies, in pixels."""
        left, right = self._ends()
        return left + time_s / self._span.whole_s * (right - left)

    def _ends(self) -> tuple[float, float]:
        margin = pixels(self, 12)
        return self._edges or (margin, max(margin + 1, self.winfo_width() - margin))

    def _draw(self) -> None:
        self.delete("all")
        left, right = self._ends()
        middle, half = pixels(self, 10), pixels(self, 3)
        self.create_rectangle(left, middle - half, right, middle + half, fill=palette().track, outline="")
        shown = (self.x_of(self._span.begin_s), self.x_of(self._span.end_s))
        if not self._span.is_whole:
            self.create_rectangle(shown[0], middle - half, shown[1], middle + half, fill=palette().shown, outline="")
        for mark_s in self._marks_s:
            x = self.x_of(mark_s)
            self.create_line(x, middle - 2 * half, x, middle + 2 * half, fill=palette().accent, width=2)
        self._draw_thumb(self.x_of(self._time_s), middle, 2 * half)

    def _draw_thumb(self, x: float, y: float, radius: float) -> None:
        colors = palette()
        if keyboard_path(self) == str(self):
            ring = radius + pixels(self, 3)
            self.create_oval(x - ring, y - ring, x + ring, y + ring, outline=palette().accent, width=2)
        self.create_oval(x - radius, y - radius, x + radius, y + radius, fill=colors.text, outline=colors.ground)
        below = y + radius + pixels(self, 3)
        label = self.create_text(x, below, text=self.text, anchor="n", font=SMALL_FONT, fill=colors.text)
        box, width = self.bbox(label), self.winfo_width()
        # The text must not be cut at the ends.
        shift = max(0, -box[0]) - max(0, box[2] - width)
        self.move(label, shift, 0)

    def _pressed(self, event: tk.Event[tk.Misc]) -> None:
        self.focus_set()
        self._moved(event)

    def _moved(self, event: tk.Event[tk.Misc]) -> None:
        left, right = self._ends()
        share = (event.x - left) / max(1.0, right - left)
        self._on_time(min(1.0, max(0.0, share)) * self._span.whole_s)
