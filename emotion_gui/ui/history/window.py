"""Past sessions: found, looked at, compared, exported, deleted."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from typing import TYPE_CHECKING

import ttkbootstrap as ttk

from emotion_gui.controller.status import Notice
from emotion_gui.core.session import SessionState
from emotion_gui.core.translation import N_, _, plural
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.dialogs import Dialogs
from emotion_gui.ui.export_flow import ExportFlow
from emotion_gui.ui.history.corrections_window import CorrectionsWindow
from emotion_gui.ui.history.filter import Line
from emotion_gui.ui.history.person_actions import PersonButton, PersonView
from emotion_gui.ui.history.search import HistorySearch
from emotion_gui.ui.history.session_list import HistoryList
from emotion_gui.ui.menu_bar import build_menu
from emotion_gui.ui.notice_banner import NoticeBanner
from emotion_gui.ui.review.compare import MOST, CompareWindow
from emotion_gui.ui.review.exports import export_commands
from emotion_gui.ui.review.window import ReviewWindow
from emotion_gui.ui.scroll_area import ScrollArea
from emotion_gui.ui.theme import APP_NAME, Panel, fit_window, place_over, set_enabled, space
from emotion_gui.ui.tooltip import ToolTip
from emotion_gui.ui.wording import moment, shortened

if TYPE_CHECKING:
    from emotion_gui.storage.session_summary import SessionSummary

_WIDTH, _HEIGHT, _LEAST_WH = 980, 600, (900, 380)
_EMPTY = N_("No sessions yet. Start one in the main window; it appears here when you stop it.")
_NONE_FITS = N_("No session fits. Press Clear to see them all.")


class HistoryWindow(ttk.Toplevel):
    """A list of all sessions, newest first, with a row to search in.

    Attributes:
        search: What is looked for.
        list: The sessions that fit.
        rows: The list's own widget; its item names are the session ids.
        person_button: Opens the menu for all sessions of one person.
    """

    def __init__(self, master: tk.Misc, controller: Controller, dialogs: Dialogs) -> None:
        title = _("History")
        super().__init__(title=f"{title} - {APP_NAME}", master=master)
        fit_window(self, (_WIDTH, _HEIGHT), _LEAST_WH)
        self._controller = controller
        self._dialogs = dialogs
        self._exports = ExportFlow(controller, dialogs, self.tell)
        area = ScrollArea(self, _LEAST_WH)
        area.pack(fill="both", expand=True)
        page, gap = area.content, space(self, 3)
        page.columnconfigure(0, weight=1)
        page.rowconfigure(2, weight=1)
        self.banner = NoticeBanner(page, row=0)
        self.search = HistorySearch(page, self._look)
        self.search.grid(row=1, column=0, sticky="ew", padx=gap, pady=(gap, 0))
        self.list = HistoryList(page, self._selection_changed, self.open)
        self.list.grid(row=2, column=0, sticky="nsew", padx=gap, pady=(gap, 0))
        self.rows = self.list.rows
        self._build_buttons(page)
        self._bind_keys()
        place_over(self, master)

    def _build_buttons(self, page: Panel) -> None:
        row = ttk.Frame(page, padding=space(self, 3))
        row.grid(row=3, column=0, sticky="ew")
        self.open_button = ttk.Button(row, text=_("Open"), bootstyle="primary", command=self.open)
        self.compare_button = ttk.Button(row, text=_("Compare"), command=self.compare)
        self.export_button = ttk.Menubutton(row, text=_("Export"))
        commands = export_commands(self.export, self.export_everything)
        self.export_button.configure(menu=build_menu(self.export_button, commands))
        self.delete_button = ttk.Button(row, text=_("Delete..."), bootstyle="danger-outline", command=self.delete)
        view = PersonView(lambda: self.selected, self.tell, self._refresh_if_open)
        self.person_button = PersonButton(row, self._controller, self._dialogs, view)
        widgets: tuple[tk.Widget, ...] = (
            self.open_button,
            self.compare_button,
            self.export_button,
            self.delete_button,
            self.person_button,
        )
        for widget in widgets:
            widget.pack(side="left", padx=(0, space(self, 2)))
        ttk.Button(row, text=_("Close"), command=self.destroy).pack(side="right")
        self.corrections_button = ttk.Button(row, text=_("Corrected faces..."), command=self.show_corrections)
        self.corrections_button.pack(side="right", padx=(0, space(self, 2)))
        tip = _("Select 2 to {most} sessions with Ctrl or Shift to compare them").format(most=MOST)
        ToolTip(self.compare_button, text=tip)
        self._selection_changed()

    def _bind_keys(self) -> None:
        self.bind("<Escape>", lambda event: self._escape())
        self.bind("<Control-f>", lambda event: self.search.candidate.focus_set())
        self.rows.bind("<Delete>", lambda event: self.delete())
        for key in ("<Down>", "<Return>"):
            self.search.candidate.bind(key, lambda event: self.rows.focus_set())

    def refresh(self) -> None:
        """Ask for the list again."""
        self._controller.history.list_sessions(self._show)

    def open(self) -> None:
        """Look at the selected session; compare where several are selected."""
        if len(self.list.selected) > 1:
            self.compare()
        elif self.selected:
            ReviewWindow(self, self._controller, self._dialogs, self.selected.info)

    def compare(self) -> None:
        """Show the selected sessions side by side."""
        chosen = self.list.selected
        if 2 <= len(chosen) <= MOST:
            CompareWindow(self, self._controller, self._dialogs, [line.key for line in chosen])

    def export(self, key: str) -> None:
        if self.selected:
            self._exports.one(self.selected.info, key)

    def export_everything(self) -> None:
        if self.selected:
            self._exports.everything(self.selected.info)

    def delete(self) -> None:
        """Delete the selected sessions after the user has confirmed it."""
        chosen = [line.session for line in self.list.selected]
        if not chosen or any(session.state is SessionState.RUNNING for session in chosen):
            return
        if self._dialogs.confirm(_delete_title(chosen), _delete_question(chosen), yes=_("Delete"), danger=True):
            self._delete_next([session.session_id for session in chosen])

    def show_corrections(self) -> None:
        """Say where corrected faces are kept."""
        CorrectionsWindow(self, self._controller).show()

    def tell(self, notice: Notice) -> None:
        if self.winfo_exists():
            self.banner.tell(notice)

    @property
    def selected(self) -> SessionSummary | None:
        """The selected session; None where there is none, or more than one."""
        chosen = self.list.selected
        return chosen[0].session if len(chosen) == 1 else None

    def _refresh_if_open(self) -> None:
        if self.winfo_exists():
            self.refresh()

    def _delete_next(self, left: list[str]) -> None:
        if left:
            # One after the other: each gives its space back to the disk.
            self._controller.history.delete_session(left[0], lambda: self._delete_next(left[1:]))
        else:
            self._refresh_if_open()

    def _show(self, sessions: Sequence[SessionSummary]) -> None:
        # The window may have been closed while the list was read.
        if self.winfo_exists():
            self.list.set_lines([Line(session) for session in sessions])
            self._look()

    def _look(self) -> None:
        self.list.look_for(self.search.wanted)
        shown, total = len(self.list.shown), self.list.total
        self.search.show_count(shown, total)
        self.list.say_empty("" if shown else _(_NONE_FITS if total else _EMPTY))
        self._selection_changed()

    def _escape(self) -> None:
        if self.search.is_empty:
            self.destroy()
        else:
            self.search.clear()

    def _selection_changed(self) -> None:
        chosen = [line.session for line in self.list.selected]
        finished = all(session.state is not SessionState.RUNNING for session in chosen)
        set_enabled(self.open_button, len(chosen) == 1)
        set_enabled(self.compare_button, 2 <= len(chosen) <= MOST)
        set_enabled(self.export_button, len(chosen) == 1)
        set_enabled(self.person_button, len(chosen) == 1)
        set_enabled(self.delete_button, bool(chosen) and finished)


def _delete_title(sessions: Sequence[SessionSummary]) -> str:
    return plural("Delete the session?", "Delete {count} sessions?", len(sessions))


def _delete_question(sessions: Sequence[SessionSummary]) -> str:
    if len(sessions) == 1:
        info = sessions[0].info
        return _("The session of {candidate} from {moment} will be gone for good.").format(
            candidate=shortened(" ".join(info.candidate.split())), moment=moment(info.started_at)
        )
    names = sorted({shortened(" ".join(session.info.candidate.split())) for session in sessions})
    listed = ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")
    return _("They will be gone for good: sessions of {candidates}.").format(candidates=listed)
