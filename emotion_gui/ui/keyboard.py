"""Where the keyboard is."""

from __future__ import annotations

import tkinter as tk


def keyboard_path(widget: tk.Misc) -> str:
    """Path of the widget that has the keyboard on the screen of `widget`; empty where it is another program's.

    Asked of Tk itself: tkinter knows nothing of Tk's own file dialogs and raises KeyError while one has it.
    """
    return str(widget.tk.call("focus", "-displayof", widget))
