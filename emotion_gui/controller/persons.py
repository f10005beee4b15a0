"""What can be done for one person: everything exported, the name replaced by a code, everything deleted."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from emotion_gui.batch.work import forget_persons
from emotion_gui.controller.held_export import ExportProgress, HeldExport
from emotion_gui.controller.record_writer import RecordWriter
from emotion_gui.core.atomic_file import atomic_path
from emotion_gui.core.candidate_names import CandidateCodes, is_code, person_key
from emotion_gui.core.errors import AppError, StorageError
from emotion_gui.core.paths import analyses_folder
from emotion_gui.core.session import InterviewSession, SessionRecord
from emotion_gui.core.settings import Settings
from emotion_gui.core.translation import _
from emotion_gui.export import write_error
from emotion_gui.export.cells import defused
from emotion_gui.pipeline.tasks import TaskRunner
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.storage.session_summary import SessionSummary

Failed = Callable[[AppError], None]


@dataclass(frozen=True)
class Remembered:
    """Where the program holds a candidate's name beside the store.

    Attributes:
        settings: The settings as they are now.
        remember: Keeps changed settings.
        session: The running or last session.
    """

    settings: Callable[[], Settings]
    remember: Callable[[Settings], None]
    session: Callable[[], InterviewSession | None]


class Persons:
    """Every method is called on one thread, returns at once and calls back from the controller's `poll`.

    Attributes:
        codes: The codes that were given to names since the program was started.
    """

    def __init__(self, store: SessionStore, writer: RecordWriter, tasks: TaskRunner, remembered: Remembered) -> None:
        self.codes = CandidateCodes()
        self._store = store
        self._writer = writer
        self._tasks = tasks
        self._remembered = remembered
        # A code that is taken by chance would make one person of two.
        tasks.run(self._taken_codes, self.codes.taken.update, lambda _: None)

    def kept_name(self, name: str) -> str:
        """What a new session keeps for the name typed: the person's code where the user wants codes."""
        return self.codes.code_for(name) if self._remembered.settings().use_codes else name

    def sessions_of(self, session_id: str, done: Callable[[tuple[SessionSummary, ...]], None], failed: Failed) -> None:
        """All sessions of the person of one session, newest first."""
        self._tasks.run(lambda: self._flushed().persons.sessions_of(session_id), done, failed)

    def export_held(
        self, session_ids: Sequence[str], path: Path, *, done: Callable[[], None], failed: Failed
    ) -> ExportProgress:
        """Write everything that is held of these sessions into a zip file; a file that is there is replaced.

        Returns:
            How far it has come; cancelled through it, the export ends with a `CancelledError`.
        """
        progress = ExportProgress()
        export = HeldExport(self._store.folder, self._load, progress)
        self._tasks.run(lambda: export.write(session_ids, path), lambda _: done(), failed)
        return progress

    def replace_name(self, session: SessionSummary, done: Callable[[str, int], None], failed: Failed) -> None:
        """Put a code in place of the name of a session's person, wherever it is stored.

        Args:
            session: One of the person's sessions.
            done: Gets the code and the number of sessions.
            failed: Gets the error.
        """
        name = session.info.candidate
        code = self.codes.code_for(name)

        def replaced(count: int) -> None:
            self._forget(name, code)
            done(code, count)

        def work() -> int:
            count = self._flushed().persons.replace_name(session.session_id, code)
            # Nobody could go on with them: they are known by the name.
            forget_persons(analyses_folder(self._store.folder), {name})
            return count

        self._tasks.run(work, replaced, failed)

    def delete_all(self, sessions: Sequence[SessionSummary], done: Callable[[int], None], failed: Failed) -> None:
        """Delete all of a person's sessions with their files, and forget the name.

        Args:
            sessions: As `sessions_of` gave them.
            done: Gets the number of sessions.
            failed: Gets the error; sessions deleted before it are gone.
        """
        names = {session.info.candidate for session in sessions}

        def work() -> int:
            for session in sessions:
                self._store.delete(session.session_id)
            for name in names:
                self._store.persons.forget_name(name)
            forget_persons(analyses_folder(self._store.folder), names)
            return len(sessions)

        def deleted(count: int) -> None:
            for name in names:
                self._forget(name, "")
            done(count)

        self._tasks.run(work, deleted, failed)

    def save_codes(self, path: Path, *, done: Callable[[], None], failed: Failed) -> None:
        """Write the list of names and codes of this run as a table; a file that is there is replaced."""
        pairs = self.codes.pairs()

        def work() -> None:
            try:
                with atomic_path(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
                    writer = csv.writer(file)
                    writer.writerow(("code", "name"))
                    writer.writerows((code, defused(name)) for name, code in pairs)
            except OSError as error:
                raise write_error(error, path) from error

        self._tasks.run(work, lambda _: done(), failed)

    def _forget(self, name: str, code: str) -> None:
        """Take the name out of what the program remembers; it would be stored again with the next session."""
        settings, session, key = self._remembered.settings(), self._remembered.session(), person_key(name)
        if key and person_key(settings.candidate) == key:
            self._remembered.remember(replace(settings, candidate=code))
        if session and code and person_key(session.info.candidate) == key:
            session.info = replace(session.info, candidate=code)

    def _taken_codes(self) -> set[str]:
        return {summary.info.candidate for summary in self._store.list() if is_code(summary.info.candidate)}

    def _load(self, session_id: str) -> SessionRecord:
        return self._flushed().load(session_id)

    def _flushed(self) -> SessionStore:
        # What was counted a moment ago may still be on its way to the disk.
        if not self._writer.flush():
            raise StorageError(_("The session is not saved yet."), _("Free some disk space and try again."))
        return self._store
