"""Past sessions: looked at, exported, deleted."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import ttkbootstrap as ttk

from emotion_gui.controller.status import Notice
from emotion_gui.core.session import SessionState
from emotion_gui.export import EXPORTERS
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.dialogs import Dialogs
from emotion_gui.ui.export_flow import ExportFlow
from emotion_gui.ui.menu_bar import Command, build_menu
from emotion_gui.ui.notice_banner import NoticeBanner
from emotion_gui.ui.review_window import ReviewWindow
from emotion_gui.ui.theme import APP_NAME, MUTED, pixels, place_over, set_enabled, space
from emotion_gui.ui.wording import clock, moment, within

if TYPE_CHECKING:
    from emotion_gui.storage.session_summary import SessionSummary

_COLUMNS = (
    ("candidate", "Candidate", 200),
    ("date", "Date", 150),
    ("duration", "Duration", 90),
    ("verdict", "Verdict", 150),
    ("state", "State", 110),
)
_ROW_HEIGHT = 28
_EMPTY = "No sessions yet. Start one in the main window; it appears here when you stop it."


class HistoryWindow(ttk.Toplevel):
    """A list of all sessions, newest first.

    Attributes:
        rows: The list; its item names are the session ids.
    """

    def __init__(self, master: tk.Misc, controller: Controller, dialogs: Dialogs) -> None:
        super().__init__(title=f"History - {APP_NAME}", master=master)
        self.minsize(pixels(self, 640), pixels(self, 320))
        self._controller = controller
        self._dialogs = dialogs
        self._sessions: dict[str, SessionSummary] = {}
        self._exports = ExportFlow(controller, dialogs, self.tell)
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        self.banner = NoticeBanner(self, row=0)
        self.rows = self._build_list()
        self._build_buttons()
        self.bind("<Escape>", lambda _: self.destroy())
        place_over(self, master)

    def _build_list(self) -> ttk.Treeview:
        gap = space(self, 3)
        frame = ttk.Frame(self, padding=(gap, gap, gap, 0))
        frame.grid(row=1, column=0, sticky="nsew")
        frame.columnconfigure(0, weight=1)
        frame.rowconfigure(0, weight=1)
        keys = [key for key, _, _ in _COLUMNS]
        rows = ttk.Treeview(frame, columns=keys, show="headings", selectmode="browse")
        look, style = ttk.Style(), str(rows.cget("style"))
        look.configure(style, rowheight=pixels(self, _ROW_HEIGHT))
        look.map(style, background=[("selected", look.colors.primary)])
        for key, title, width in _COLUMNS:
            rows.heading(key, text=title, anchor="w")
            rows.column(key, width=pixels(self, width), anchor="w", stretch=key == "candidate")
        bar = ttk.Scrollbar(frame, command=rows.yview)
        rows.configure(yscrollcommand=bar.set)
        rows.grid(row=0, column=0, sticky="nsew")
        bar.grid(row=0, column=1, sticky="ns")
        self.empty = ttk.Label(frame, text=_EMPTY, foreground=MUTED)
        rows.bind("<<TreeviewSelect>>", lambda _: self._selection_changed())
        # A double click on the headings is none on a session.
        rows.bind("<Double-1>", lambda event: self.open() if rows.identify_row(event.y) else None)
        rows.bind("<Return>", lambda _: self.open())
        rows.bind("<Delete>", lambda _: self.delete())
        return rows

    def _build_buttons(self) -> None:
        gap = space(self, 3)
        row = ttk.Frame(self, padding=gap)
        row.grid(row=2, column=0, sticky="ew")
        self.open_button = ttk.Button(row, text="Open", bootstyle="primary", command=self.open)
        self.export_button = ttk.Menubutton(row, text="Export")
        commands = [
            Command("Export all into a folder...", self.export_everything),
            *(
                Command(f"Export {within(entry.label)}...", partial(self.export, key))
                for key, entry in EXPORTERS.items()
            ),
        ]
        self.export_button.configure(menu=build_menu(self.export_button, commands))
        self.delete_button = ttk.Button(row, text="Delete...", bootstyle="danger-outline", command=self.delete)
        buttons: tuple[tk.Widget, ...] = (self.open_button, self.export_button, self.delete_button)
        for button in buttons:
            button.pack(side="left", padx=(0, space(self, 2)))
        ttk.Button(row, text="Close", command=self.destroy).pack(side="right")
        self._selection_changed()

    def refresh(self) -> None:
        """Ask for the list again."""
        self._controller.history.list_sessions(self._show)

    def open(self) -> None:
        """Show the selected session's report."""
        session = self.selected
        if session:
            ReviewWindow(self, self._controller.history, session.info)

    def export(self, key: str) -> None:
        if self.selected:
            self._exports.one(self.selected.info, key)

    def export_everything(self) -> None:
        if self.selected:
            self._exports.everything(self.selected.info)

    def delete(self) -> None:
        """Delete the selected session after the user has confirmed it."""
        session = self.selected
        if session is None or session.state is SessionState.RUNNING:
            return
        text = f"The session of {session.info.candidate} from {moment(session.info.started_at)} will be gone for good."
        if self._dialogs.confirm("Delete the session?", text, yes="Delete", danger=True):
            self._controller.history.delete_session(session.session_id, self._refresh_if_open)

    def tell(self, notice: Notice) -> None:
        if self.winfo_exists():
            self.banner.tell(notice)

    @property
    def selected(self) -> SessionSummary | None:
        chosen = self.rows.selection()
        return self._sessions.get(chosen[0]) if chosen else None

    def _refresh_if_open(self) -> None:
        if self.winfo_exists():
            self.refresh()

    def _show(self, sessions: Sequence[SessionSummary]) -> None:
        # The window may have been closed while the list was read.
        if not self.winfo_exists():
            return
        chosen = self.rows.selection()
        self._sessions = {session.session_id: session for session in sessions}
        self.rows.delete(*self.rows.get_children())
        for session in sessions:
            self.rows.insert("", "end", iid=session.session_id, values=_line(session))
        kept = [item for item in chosen if item in self._sessions] or list(self._sessions)[:1]
        self.rows.selection_set(kept)
        # The arrow keys move from the item that has the list's own focus.
        self.rows.focus(kept[0] if kept else "")
        if sessions:
            self.empty.place_forget()
        else:
            self.empty.place(relx=0.5, rely=0.5, anchor="center")
        self._selection_changed()

    def _selection_changed(self) -> None:
        session = self.selected
        set_enabled(self.open_button, session is not None)
        set_enabled(self.export_button, session is not None)
        set_enabled(self.delete_button, session is not None and session.state is not SessionState.RUNNING)


def _line(session: SessionSummary) -> tuple[str, ...]:
    info = session.info
    verdict = session.judgement.verdict.title
    return info.candidate, moment(info.started_at), clock(session.duration_s), verdict, session.state.value.capitalize()
