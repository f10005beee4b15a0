"""What all pages of the introduction have in common."""

from __future__ import annotations

import tkinter as tk

import ttkbootstrap as ttk

from emotion_gui.ui.theme import TITLE_FONT, Panel, pixels, space

TEXT_WIDTH = 520


class Page(Panel):
    """A title over short texts and what there is to choose.

    Args:
        master: The parent widget.
        title: Its heading.
    """

    def __init__(self, master: tk.Misc, title: str) -> None:
        super().__init__(master)
        ttk.Label(self, text=title, font=TITLE_FONT).pack(anchor="w", pady=(0, space(self, 3)))

    def entered(self) -> None:
        """It is shown now."""

    def left(self) -> None:
        """Another page is shown, or the introduction is over."""

    def say(self, text: str, *, gap: int = 3) -> ttk.Label:
        """Add a sentence or two, with so many steps of the grid under it."""
        label = ttk.Label(self, text=text, wraplength=pixels(self, TEXT_WIDTH), justify="left")
        label.pack(anchor="w", pady=(0, space(self, gap)))
        return label
