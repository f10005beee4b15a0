"""One line of the settings dialog, built from the option's own description."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import Any

import ttkbootstrap as ttk

from emotion_gui.core.options import Option
from emotion_gui.core.translation import N_, _
from emotion_gui.ui.look import paint
from emotion_gui.ui.theme import SMALL_FONT, pixels, space

_REMARK_WIDTH, _ROW_HEIGHT = 300, 36
_EMPTY = N_("Left out while empty.")


class OptionField:
    """Label, input with its unit and, beside them, what the option does or what is wrong with the input.

    Optional values stand many in a row and share one sentence; theirs is told by `on_attention` alone.

    Args:
        master: A frame whose grid takes the line.
        row: The line's row in it.
        option: What is set.
        kind: Type of the value: bool, int, float or str.
        changed: Called after every change of the input.
    """

    def __init__(self, master: ttk.Frame, row: int, *, option: Option, kind: type, changed: Callable[[], None]) -> None:
        self.option = option
        self._kind = kind
        self._text: tk.StringVar | tk.BooleanVar = tk.BooleanVar(master) if kind is bool else tk.StringVar(master)
        gap = space(master, 1)
        self.label = ttk.Label(master, text=_(option.label))
        self.label.grid(row=row, column=0, sticky="w", padx=(0, 4 * gap))
        cell = ttk.Frame(master)
        cell.grid(row=row, column=1, sticky="w")
        self.input = self._make_input(cell)
        self.input.pack(side="left")
        paint(ttk.Label(cell, text=_(option.unit)), foreground="muted").pack(side="left", padx=2 * gap)
        wrap = pixels(master, _REMARK_WIDTH)
        self.remark = ttk.Label(master, font=SMALL_FONT, wraplength=wrap, justify="left")
        self.remark.grid(row=row, column=2, sticky="w", padx=(2 * gap, 0))
        master.rowconfigure(row, minsize=pixels(master, _ROW_HEIGHT))
        self._text.trace_add("write", lambda *_: changed())
        # A switch without words has no ring that could be seen.
        self.input.bind("<FocusIn>", lambda _: paint(self.label, foreground="accent"), add="+")
        self.input.bind("<FocusOut>", lambda _: paint(self.label, foreground="text"), add="+")

    def _make_input(self, master: ttk.Frame) -> tk.Widget:
        if isinstance(self._text, tk.BooleanVar):
            return ttk.Checkbutton(master, variable=self._text, bootstyle="round-toggle")
        if self.option.choices:
            words = [_(word) for word in self.option.choices.values()]
            width = max(14, *map(len, words))
            return ttk.Combobox(master, textvariable=self._text, values=words, state="readonly", width=width)
        return ttk.Entry(master, textvariable=self._text, width=8, justify="right")

    def set(self, value: object) -> None:
        """Show a value of the settings."""
        if isinstance(self._text, tk.BooleanVar):
            self._text.set(bool(value))
        elif self.option.choices:
            self._text.set(_(self.option.choices[str(value)]))
        elif isinstance(value, float):
            self._text.set(f"{value:g}")
        else:
            self._text.set("" if value is None else str(value))

    def read(self) -> Any:
        """The value that stands in the input.

        Raises:
            ValueError: With the sentence to show where it cannot be taken.
        """
        if isinstance(self._text, tk.BooleanVar):
            return self._text.get()
        text = self._text.get()
        if self.option.choices:
            text = next((key for key, words in self.option.choices.items() if _(words) == text), text)
        return self.option.parse(text, self._kind)

    def check(self) -> bool:
        """Show what is wrong, or what the option does; True where all is well."""
        problem = self.problem
        self.remark.configure(text=f"⚠ {problem}" if problem else self._explanation())
        paint(self.remark, foreground="danger" if problem else "muted")
        if isinstance(self.input, ttk.Entry):
            self.input.configure(bootstyle="danger" if problem else "default")
        return not problem

    def _explanation(self) -> str:
        if not self.option.optional:
            return _(self.option.help)
        return "" if str(self._text.get()).strip() else _(_EMPTY)

    @property
    def problem(self) -> str:
        """The sentence about what is wrong with the input; empty where nothing is."""
        try:
            self.read()
        except ValueError as error:
            return str(error)
        return ""

    def on_attention(self, tell: Callable[[str], None]) -> None:
        """Call `tell` with the help sentence when the pointer or the keyboard comes to the line."""
        for widget in (self.label, self.input):
            for sequence in ("<Enter>", "<FocusIn>"):
                widget.bind(sequence, lambda event: tell(_(self.option.help)), add="+")
