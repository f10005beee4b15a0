"""The report page of a past session, drawn in the background when it is first looked at."""

from __future__ import annotations

import tempfile
import tkinter as tk
from functools import partial
from pathlib import Path
from typing import Literal

import ttkbootstrap as ttk
from PIL import Image, ImageTk

from emotion_gui.core.errors import AppError
from emotion_gui.core.translation import _
from emotion_gui.ui.controller_port import SessionArchive
from emotion_gui.ui.look import paint
from emotion_gui.ui.theme import pixels, space


class ReportPage(ttk.Frame):
    """The page as wide as its place, with a scrollbar for its length.

    Args:
        master: The parent widget.
        archive: Draws the page.
        session_id: The session.
    """

    def __init__(self, master: tk.Misc, archive: SessionArchive, session_id: str) -> None:
        super().__init__(master)
        self._archive = archive
        self._session_id = session_id
        self._page: Image.Image | None = None
        self._photo: ImageTk.PhotoImage | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.canvas = tk.Canvas(self, highlightthickness=pixels(self, 2), width=1, height=1, takefocus=1)
        paint(self.canvas, background="ground", highlightbackground="ground", highlightcolor="accent")
        bar = ttk.Scrollbar(self, command=self.canvas.yview)
        self.canvas.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        self.canvas.pack(side="left", fill="both", expand=True)
        self.message = paint(ttk.Label(self.canvas, text=_("Drawing the report...")), foreground="muted")
        self.message.place(relx=0.5, rely=0.5, anchor="center")
        self._bind_events()

    def _bind_events(self) -> None:
        self.canvas.bind("<Configure>", lambda event: self._fit())
        self.bind("<Destroy>", self._on_destroy, add="+")
        self.canvas.bind("<Button-1>", lambda event: self.canvas.focus_set())
        self.canvas.bind("<Down>", partial(self._scroll, 2, "units"))
        self.canvas.bind("<Up>", partial(self._scroll, -2, "units"))
        self.canvas.bind("<Next>", partial(self._scroll, 1, "pages"))
        self.canvas.bind("<Prior>", partial(self._scroll, -1, "pages"))
        self.canvas.bind("<MouseWheel>", lambda event: self._scroll(-2 if event.delta > 0 else 2, "units"))
        # X11 reports the wheel as two buttons.
        self.canvas.bind("<Button-4>", partial(self._scroll, -2, "units"))
        self.canvas.bind("<Button-5>", partial(self._scroll, 2, "units"))

    def draw(self) -> None:
        """Have the page drawn; does nothing the second time."""
        if self._folder is not None:
            return
        # The report is written where no other user can read it, and is gone with the window.
        self._folder = tempfile.TemporaryDirectory(prefix="emotion-gui-")
        path = Path(self._folder.name) / "report.png"
        self._archive.export(
            self._session_id, "png", path=path, overwrite=True, done=lambda: self._show(path), failed=self._fail
        )

    def draw_again(self) -> None:
        """Have the page drawn anew when it is next looked at, because the record was changed."""
        self._forget()
        if self.winfo_viewable():
            self.draw()

    @property
    def page_size(self) -> tuple[int, int] | None:
        """Width and height of the page as it is shown, in pixels; None while there is none."""
        return (self._photo.width(), self._photo.height()) if self._photo else None

    def _scroll(self, amount: int, unit: Literal["units", "pages"], _event: object = None) -> None:
        self.canvas.yview_scroll(amount, unit)

    def _show(self, path: Path) -> None:
        if not self.winfo_exists() or not path.exists():
            return
        with Image.open(path) as page:
            self._page = page.convert("RGB")
        self.message.place_forget()
        self._fit()

    def _fail(self, error: AppError) -> None:
        if self.winfo_exists():
            self.message.configure(text=f"⚠ {error}", wraplength=max(1, self.canvas.winfo_width() - space(self, 8)))

    def _fit(self) -> None:
        width = self.canvas.winfo_width() - 2 * space(self, 2)
        if self._page is None or width < 1:
            return
        height = round(self._page.height * width / self._page.width)
        self._photo = ImageTk.PhotoImage(self._page.resize((width, height), Image.Resampling.LANCZOS), master=self)
        self.canvas.delete("page")
        self.canvas.create_image(space(self, 2), 0, image=self._photo, anchor="nw", tags="page")
        self.canvas.configure(scrollregion=(0, 0, width, height))

    def _forget(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _on_destroy(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget is self:
            self._forget()
