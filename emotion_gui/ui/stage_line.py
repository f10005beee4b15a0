"""The line under the picture: an icon and a sentence on the colour of what they mean."""

from __future__ import annotations

import tkinter as tk

import ttkbootstrap as ttk

from emotion_gui.ui.line_words import LineWords
from emotion_gui.ui.look import on_new_look
from emotion_gui.ui.situation_looks import Role
from emotion_gui.ui.theme import Panel, space
from emotion_gui.ui.tint import tint


class StageLine(Panel):
    """Keeps its height while it is empty, so that the picture keeps its size.

    Attributes:
        text: The sentence.
    """

    def __init__(self, master: tk.Misc) -> None:
        super().__init__(master)
        self._shown = LineWords()
        self._row = ttk.Frame(self, padding=(space(self, 2), space(self, 1)))
        self.icon = ttk.Label(self._row)
        self.text = ttk.Label(self._row, anchor="w")
        self.icon.pack(side="left")
        self.text.pack(side="left", fill="x", expand=True, padx=(space(self, 2), 0))
        self._row.pack(fill="x")
        on_new_look(self, self._dress)

    def show(self, words: LineWords) -> None:
        """Say something, or nothing."""
        if words == self._shown:
            return
        before, self._shown = self._shown.look, words
        self.text.configure(text=words.text)
        if words.look is not before:
            self._dress()

    def _dress(self) -> None:
        look = self._shown.look
        role, ground = (look.role, tint(look.role)) if look else (Role.NEUTRAL, "@background")
        for widget in (self._row, self.text):
            widget.configure(bootstyle=ground)
        self.icon.configure(bootstyle=f"{role.value} {ground}")
        ttk.apply_icon(self.icon, look.icon if look else None)
