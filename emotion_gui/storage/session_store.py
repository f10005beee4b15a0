"""The store of sessions: everything that was counted, kept as it comes, in one SQLite database.

A killed process loses what it had not appended, and nothing else. Several windows of the program may use one store.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from emotion_gui.core.corrections import Correction
from emotion_gui.core.errors import StorageError
from emotion_gui.core.markers import Marker
from emotion_gui.core.session import SessionEntry, SessionFrame, SessionInfo, SessionRecord, SessionState
from emotion_gui.core.statistics import EmotionStatistics
from emotion_gui.core.translation import _
from emotion_gui.storage.corrections_folder import CorrectionsFolder
from emotion_gui.storage.entry_rows import PUT_CORRECTION, PUT_MARKER, correction_row, insert_entries, marker_row
from emotion_gui.storage.opening import prepare
from emotion_gui.storage.session_files import delete_files
from emotion_gui.storage.session_locks import SessionLocks
from emotion_gui.storage.session_reader import SessionReader, missing_session
from emotion_gui.storage.session_rows import (
    INFO_COLUMNS,
    INSERT_FACE,
    INSERT_FRAME,
    face_rows,
    frame_rows,
    info_row,
)
from emotion_gui.storage.session_summary import SessionSummary
from emotion_gui.storage.sqlite_errors import told_plainly
from emotion_gui.storage.step_rows import add_frames
from emotion_gui.storage.store_writer import StoreWriter
from emotion_gui.storage.stored_persons import StoredPersons
from emotion_gui.storage.total_rows import add_totals
from emotion_gui.storage.upkeep import Upkeep
from emotion_gui.storage.values import moment_text

_FILE = "sessions.sqlite3"


class SessionStore:
    """Sessions in a folder; every method may be called from any thread.

    Readers open connections of their own and never wait for the writer.

    Attributes:
        folder: Where it lies; the sessions' files beside it.
        notice: A sentence for the user about what happened at opening (a damaged file set aside); often empty.
        persons: All that is stored about one person.
        upkeep: Checks, rescues, and finds what is to be kept no longer.
    """

    def __init__(self, folder: Path, *, busy_timeout_s: float = 5.0, max_bytes: int | None = None) -> None:
        """Open the store; make it where it is missing.

        Args:
            folder: Where the database and the lock files of running sessions lie; created when it is missing.
            busy_timeout_s: Seconds to wait for another window that writes.
            max_bytes: Size that the database may reach; None for no limit but the disk.

        Raises:
            StorageError: The folder cannot be used, or a newer version of the program wrote the store.
        """
        self.folder = folder
        path = folder / _FILE
        # One for each open window: a damaged file must not be set aside while another one writes to it.
        self._windows = SessionLocks(folder / "open")
        with told_plainly():
            folder.mkdir(parents=True, exist_ok=True)
            with _one_opener(folder, busy_timeout_s):
                self.notice = prepare(path, busy_timeout_s, alone=not self._windows.any_held())
                self._writer = StoreWriter(path, busy_timeout_s, max_bytes)
                self._windows.take(uuid.uuid4().hex)
        self._reader = SessionReader(path, busy_timeout_s)
        self._locks = SessionLocks(folder / "running")
        self.persons = StoredPersons(path, self._reader, self._writer, self._locks)
        self.upkeep = Upkeep(path, self._reader, self._writer)

    def create(self, info: SessionInfo) -> None:
        """Begin a session; other windows see it as running until this process ends or finishes it.

        Raises:
            StorageError: It cannot be written.
        """
        with told_plainly():
            self._take_lock(info.session_id)
            try:
                with self._writer.writing() as connection:
                    connection.execute(
                        f"INSERT INTO sessions ({INFO_COLUMNS}, ended_at, state) VALUES ({', '.join('?' * 11)})",
                        (*info_row(info), moment_text(info.started_at), SessionState.RUNNING.value),
                    )
            except BaseException:
                self._locks.free(info.session_id)
                raise

    def append(self, session_id: str, entries: Sequence[SessionEntry]) -> None:
        """Keep frames and what happened beside them in a running session: all or, where it raises, nothing.

        After an error the same call may be made again; nothing will stand there twice.

        Raises:
            StorageError: They cannot be written, or no such session is running.
        """
        frames = [entry for entry in entries if isinstance(entry, SessionFrame)]
        added = EmotionStatistics()
        for frame in frames:
            added.add(frame.duration_s, frame.faces)
        with told_plainly(), self._writer.writing() as connection:
            key, first = _running(connection, session_id)
            connection.executemany(INSERT_FRAME, frame_rows(key, first, frames))
            connection.executemany(INSERT_FACE, face_rows(key, first, frames))
            insert_entries(connection, key, entries)
            add_frames(connection, key, frames)
            add_totals(connection, key, added)

    def update(self, info: SessionInfo) -> None:
        """Replace what was fixed at the start of a session: a corrected note, a rule that was changed on the way.

        Raises:
            StorageError: It cannot be written, or there is no such session.
        """
        assignments = ", ".join(f"{column} = ?" for column in INFO_COLUMNS.split(", "))
        with told_plainly(), self._writer.writing() as connection:
            changed = connection.execute(
                f"UPDATE sessions SET {assignments} WHERE session_id = ?", (*info_row(info), info.session_id)
            ).rowcount
        if not changed:
            raise missing_session()

    def put_marker(self, session_id: str, marker: Marker) -> None:
        """Add a marker to a session that runs or has ended, or replace the one with the same `marker_id`.

        Raises:
            StorageError: It cannot be written, or there is no such session.
        """
        with told_plainly(), self._writer.writing() as connection:
            connection.execute(PUT_MARKER, marker_row(_key_of(connection, session_id), marker))

    def delete_marker(self, session_id: str, marker_id: str) -> None:
        """Take a marker out of a session; does nothing where it is not there.

        Raises:
            StorageError: It cannot be written, or there is no such session.
        """
        with told_plainly(), self._writer.writing() as connection:
            key = _key_of(connection, session_id)
            connection.execute("DELETE FROM markers WHERE session_key = ? AND marker_id = ?", (key, marker_id))

    def put_correction(self, session_id: str, correction: Correction) -> None:
        """Add a label that was set right, or replace the one with the same `correction_id`.

        Raises:
            StorageError: It cannot be written, or there is no such session.
        """
        with told_plainly(), self._writer.writing() as connection:
            connection.execute(PUT_CORRECTION, correction_row(_key_of(connection, session_id), correction))

    def delete_correction(self, session_id: str, correction_id: str) -> None:
        """Take a correction back; does nothing where it is not there.

        Raises:
            StorageError: It cannot be written, or there is no such session.
        """
        with told_plainly(), self._writer.writing() as connection:
            key = _key_of(connection, session_id)
            connection.execute(
                "DELETE FROM corrections WHERE session_key = ? AND correction_id = ?", (key, correction_id)
            )

    def finish(self, session_id: str, ended_at: datetime, state: SessionState = SessionState.FINISHED) -> None:
        """End a running session.

        Raises:
            StorageError: It cannot be written, or no such session is running.
        """
        with told_plainly():
            with self._writer.writing() as connection:
                changed = connection.execute(
                    "UPDATE sessions SET state = ?, ended_at = ? WHERE session_id = ? AND state = ?",
                    (state.value, moment_text(ended_at), session_id, SessionState.RUNNING.value),
                ).rowcount
            if not changed:
                raise missing_session()
            self._locks.free(session_id)

    def list(self) -> tuple[SessionSummary, ...]:
        """All sessions, newest first, from totals kept up to date; no frame is read.

        Raises:
            StorageError: The store cannot be read.
        """
        return self._reader.list()

    def state_of(self, session_id: str) -> SessionState | None:
        """Where a session stands in its life; None where it is not there.

        Raises:
            StorageError: The store cannot be read.
        """
        return self._reader.state_of(session_id)

    def load(self, session_id: str) -> SessionRecord:
        """A session as a whole; its frames are read from the store each time they are gone through.

        Raises:
            StorageError: There is no such session, or the store cannot be read.
        """
        return self._reader.load(session_id)

    def delete(self, session_id: str) -> None:
        """Remove a session with its files; its bytes are overwritten in the database and its log.

        Does nothing where it is gone. Copies made before an upgrade go too, because it stands in them.

        Raises:
            StorageError: It is still running in some window, or cannot be removed.
        """
        with told_plainly():
            if self._locks.is_held(session_id):
                raise StorageError(_("This session is still running."), _("Stop it before you delete it."))
            # The files first: where one of them cannot be removed, the session stays and can be deleted again.
            delete_files(self.folder, session_id)
            CorrectionsFolder(self.folder).forget_session(session_id)
            with self._writer.writing() as connection:
                connection.execute("DELETE FROM sessions WHERE session_id = ?", (session_id,))
            self._writer.leave_no_copies()
        self._locks.free(session_id)

    def keep_until(self, session_ids: Sequence[str], until: datetime | None) -> None:
        """Keep sessions at least until then; None for as long as the settings say. `FOR_EVER` for ever.

        Raises:
            StorageError: The store cannot be written.
        """
        text = moment_text(until) if until else ""
        with told_plainly(), self._writer.writing() as connection:
            connection.executemany(
                "UPDATE sessions SET keep_until = ? WHERE session_id = ?", [(text, each) for each in session_ids]
            )

    def forget_unfinished(self, session_id: str) -> bool:
        """Remove what a rescue left unfinished; whether the session may be taken in now.

        Raises:
            StorageError: The store cannot be read or written.
        """
        known = {summary.session_id: summary.state for summary in self.list()}
        if session_id not in known:
            return True
        if known[session_id] is not SessionState.RUNNING or self._locks.is_held(session_id):
            return False
        with told_plainly(), self._writer.writing() as connection:
            connection.execute("DELETE FROM sessions WHERE session_id = ?", (session_id,))
        return True

    def interrupted(self) -> tuple[SessionSummary, ...]:
        """Sessions that were left running by a process that is gone, newest first.

        Raises:
            StorageError: The store cannot be read.
        """
        with told_plainly():
            running = self._reader.list(SessionState.RUNNING)
            free = {summary.session_id for summary in running if not self._locks.is_held(summary.session_id)}
            if not free:
                return ()
            # Read again: one of them may have been finished, and so unlocked, since it was listed.
            return tuple(s for s in self._reader.list(SessionState.RUNNING) if s.session_id in free)

    def keep(self, session_id: str) -> None:
        """Mark a session that was cut off as interrupted; it ended when its last frame was stored.

        Does nothing where it is not running any more, because another window may have kept it.

        Raises:
            StorageError: It cannot be written.
        """
        with told_plainly(), self._writer.writing() as connection:
            connection.execute(
                "UPDATE sessions SET state = ? WHERE session_id = ? AND state = ?",
                (SessionState.INTERRUPTED.value, session_id, SessionState.RUNNING.value),
            )
        self._locks.free(session_id)

    def close(self) -> None:
        """Close the store; sessions that still run will be offered as interrupted."""
        self._writer.close()
        self._locks.free_all()
        self._windows.free_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _take_lock(self, session_id: str) -> None:
        try:
            self._locks.take(session_id)
        except Timeout as error:
            raise StorageError(_("This session is already running in another window.")) from error


@contextmanager
def _one_opener(folder: Path, timeout_s: float) -> Iterator[None]:
    # Two windows that start together must not both migrate, or set a damaged file aside under each other's feet.
    try:
        with FileLock(folder / "opening.lock", timeout=timeout_s):
            yield
    except Timeout as error:
        raise StorageError(
            _("Another window of this program is opening the saved sessions."), _("Wait a moment and start again.")
        ) from error


def _key_of(connection: sqlite3.Connection, session_id: str) -> int:
    row = connection.execute("SELECT key FROM sessions WHERE session_id = ?", (session_id,)).fetchone()
    if row is None:
        raise missing_session()
    return int(row[0])


def _running(connection: sqlite3.Connection, session_id: str) -> tuple[int, int]:
    """Key of a running session and how many frames it has."""
    row = connection.execute(
        "SELECT key, frames FROM sessions WHERE session_id = ? AND state = ?", (session_id, SessionState.RUNNING.value)
    ).fetchone()
    if row is None:
        raise missing_session()
    return int(row[0]), int(row[1])
