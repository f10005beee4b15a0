"""Where the selected recordings get their name or code."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

import ttkbootstrap as ttk

from emotion_gui.controller.queue_rows import QueueRow, RowState
from emotion_gui.ui.theme import set_enabled

_WIDTH = 24


class NameField:
    """A field that belongs to what is selected.

    Args:
        master: The parent widget.
        renamed: Gets the keys of the recordings and the name that was typed for them.

    Attributes:
        entry: The field itself, to place.
    """

    def __init__(self, master: tk.Misc, renamed: Callable[[Sequence[int], str], None]) -> None:
        self.entry = ttk.Entry(master, width=_WIDTH)
        self._renamed = renamed
        self._keys: Sequence[int] = ()
        self._shown = ""
        # What is typed belongs to what was selected then, and a click elsewhere has changed that already.
        for sequence in ("<Return>", "<FocusOut>"):
            self.entry.bind(sequence, lambda _: self.commit())

    def show(self, rows: Sequence[QueueRow], *, enabled: bool) -> None:
        """Show the name of these recordings; nothing where they have several."""
        self.commit()
        names = {row.name for row in rows}
        self._keys = [row.key for row in rows if row.state is not RowState.DONE]
        self._shown = names.pop() if len(names) == 1 else ""
        set_enabled(self.entry, True)
        self.entry.delete(0, "end")
        self.entry.insert(0, self._shown)
        set_enabled(self.entry, enabled and bool(self._keys))

    def commit(self) -> None:
        """Tell what was typed, where it was changed."""
        typed = self.entry.get().strip()
        if self._keys and typed and typed != self._shown:
            self._shown = typed
            self._renamed(self._keys, typed)
