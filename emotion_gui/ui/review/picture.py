"""The recorded picture of a moment, or a calm word that none was kept."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING

import ttkbootstrap as ttk

from emotion_gui.controller.opened_session import OpenedSession
from emotion_gui.core.translation import N_, _
from emotion_gui.ui.look import paint
from emotion_gui.ui.picture_canvas import PictureCanvas
from emotion_gui.ui.theme import space

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NO_VIDEO = N_("No video of this session was kept, so there is no picture to show. The figures are complete.")
_NOT_RECORDED = N_("No picture of this moment was kept.")


class MomentPicture(ttk.Frame):
    """Shows the picture of the moment that is looked at, as large as it fits.

    Args:
        master: The parent widget.
        session: Finds the pictures.
    """

    def __init__(self, master: tk.Misc, session: OpenedSession) -> None:
        super().__init__(master)
        self._session = session
        self._time_s = 0.0
        self.canvas = PictureCanvas(self, background="ground", on_resize=lambda *size: self._ask())
        self.canvas.pack(fill="both", expand=True)
        self.message = ttk.Label(self, justify="center", text="" if session.has_video else _(_NO_VIDEO))
        paint(self.message, foreground="muted")
        self.message.place(relx=0.5, rely=0.5, anchor="center")
        self.canvas.bind("<Configure>", self._wrap, add="+")
        self.bind("<Map>", lambda event: self._ask())

    def show(self, time_s: float) -> None:
        """Show the picture of a session time in seconds."""
        self._time_s = time_s
        self._ask()

    def _ask(self) -> None:
        # Nobody sees a hidden tab, and finding a picture takes longer than all the rest.
        if self._session.has_video and self.winfo_viewable():
            size = self.canvas.winfo_width(), self.canvas.winfo_height()
            self._session.show_picture(self._time_s, size, self._take)

    def _take(self, rgb: NDArray[np.uint8] | None) -> None:
        if not self.winfo_exists():
            return
        self.message.configure(text=_(_NOT_RECORDED) if rgb is None else "")
        if rgb is None:
            self.canvas.clear()
        else:
            self.canvas.show(rgb)

    def _wrap(self, event: tk.Event[tk.Misc]) -> None:
        self.message.configure(wraplength=max(1, event.width - space(self, 8)))
