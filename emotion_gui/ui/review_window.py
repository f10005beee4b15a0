"""A past session as its report page, read-only, drawn in the background."""

from __future__ import annotations

import tempfile
import tkinter as tk
from functools import partial
from pathlib import Path
from typing import Literal

import ttkbootstrap as ttk
from PIL import Image, ImageTk

from emotion_gui.core.errors import AppError
from emotion_gui.core.session import SessionInfo
from emotion_gui.ui.controller_port import SessionArchive
from emotion_gui.ui.theme import MUTED, WHITE, pixels, space
from emotion_gui.ui.wording import moment

_WIDTH, _HEIGHT = 760, 640


class ReviewWindow(ttk.Toplevel):
    """Shows the report of one session, as wide as the window, with a scrollbar for its length.

    Args:
        master: The window that it belongs to.
        archive: Draws the report.
        info: The session.
    """

    def __init__(self, master: tk.Misc, archive: SessionArchive, info: SessionInfo) -> None:
        super().__init__(title=f"{info.candidate}, {moment(info.started_at)}", master=master)
        self.geometry(f"{pixels(self, _WIDTH)}x{pixels(self, _HEIGHT)}")
        self._page: Image.Image | None = None
        self._photo: ImageTk.PhotoImage | None = None
        # The report is written where no other user can read it, and is gone with the window.
        self._folder = tempfile.TemporaryDirectory(prefix="emotion-gui-")
        self.canvas = tk.Canvas(self, background=WHITE, highlightthickness=0)
        bar = ttk.Scrollbar(self, command=self.canvas.yview)
        self.canvas.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        self.canvas.pack(side="left", fill="both", expand=True)
        self.message = ttk.Label(self.canvas, text="Drawing the report...", foreground=MUTED)
        self.message.place(relx=0.5, rely=0.5, anchor="center")
        self._bind_keys()
        path = Path(self._folder.name) / "report.png"
        archive.export(
            info.session_id, "png", path=path, overwrite=True, done=lambda: self._show(path), failed=self._fail
        )

    def _bind_keys(self) -> None:
        self.canvas.bind("<Configure>", lambda _: self._fit())
        self.bind("<Destroy>", self._on_destroy, add="+")
        self.bind("<Escape>", lambda _: self.destroy())
        self.bind("<Down>", partial(self._scroll, 2, "units"))
        self.bind("<Up>", partial(self._scroll, -2, "units"))
        self.bind("<Next>", partial(self._scroll, 1, "pages"))
        self.bind("<Prior>", partial(self._scroll, -1, "pages"))
        self.bind("<MouseWheel>", lambda event: self._scroll(-2 if event.delta > 0 else 2, "units"))
        # X11 reports the wheel as two buttons.
        self.bind("<Button-4>", partial(self._scroll, -2, "units"))
        self.bind("<Button-5>", partial(self._scroll, 2, "units"))

    def _scroll(self, amount: int, unit: Literal["units", "pages"], _: object = None) -> None:
        self.canvas.yview_scroll(amount, unit)

    def _show(self, path: Path) -> None:
        if not self.winfo_exists():
            return
        with Image.open(path) as page:
            self._page = page.convert("RGB")
        self.message.place_forget()
        self._fit()

    def _fail(self, error: AppError) -> None:
        if self.winfo_exists():
            self.message.configure(text=f"⚠ {error}", wraplength=pixels(self, _WIDTH - 100))

    @property
    def page_size(self) -> tuple[int, int] | None:
        """Width and height of the page as it is shown, in pixels; None while there is none."""
        return (self._photo.width(), self._photo.height()) if self._photo else None

    def _fit(self) -> None:
        width = self.canvas.winfo_width() - 2 * space(self, 2)
        if self._page is None or width < 1:
            return
        height = round(self._page.height * width / self._page.width)
        self._photo = ImageTk.PhotoImage(self._page.resize((width, height), Image.Resampling.LANCZOS), master=self)
        self.canvas.delete("page")
        self.canvas.create_image(space(self, 2), 0, image=self._photo, anchor="nw", tags="page")
        self.canvas.configure(scrollregion=(0, 0, width, height))

    def _on_destroy(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget is self:
            self._folder.cleanup()
