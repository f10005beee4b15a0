"""The list that says what a session is for."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from contextlib import suppress

import ttkbootstrap as ttk

from emotion_gui.core.consent import Purpose
from emotion_gui.core.consent_texts import PURPOSES
from emotion_gui.core.translation import _


class PurposeChoice:
    """A list of purposes.

    Args:
        master: The parent widget.
        remembered: Value of the purpose of last time; another one is taken for practice.
        allowed: Asked when another purpose was chosen; where it says no, practice stands again.

    Attributes:
        box: The list itself, to place.
        purpose: What is chosen.
    """

    def __init__(self, master: tk.Misc, remembered: str, allowed: Callable[[Purpose], bool]) -> None:
        titles = [_(title) for title in PURPOSES.values()]
        self.box = ttk.Combobox(master, values=titles, state="readonly", width=max(map(len, titles)))
        self._allowed = allowed
        self.purpose = Purpose.PRACTICE
        with suppress(ValueError):
            self.purpose = Purpose(remembered)
        self._show()
        self.box.bind("<<ComboboxSelected>>", lambda _: self._chosen())

    def choose(self, purpose: Purpose) -> None:
        """Take a purpose as if it had been chosen from the list."""
        self.purpose = purpose if self._allowed(purpose) else Purpose.PRACTICE
        self._show()

    def _chosen(self) -> None:
        self.box.selection_clear()
        self.choose(tuple(PURPOSES)[self.box.current()])

    def _show(self) -> None:
        self.box.current(tuple(PURPOSES).index(self.purpose))
