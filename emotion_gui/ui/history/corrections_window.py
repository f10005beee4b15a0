"""Where the pictures of corrected faces are, how many there are, and what they are for."""

from __future__ import annotations

import tkinter as tk

import ttkbootstrap as ttk

from emotion_gui.controller.review import KeptCrops
from emotion_gui.core.errors import AppError
from emotion_gui.core.translation import _, plural
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.modal_window import ModalWindow
from emotion_gui.ui.review.wording import name_of
from emotion_gui.ui.theme import STRONG_FONT, muted_label, pixels, set_enabled, space

_TEXT_WIDTH = 520


class CorrectionsWindow(ModalWindow):
    """Tells the folder's path and how many pictures lie in it.

    Args:
        master: The window that it stands over.
        controller: Counts the pictures, and shows the folder.
    """

    def __init__(self, master: tk.Misc, controller: Controller) -> None:
        super().__init__(master, _("Corrected faces"))
        self._controller = controller
        self._kept: KeptCrops | None = None
        wrap = pixels(self, _TEXT_WIDTH)
        self.headline = ttk.Label(self.body, text=_("Counting..."), font=STRONG_FONT)
        self.counts = ttk.Label(self.body, wraplength=wrap, justify="left")
        self.path = ttk.Entry(self.body, width=64, state="readonly")
        text = _(
            "When you set a label right and the candidate agreed to keep pictures, the face is kept here under its "
            "right label, on this computer only. 'python -m train finetune' learns from this folder. Taking a "
            "correction back, or deleting its session, removes the picture."
        )
        note = muted_label(self.body, text)
        note.configure(wraplength=wrap, justify="left")
        widgets: tuple[tk.Widget, ...] = (self.headline, self.path, note)
        for widget in widgets:
            widget.pack(anchor="w", fill="x", pady=(0, space(self, 2)))
        self.cancel_button.destroy()
        self.open_button = ttk.Button(self.buttons, text=_("Open folder"), command=self.open_folder)
        self.open_button.pack(side="left")
        set_enabled(self.open_button, False)
        controller.review.kept_crops(self._show, self._fail)

    def open_folder(self) -> None:
        """Show the folder in the system's file window."""
        if self._kept:
            self._controller.desktop.open(self._kept.folder)

    def _show(self, kept: KeptCrops) -> None:
        if not self.winfo_exists():
            return
        self._kept = kept
        if kept.total:
            headline = plural("{count} picture was kept.", "{count} pictures were kept.", kept.total)
        else:
            headline = _("No picture was kept so far.")
        self.headline.configure(text=headline)
        counts = [f"{name_of(emotion)} {number}" for emotion, number in kept.counts.items() if number]
        if counts:
            self.counts.configure(text=", ".join(counts))
            self.counts.pack(anchor="w", fill="x", pady=(0, space(self, 2)), after=self.headline)
        self.path.configure(state="normal")
        self.path.insert(0, str(kept.folder))
        self.path.configure(state="readonly")
        set_enabled(self.open_button, kept.folder.is_dir())

    def _fail(self, error: AppError) -> None:
        if self.winfo_exists():
            self.headline.configure(text=f"⚠ {error}")
