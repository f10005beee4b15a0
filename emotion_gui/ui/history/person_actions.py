"""What can be done for the person of a session: everything exported, the name replaced, everything deleted."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import ttkbootstrap as ttk

from emotion_gui.controller.status import Level, Notice
from emotion_gui.core.candidate_names import is_code, person_key
from emotion_gui.core.errors import AppError
from emotion_gui.core.safe_name import safe_name
from emotion_gui.core.session import SessionState
from emotion_gui.core.translation import _, plural
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.dialogs import Dialogs, FileKind
from emotion_gui.ui.export_folder import offered_folder
from emotion_gui.ui.history.person_words import shown_name
from emotion_gui.ui.history.progress_window import ProgressWindow
from emotion_gui.ui.menu_bar import Command, build_menu
from emotion_gui.ui.saved_notice import not_written, writing, written
from emotion_gui.ui.tooltip import ToolTip
from emotion_gui.ui.wording import moment

if TYPE_CHECKING:
    from emotion_gui.storage.session_summary import SessionSummary

_SPELLINGS = 4


@dataclass(frozen=True)
class PersonView:
    """The window that the actions stand in.

    Attributes:
        selected: The session whose person is meant; None where there is none.
        tell: Shows what became of it.
        changed: Called when stored sessions have changed.
    """

    selected: Callable[[], SessionSummary | None]
    tell: Callable[[Notice], None]
    changed: Callable[[], None]


class PersonButton(ttk.Menubutton):
    """Opens the menu of the selected session's person."""

    def __init__(self, master: tk.Misc, controller: Controller, dialogs: Dialogs, view: PersonView) -> None:
        super().__init__(master, text=_("Person"))
        self.actions = PersonActions(self, controller, dialogs, view)
        self.configure(menu=build_menu(self, self.actions.commands()))
        ToolTip(self, text=_("Everything about the person of the selected session"))


class PersonActions:
    """Asks, and has the controller do it.

    Args:
        window: What questions are asked over, when it is idle.
        controller: Does it in the background.
        dialogs: Asks the user.
        view: The window that shows the sessions.
    """

    def __init__(self, window: tk.Misc, controller: Controller, dialogs: Dialogs, view: PersonView) -> None:
        self._window = window
        self._controller = controller
        self._dialogs = dialogs
        self._view = view
        self.progress: ProgressWindow | None = None

    def commands(self) -> Sequence[Command | None]:
        """The lines of the menu."""
        return (
            Command(_("Export everything held..."), partial(self._for_person, self._ask_export), enabled=self._chosen),
            Command(_("Replace the name by a code..."), partial(self._for_person, self._ask_code), enabled=self._named),
            Command(_("Save the list of names and codes..."), self.save_codes, enabled=self._has_codes),
            None,
            Command(_("Keep this session for ever"), self.keep, enabled=self._ended, checked=self._is_kept),
            None,
            Command(
                _("Delete everything about this person..."),
                partial(self._for_person, self._ask_delete),
                enabled=self._ended,
            ),
        )

    def keep(self) -> None:
        """Keep the selected session for ever, or as long as the settings say."""
        session = self._view.selected()
        if session:
            retention = self._controller.retention
            put = retention.keep_as_set if session.kept_for_ever else retention.keep_for_ever
            put([session.session_id], self._view.changed)

    def save_codes(self) -> None:
        """Write the list of names and codes to a file that the user chooses."""
        path = self._file(_("Save the list of names and codes"), "codes.csv", FileKind(_("Tables (CSV)"), ("*.csv",)))
        if path:
            self._view.tell(writing(path))
            self._controller.persons.save_codes(path, done=partial(self._saved, path), failed=self._not_saved)

    def _for_person(self, ask: Callable[[Sequence[SessionSummary]], None]) -> None:
        session = self._view.selected()
        if session is None:
            return

        def found(sessions: Sequence[SessionSummary]) -> None:
            # Not from inside the poll that delivers the list: a question would hold up the pictures.
            if sessions and self._window.winfo_exists():
                self._window.after_idle(ask, sessions)

        self._controller.persons.sessions_of(session.session_id, found, self._failed)

    def _ask_export(self, sessions: Sequence[SessionSummary]) -> None:
        name = f"{safe_name(sessions[0].info.candidate)}_{date.today():%Y-%m-%d}.zip"
        path = self._file(_("Export everything held"), name, FileKind(_("Zip files"), ("*.zip",)))
        if path is None:
            return
        person = shown_name(sessions[0].info.candidate)
        ids = [session.session_id for session in sessions]
        progress = self._controller.persons.export_held(
            ids, path, done=partial(self._exported, path), failed=self._export_failed
        )
        text = _("Exporting everything held about {person}").format(person=person)
        self.progress = ProgressWindow(self._window, text, progress)

    def _exported(self, path: Path) -> None:
        self._close_progress()
        self._saved(path)

    def _export_failed(self, error: AppError) -> None:
        self._close_progress()
        self._view.changed()
        self._not_saved(error)

    def _close_progress(self) -> None:
        # The window behind may have been closed, and this one with it.
        if self.progress and self.progress.winfo_exists():
            self.progress.destroy()
        self.progress = None

    def _ask_code(self, sessions: Sequence[SessionSummary]) -> None:
        question = plural(
            "In one session, a code takes the place of the name {name}: in the list, the notes, the markers and the "
            "events.",
            "In {count} sessions, a code takes the place of the name {name}: in the list, the notes, the markers and "
            "the events.",
            len(sessions),
            name=shown_name(sessions[0].info.candidate),
        )
        rest = _(
            "First names and nicknames in notes stay, and so do videos and pictures. Which code is whose is not "
            "stored: note it down. This cannot be undone."
        )
        if self._dialogs.confirm(_("Replace the name?"), f"{question}\n\n{rest}", yes=_("Replace"), danger=True):
            name = shown_name(sessions[0].info.candidate)
            self._controller.persons.replace_name(sessions[0], partial(self._replaced, name), self._failed)

    def _replaced(self, name: str, code: str, count: int) -> None:
        self._view.changed()
        text = plural(
            "{name} is {code} in one session now. Note it down, or save the list before you close the program.",
            "{name} is {code} in {count} sessions now. Note it down, or save the list before you close the program.",
            count,
            name=name,
            code=code,
        )
        if self._window.winfo_exists():
            self._window.after_idle(self._offer_list, text)

    def _offer_list(self, text: str) -> None:
        save = _("Save the list...")
        if self._dialogs.choose(_("The name is replaced"), text, buttons=(save, _("OK"))) == save:
            self.save_codes()

    def _ask_delete(self, sessions: Sequence[SessionSummary]) -> None:
        oldest, newest = (moment(when) for when in _span(sessions))
        names = sorted({shown_name(session.info.candidate) for session in sessions})
        listed = ", ".join(names[:_SPELLINGS]) + (", ..." if len(names) > _SPELLINGS else "")
        question = plural(
            "One session of {names} from {newest} will be gone for good, with its videos and pictures.",
            "{count} sessions of {names} from {oldest} to {newest} will be gone for good, with their videos and "
            "pictures.",
            len(sessions),
            names=listed,
            oldest=oldest,
            newest=newest,
        )
        hint = _(
            "Exported files stay where they are, and so do files of saved sessions that were set aside as damaged."
        )
        if self._dialogs.confirm(
            _("Delete everything?"), f"{question}\n\n{hint}", yes=_("Delete everything"), danger=True
        ):
            self._controller.persons.delete_all(sessions, self._deleted, self._failed)

    def _deleted(self, count: int) -> None:
        self._view.changed()
        self._view.tell(Notice(Level.INFO, plural("One session is deleted.", "{count} sessions are deleted.", count)))

    def _file(self, title: str, name: str, kind: FileKind) -> Path | None:
        """Where to write; asks before a file is replaced."""
        folder = offered_folder(self._controller.settings)
        path = self._dialogs.ask_save_file(title, name=name, kind=kind, folder=folder)
        if path is None:
            return None
        question = _("'{name}' is there already. Replace it?").format(name=path.name)
        if path.exists() and not self._dialogs.confirm(_("Replace the file?"), question, yes=_("Replace"), danger=True):
            return None
        self._controller.remember(export_folder=str(path.parent))
        return path

    def _saved(self, path: Path) -> None:
        self._view.tell(written([path], self._controller.desktop))

    def _not_saved(self, error: AppError) -> None:
        self._view.tell(not_written(error))

    def _failed(self, error: AppError) -> None:
        self._view.changed()
        self._view.tell(Notice(Level.ERROR, error.message, error.hint))

    def _chosen(self) -> bool:
        return self._view.selected() is not None

    def _ended(self) -> bool:
        session = self._view.selected()
        return session is not None and session.state is not SessionState.RUNNING

    def _named(self) -> bool:
        session = self._view.selected()
        return self._ended() and session is not None and _has_name(session.info.candidate)

    def _is_kept(self) -> bool:
        session = self._view.selected()
        return session is not None and session.kept_for_ever

    def _has_codes(self) -> bool:
        return bool(self._controller.persons.codes.pairs())


def _has_name(candidate: str) -> bool:
    return bool(person_key(candidate)) and not is_code(candidate)


def _span(sessions: Sequence[SessionSummary]) -> tuple[datetime, datetime]:
    starts = [session.info.started_at for session in sessions]
    return min(starts), max(starts)
