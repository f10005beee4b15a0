"""Many recordings one after the other: added, named, analysed behind the window, opened from the history."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from pathlib import Path
from tkinter import font as tkfont

import ttkbootstrap as ttk

from emotion_gui.controller.queue_rows import QueueProgress, RowState
from emotion_gui.controller.status import Level, Notice
from emotion_gui.core.errors import AppError
from emotion_gui.core.translation import _
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.dialogs import Dialogs
from emotion_gui.ui.flow_row import FlowRow
from emotion_gui.ui.notice_banner import NoticeBanner
from emotion_gui.ui.recordings.name_field import NameField
from emotion_gui.ui.recordings.options import QueueOptions
from emotion_gui.ui.recordings.queue_list import QueueList
from emotion_gui.ui.recordings.wording import detail_line, progress_line
from emotion_gui.ui.review.window import ReviewWindow
from emotion_gui.ui.scroll_area import ScrollArea
from emotion_gui.ui.source_actions import EVERYTHING, PICTURES, VIDEOS
from emotion_gui.ui.theme import (
    APP_NAME,
    SMALL_FONT,
    Panel,
    fit_window,
    muted_label,
    pixels,
    place_over,
    set_enabled,
    space,
    wrap_to_width,
)

_WIDTH, _HEIGHT, _LEAST_WH = 980, 600, (880, 420)
_BAR_WIDTH = 80
# One on the other would only hide what was wrong first.
_TOPIC = "queue"


class RecordingsWindow(ttk.Toplevel):
    """The queue with everything that can be done about it; closed, the queue goes on.

    Args:
        master: The window that it belongs to.
        controller: Has the queue.
        dialogs: Asks the user.

    Attributes:
        list: The recordings.
        name: The selected recordings' name.
        options: How they are analysed.
        overall: How far all of them are.
        said: The same in words.
        detail: What there is to say of the selected one.
    """

    def __init__(self, master: tk.Misc, controller: Controller, dialogs: Dialogs) -> None:
        title = _("Analyse recordings")
        super().__init__(title=f"{title} - {APP_NAME}", master=master)
        fit_window(self, (_WIDTH, _HEIGHT), _LEAST_WH)
        self._controller = controller
        self._queue = controller.recordings
        self._dialogs = dialogs
        self._progress: QueueProgress | None = None
        area = ScrollArea(self, _LEAST_WH)
        area.pack(fill="both", expand=True)
        page, gap = area.content, space(self, 3)
        page.columnconfigure(0, weight=1)
        page.rowconfigure(2, weight=1)
        self.banner = NoticeBanner(page, row=0)
        self._build_tools(page).grid(row=1, column=0, sticky="ew", padx=gap, pady=(gap, 0))
        self.list = QueueList(page, self._selection_changed, self.open)
        self.list.grid(row=2, column=0, sticky="nsew", padx=gap, pady=(gap, 0))
        self.detail = self._build_detail(page)
        self.options = QueueOptions(page, controller, dialogs)
        self.options.grid(row=4, column=0, sticky="ew", padx=gap, pady=(gap, 0))
        self._build_buttons(page).grid(row=5, column=0, sticky="ew", padx=gap, pady=gap)
        self._bind_keys()
        self.refresh()
        place_over(self, master)

    def _build_tools(self, page: Panel) -> FlowRow:
        row = FlowRow(page)
        self.files_button = ttk.Button(row, text=_("Add files..."), icon="film", command=self.add_files)
        self.folder_button = ttk.Button(row, text=_("Add a folder..."), icon="folder", command=self.add_folder)
        self.remove_button = ttk.Button(row, text=_("Remove"), bootstyle="danger-outline", command=self.remove)
        for button in (self.files_button, self.folder_button, self.remove_button):
            row.add(button, 2)
        row.add(ttk.Label(row, text=_("Name or code")), 6, right=True)
        self.name = NameField(row, self._renamed)
        row.add(self.name.entry, 2, right=True)
        return row

    def _build_detail(self, page: Panel) -> ttk.Label:
        # Two lines at all times: what stands beside it must not jump from one recording to the next.
        lines = ttk.Frame(page, height=2 * tkfont.nametofont(SMALL_FONT, root=self).metrics("linespace") + 2)
        lines.pack_propagate(False)
        lines.grid(row=3, column=0, sticky="ew", padx=space(self, 3), pady=(space(self, 1), 0))
        label = muted_label(lines)
        label.configure(anchor="nw")
        label.pack(fill="both", expand=True)
        wrap_to_width(label)
        return label

    def _build_buttons(self, page: Panel) -> ttk.Frame:
        row = ttk.Frame(page)
        self.start_button = ttk.Button(row, text=_("Start"), icon="play-fill", bootstyle="primary", command=self.start)
        self.cancel_button = ttk.Button(row, text=_("Cancel"), icon="stop-fill", command=self._queue.cancel)
        self.overall = ttk.Progressbar(row, maximum=1.0, length=pixels(self, _BAR_WIDTH), bootstyle="primary")
        self.said = ttk.Label(row)
        self.open_button = ttk.Button(row, text=_("Open in history"), command=self.open)
        close = ttk.Button(row, text=_("Close"), command=self.destroy)
        # The bar gives way to the words, which are longer in some languages.
        row.columnconfigure(2, weight=1)
        widgets = (self.start_button, self.cancel_button, self.overall, self.said, self.open_button, close)
        for column, widget in enumerate(widgets):
            gap = space(self, 2) if column else 0
            widget.grid(row=0, column=column, padx=(gap, 0), sticky="ew" if widget is self.overall else "")
        return row

    def _bind_keys(self) -> None:
        self.bind("<Escape>", lambda event: self.destroy())
        self.bind("<Control-o>", lambda event: self.add_files())
        self.list.rows.bind("<Delete>", lambda event: self.remove())

    def take_keyboard(self) -> None:
        """Begin where something can be done."""
        (self.list.rows if self._queue.rows else self.files_button).focus_set()

    def add_files(self) -> None:
        """Ask for recordings and put them into the queue."""
        kinds = (VIDEOS, PICTURES, EVERYTHING)
        self._add(self._dialogs.ask_open_files(_("Add recordings"), kinds))

    def add_folder(self) -> None:
        """Ask for a folder and put all recordings in it into the queue."""
        folder = self._dialogs.ask_folder(_("Add a folder of recordings"))
        self._add((folder,) if folder else ())

    def remove(self) -> None:
        """Take the selected recordings out of the queue."""
        self._queue.remove([row.key for row in self.list.selected])
        self.refresh()

    def start(self) -> None:
        """Analyse what waits, or say what is missing."""
        self.name.commit()
        try:
            self._queue.start(self.options.request)
        except AppError as error:
            self._tell(error)
        else:
            self.banner.dismiss()
        self.refresh()

    def open(self) -> None:
        """Look at the session of the selected recording."""
        found = [row.found.info for row in self.list.selected if row.found]
        if len(found) == 1:
            ReviewWindow(self, self._controller, self._dialogs, found[0])

    def refresh(self) -> None:
        """Show how far everything is."""
        progress = self._queue.progress
        if self.list.show(self._queue.rows, running=progress.running):
            self._selection_changed()
        if progress != self._progress:
            before, self._progress = self._progress, progress
            self._show_overall(progress)
            if before is None or before.running != progress.running or before.cancelling != progress.cancelling:
                self._selection_changed()

    def _show_overall(self, progress: QueueProgress) -> None:
        self.overall.configure(value=progress.share)
        self.said.configure(text=progress_line(progress))
        # Without a run, an empty bar would only ask what it is for.
        if progress.total:
            self.overall.grid()
        else:
            self.overall.grid_remove()

    def _renamed(self, keys: Sequence[int], name: str) -> None:
        self._queue.rename(keys, name)
        self.refresh()
        # It may have become a code.
        self.name.show(self.list.selected, enabled=not self._queue.running)

    def _add(self, paths: Sequence[Path]) -> None:
        if paths:
            self._queue.add(paths, self._added, self._tell)

    def _added(self, count: int) -> None:
        # The window may have been closed while a folder was looked through.
        if not self.winfo_exists():
            return
        if count:
            self.options.forget_agreement()
            self.banner.dismiss()
            self.refresh()
            self.list.select([self._queue.rows[-count].key])
        else:
            self.banner.tell(Notice(Level.DONE, _("They are in the queue already."), topic=_TOPIC))

    def _tell(self, error: AppError) -> None:
        if self.winfo_exists():
            self.banner.tell(Notice(Level.ERROR, error.message, error.hint, topic=_TOPIC))

    def _selection_changed(self) -> None:
        chosen, progress = self.list.selected, self._queue.progress
        idle = not progress.running
        self.detail.configure(text=detail_line(chosen[0]) if len(chosen) == 1 else "")
        if self.focus_get() is not self.name.entry or not idle:
            self.name.show(chosen, enabled=idle)
        for button in (self.files_button, self.folder_button):
            set_enabled(button, idle)
        set_enabled(self.remove_button, idle and bool(chosen))
        set_enabled(self.start_button, idle and any(row.state is not RowState.DONE for row in self._queue.rows))
        set_enabled(self.cancel_button, progress.running and not progress.cancelling)
        set_enabled(self.open_button, len(chosen) == 1 and chosen[0].found is not None)
        self.options.set_enabled(idle)
