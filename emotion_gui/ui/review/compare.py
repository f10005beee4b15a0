"""Two or more past sessions side by side, with what stands against comparing them."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import ttkbootstrap as ttk
from PIL import Image, ImageTk

from emotion_gui.core.comparability import reservations
from emotion_gui.core.errors import AppError
from emotion_gui.core.nervousness import CAVEAT
from emotion_gui.core.session import SessionRecord
from emotion_gui.core.translation import N_, _
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.dialogs import Dialogs, FileKind
from emotion_gui.ui.export_folder import offered_folder
from emotion_gui.ui.look import on_new_look, paint, worn
from emotion_gui.ui.notice_banner import NoticeBanner
from emotion_gui.ui.saved_notice import not_written, writing, written
from emotion_gui.ui.theme import APP_NAME, fit_window, muted_label, pixels, set_enabled, space, wrap_to_width

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# As many as the drawing has room for; see `emotion_gui.export.comparison`.
MOST = 8
_WIDTH, _HEIGHT, _LEAST_WIDTH, _LEAST_HEIGHT = 1100, 720, 760, 420
_ALIKE = N_("These sessions were made with the same model, smoothing and thresholds, and were seen about equally well.")
# A window that is dragged larger is drawn when it rests.
_REST_MS = 120


class CompareWindow(ttk.Toplevel):
    """Small multiples of the sessions on one scale.

    Args:
        master: The window that it belongs to.
        controller: Reads and draws.
        dialogs: Asks the user.
        session_ids: The sessions in the order in which they are shown.

    Attributes:
        records: The sessions; empty while they are read.
    """

    def __init__(self, master: tk.Misc, controller: Controller, dialogs: Dialogs, session_ids: Sequence[str]) -> None:
        title = _("Compare sessions")
        super().__init__(title=f"{title} - {APP_NAME}", master=master)
        fit_window(self, (_WIDTH, _HEIGHT), (_LEAST_WIDTH, _LEAST_HEIGHT))
        self._controller = controller
        self._dialogs = dialogs
        self.records: tuple[SessionRecord, ...] = ()
        self._photo: ImageTk.PhotoImage | None = None
        self._asked_width = 0
        self._rest: str | None = None
        self.columnconfigure(0, weight=1)
        self.rowconfigure(2, weight=1)
        self.banner = NoticeBanner(self, row=0)
        self._build_notes()
        self._build_canvas()
        self._build_buttons()
        on_new_look(self, self._redraw)
        self.bind("<Escape>", lambda event: self.destroy())
        controller.review.load(session_ids, self._loaded, self._failed)

    def _build_notes(self) -> None:
        notes = ttk.Frame(self, padding=(space(self, 4), space(self, 3), space(self, 4), 0))
        notes.grid(row=1, column=0, sticky="ew")
        self.notes = ttk.Label(notes, justify="left")
        self.notes.pack(fill="x")
        caveat = muted_label(notes, _(CAVEAT))
        caveat.configure(justify="left")
        caveat.pack(fill="x", pady=(space(self, 1), 0))
        wrap_to_width(self.notes)
        wrap_to_width(caveat)

    def _build_canvas(self) -> None:
        frame = ttk.Frame(self)
        frame.grid(row=2, column=0, sticky="nsew", pady=(space(self, 2), 0))
        self.canvas = tk.Canvas(frame, highlightthickness=pixels(self, 2), width=1, height=1, takefocus=1)
        paint(self.canvas, background="ground", highlightbackground="ground", highlightcolor="accent")
        bar = ttk.Scrollbar(frame, command=self.canvas.yview)
        self.canvas.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        self.canvas.pack(side="left", fill="both", expand=True)
        self.message = paint(ttk.Label(self.canvas, text=_("Reading the sessions...")), foreground="muted")
        self.message.place(relx=0.5, rely=0.5, anchor="center")
        self.canvas.bind("<Configure>", lambda event: self._resized())
        self.bind("<Down>", lambda event: self._scroll(2, "units"))
        self.bind("<Up>", lambda event: self._scroll(-2, "units"))
        self.bind("<Next>", lambda event: self._scroll(1, "pages"))
        self.bind("<Prior>", lambda event: self._scroll(-1, "pages"))
        self.bind("<MouseWheel>", lambda event: self._scroll(-2 if event.delta > 0 else 2, "units"))
        # X11 reports the wheel as two buttons.
        self.bind("<Button-4>", lambda event: self._scroll(-2, "units"))
        self.bind("<Button-5>", lambda event: self._scroll(2, "units"))

    def _build_buttons(self) -> None:
        row = ttk.Frame(self, padding=space(self, 3))
        row.grid(row=3, column=0, sticky="ew")
        self.export_button = ttk.Button(row, text=_("Save as a picture..."), bootstyle="primary", command=self.export)
        self.export_button.pack(side="left")
        set_enabled(self.export_button, False)
        ttk.Button(row, text=_("Close"), command=self.destroy).pack(side="right")

    @property
    def picture_size(self) -> tuple[int, int] | None:
        """Width and height of the drawing in pixels; None while there is none."""
        return (self._photo.width(), self._photo.height()) if self._photo else None

    def export(self) -> None:
        """Ask for a file and write the comparison to it."""
        if not self.records:
            return
        path = self._dialogs.ask_save_file(
            _("Save the comparison"),
            name=f"comparison_{date.today().isoformat()}.png",
            kind=FileKind(_("Picture (PNG)"), ("*.png",)),
            folder=offered_folder(self._controller.settings),
        )
        if path is None or not self.winfo_exists():
            return
        question = _("{name} is there already. Replace it?").format(name=path.name)
        replaced = path.exists()
        if replaced and not self._dialogs.confirm(_("Replace the file?"), question, yes=_("Replace"), danger=True):
            return
        self._controller.remember(export_folder=str(path.parent))
        self.banner.tell(writing(path))
        self._controller.review.export_comparison(
            self.records, path, overwrite=replaced, done=lambda: self._saved(path), failed=self._failed
        )

    def _saved(self, path: Path) -> None:
        if self.winfo_exists():
            self.banner.tell(written([path], self._controller.desktop))

    def _loaded(self, records: tuple[SessionRecord, ...]) -> None:
        if not self.winfo_exists():
            return
        self.records = records
        against = reservations(records)
        lines = [f"⚠ {sentence}" for sentence in against] or [f"✓ {_(_ALIKE)}"]
        paint(self.notes, foreground="warning" if against else "muted").configure(text="\n".join(lines))
        set_enabled(self.export_button, True)
        self._draw()

    def _failed(self, error: AppError) -> None:
        if not self.winfo_exists():
            return
        if self.records:
            self.banner.tell(not_written(error))
        else:
            self.message.configure(text=f"⚠ {error}", wraplength=max(1, self.canvas.winfo_width() - space(self, 8)))

    def _resized(self) -> None:
        if self._rest is not None:
            self.after_cancel(self._rest)
        self._rest = self.after(_REST_MS, self._draw)

    def _redraw(self) -> None:
        self._asked_width = 0
        self._draw()

    def _draw(self) -> None:
        self._rest = None
        width = self.canvas.winfo_width()
        if self.records and width != self._asked_width and width >= pixels(self, 300):
            self._asked_width = width
            dpi = max(100.0, self.winfo_fpixels("1i"))
            self._controller.review.draw_comparison(
                self.records, width, dpi, dark=worn().dark, done=self._show, failed=self._failed
            )

    def _show(self, rgb: NDArray[np.uint8]) -> None:
        if not self.winfo_exists():
            return
        self.message.place_forget()
        self._photo = ImageTk.PhotoImage(Image.fromarray(rgb), master=self)
        self.canvas.delete("all")
        self.canvas.create_image(0, 0, image=self._photo, anchor="nw")
        self.canvas.configure(scrollregion=(0, 0, rgb.shape[1], rgb.shape[0]))

    def _scroll(self, amount: int, unit: Literal["units", "pages"]) -> None:
        if self._photo and self._photo.height() > self.canvas.winfo_height():
            self.canvas.yview_scroll(amount, unit)
