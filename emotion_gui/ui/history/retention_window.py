"""Sessions whose time is over: shown before anything is deleted, and deleted by a click only."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

import ttkbootstrap as ttk

from emotion_gui.controller.status import Level, Notice
from emotion_gui.core.translation import _, plural
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.history.person_words import shown_name
from emotion_gui.ui.theme import (
    APP_NAME,
    fit_window,
    muted_label,
    pixels,
    place_over,
    set_enabled,
    space,
    wrap_to_width,
)
from emotion_gui.ui.tooltip import ToolTip
from emotion_gui.ui.wording import clock, moment

if TYPE_CHECKING:
    from emotion_gui.storage.session_summary import SessionSummary

_WIDTH, _HEIGHT, _ROW_HEIGHT = 640, 400, 28
_TICKED, _FREE = "☑", "☐"
_KEEP = "keep"
_WAIT_MS = 500


def offer_retention(window: tk.Misc, controller: Controller, tell: Callable[[Notice], None]) -> None:
    """Check the store, then show what is past its time, if anything is; returns at once.

    Args:
        window: The main window.
        controller: Finds, keeps and deletes.
        tell: Shows what became of it.
    """

    def show(sessions: Sequence[SessionSummary]) -> None:
        # Another question comes first; over it, this window could not be used.
        if str(window.tk.call("grab", "current")):
            window.after(_WAIT_MS, show, sessions)
        else:
            RetentionWindow(window, controller, sessions, tell)

    def found(sessions: Sequence[SessionSummary]) -> None:
        if sessions and window.winfo_exists():
            window.after_idle(show, sessions)

    controller.retention.check_store(lambda: controller.retention.expired(found))


class RetentionWindow(ttk.Toplevel):
    """A list with a tick for what is kept for ever.

    Closing it decides nothing; it comes again at the next start.

    Attributes:
        rows: The list; its item names are the session ids.
        kept: Ids of the sessions that are ticked.
    """

    def __init__(
        self,
        master: tk.Misc,
        controller: Controller,
        sessions: Sequence[SessionSummary],
        tell: Callable[[Notice], None],
    ) -> None:
        title = _("Sessions past their time")
        super().__init__(title=f"{title} - {APP_NAME}", master=master)
        fit_window(self, (_WIDTH, _HEIGHT), (520, 280))
        self._controller = controller
        self._tell = tell
        self._sessions = sessions
        self.kept: set[str] = set()
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        self._build_text()
        self.rows = self._build_list()
        self._build_buttons()
        self.bind("<Escape>", lambda _event: self.destroy())
        self._ticked()
        place_over(self, master)
        self.rows.focus_set()

    def _build_text(self) -> None:
        gap = space(self, 4)
        frame = ttk.Frame(self, padding=(gap, gap, gap, space(self, 2)))
        frame.grid(row=0, column=0, sticky="ew")
        text = plural(
            "One session is older than the {days} days that sessions are kept for.",
            "{count} sessions are older than the {days} days that sessions are kept for.",
            len(self._sessions),
            days=self._controller.settings.keep_days,
        )
        label = ttk.Label(frame, text=text, justify="left")
        label.pack(fill="x")
        wrap_to_width(label)
        hint = muted_label(frame, _("Nothing is deleted unless you press Delete. Tick what you want to keep for ever."))
        hint.pack(fill="x", pady=(space(self, 1), 0))
        wrap_to_width(hint)

    def _build_list(self) -> ttk.Treeview:
        frame = ttk.Frame(self, padding=(space(self, 4), 0))
        frame.grid(row=1, column=0, sticky="nsew")
        frame.columnconfigure(0, weight=1)
        frame.rowconfigure(0, weight=1)
        columns = {
            _KEEP: (_("Keep for ever"), 120),
            "candidate": (_("Candidate"), 240),
            "date": (_("Date"), 150),
            "length": (_("Length"), 80),
        }
        rows = ttk.Treeview(frame, columns=list(columns), show="headings", selectmode="browse")
        look, style = ttk.Style(), str(rows.cget("style"))
        look.configure(style, rowheight=pixels(self, _ROW_HEIGHT))
        look.map(style, background=[("selected", look.colors.primary)])
        for key, (title, width) in columns.items():
            anchor: Literal["center", "w"] = "center" if key == _KEEP else "w"
            rows.heading(key, text=title, anchor=anchor)
            rows.column(key, width=pixels(self, width), anchor=anchor, stretch=key == "candidate")
        bar = ttk.Scrollbar(frame, command=rows.yview)
        rows.configure(yscrollcommand=bar.set)
        rows.grid(row=0, column=0, sticky="nsew")
        bar.grid(row=0, column=1, sticky="ns")
        for session in self._sessions:
            info = session.info
            values = (_FREE, shown_name(info.candidate), moment(info.started_at), clock(session.duration_s))
            rows.insert("", "end", iid=session.session_id, values=values)
        first = self._sessions[0].session_id
        rows.selection_set(first)
        rows.focus(first)
        rows.bind("<ButtonRelease-1>", lambda event: self.toggle(rows.identify_row(event.y)))
        rows.bind("<space>", lambda _event: self.toggle(rows.focus()))
        return rows

    def _build_buttons(self) -> None:
        row = ttk.Frame(self, padding=space(self, 4))
        row.grid(row=2, column=0, sticky="ew")
        self.later_button = ttk.Button(row, text=_("Keep for now"), bootstyle="primary", command=self.keep_for_now)
        self.later_button.pack(side="right")
        ToolTip(self.later_button, text=_("Keep them, and ask again in a week"))
        self.delete_button = ttk.Button(row, bootstyle="danger-outline", command=self.delete)
        self.delete_button.pack(side="right", padx=(0, space(self, 2)))

    def toggle(self, session_id: str) -> None:
        """Tick a session, or take the tick away; does nothing beside a session."""
        if session_id:
            self.kept ^= {session_id}
            self.rows.set(session_id, _KEEP, _TICKED if session_id in self.kept else _FREE)
            self._ticked()

    def keep_for_now(self) -> None:
        """Keep all, those ticked for ever, and ask about the others again in a week."""
        self._keep_ticked()
        self._controller.retention.ask_again_later(self._free())
        self.destroy()

    def delete(self) -> None:
        """Delete all that are not ticked."""

        def deleted(count: int) -> None:
            text = plural("One session is deleted.", "{count} sessions are deleted.", count)
            self._tell(Notice(Level.INFO, text))

        self._keep_ticked()
        self._controller.retention.delete(self._free(), deleted)
        self.destroy()

    def _keep_ticked(self) -> None:
        if self.kept:
            self._controller.retention.keep_for_ever(sorted(self.kept))

    def _free(self) -> list[str]:
        return [session.session_id for session in self._sessions if session.session_id not in self.kept]

    def _ticked(self) -> None:
        count = len(self._free())
        text = plural("Delete one session now", "Delete {count} sessions now", count) if count else _("Delete now")
        self.delete_button.configure(text=text)
        set_enabled(self.delete_button, bool(count))
