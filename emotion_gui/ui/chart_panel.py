"""Pie and bars of the session, and the last minute as a timeline: pictures that a worker draws."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING

import ttkbootstrap as ttk

from emotion_gui.ui.look import paint
from emotion_gui.ui.picture_canvas import PictureCanvas
from emotion_gui.ui.theme import Card, space

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CHARTS, TIMELINE = "charts", "timeline"


class ChartPanel(Card):
    """A titled chart picture that follows the card's size.

    Args:
        master: The parent widget.
        title: Heading of the card.
        empty: Sentence while there is nothing to draw.
        on_resize: Called with the picture's width and height in pixels.
    """

    def __init__(self, master: tk.Misc, title: str, *, empty: str, on_resize: Callable[[int, int], None]) -> None:
        super().__init__(master, title)
        self.rowconfigure(1, weight=1)
        self.canvas = PictureCanvas(self, background="ground", on_resize=on_resize)
        self.canvas.grid(row=1, column=0, sticky="nsew")
        self._empty = ttk.Label(self, text=empty, justify="center", anchor="center")
        paint(self._empty, foreground="muted")
        self._empty.place(in_=self.canvas, relx=0.5, rely=0.5, anchor="center")
        self.canvas.bind("<Configure>", self._wrap_empty, add="+")

    def show(self, rgb: NDArray[np.uint8] | None) -> None:
        """Show a new picture; None leaves the old one."""
        if rgb is None:
            return
        self._empty.place_forget()
        self.canvas.show(rgb)

    def _wrap_empty(self, event: tk.Event[tk.Misc]) -> None:
        self._empty.configure(wraplength=max(1, event.width - space(self, 4)))
