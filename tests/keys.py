"""Keys pressed as a user presses them: in a window that has the keyboard."""

from __future__ import annotations

import tkinter as tk

from tests.waiting import wait_for


def press_key(widget: tk.Misc, key: str) -> None:
    """Press a key such as '<Escape>' with the keyboard on a widget.

    Tk drops a key that arrives while no window of the program has the keyboard, and the screen hands it over in its
    own time.
    """

    def has_keyboard() -> bool:
        # Asked for each time: another program on the same screen may just have taken it.
        widget.focus_force()
        widget.update()
        return widget.focus_displayof() is not None

    wait_for(has_keyboard, "the keyboard")
    widget.event_generate(key)
