"""All that is stored about one person: found by the name, and freed of it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from emotion_gui.core.errors import StorageError
from emotion_gui.core.translation import _
from emotion_gui.storage.database import connect
from emotion_gui.storage.person_rows import candidate_of, forget_in_settings, keys_of_person, replace_name
from emotion_gui.storage.session_locks import SessionLocks
from emotion_gui.storage.session_reader import SessionReader
from emotion_gui.storage.session_summary import SessionSummary
from emotion_gui.storage.sqlite_errors import told_plainly
from emotion_gui.storage.store_writer import StoreWriter


class StoredPersons:
    """Persons in a store; two names are the same as `emotion_gui.core.candidate_names.person_key` says."""

    def __init__(self, path: Path, reader: SessionReader, writer: StoreWriter, locks: SessionLocks) -> None:
        self._path = path
        self._reader = reader
        self._writer = writer
        self._locks = locks

    def sessions_of(self, session_id: str) -> tuple[SessionSummary, ...]:
        """All sessions of the person of one session, newest first; it alone where it has no name.

        Raises:
            StorageError: The store cannot be read.
        """
        with told_plainly(self._path), closing(connect(self._path, self._reader.busy_timeout_s)) as connection:
            wanted = set(keys_of_person(connection, session_id).values())
        return tuple(summary for summary in self._reader.list() if summary.session_id in wanted)

    def replace_name(self, session_id: str, code: str) -> int:
        """Put a code in place of a person's name: in all of the person's sessions, with their notes and events.

        The old bytes are overwritten. Pictures and videos stay as they are.

        Returns:
            How many sessions it was.

        Raises:
            StorageError: One of them is still running, or the store cannot be written.
        """
        if any(self._locks.is_held(summary.session_id) for summary in self.sessions_of(session_id)):
            raise StorageError(_("A session of this person is still running."), _("Stop it and try again."))
        with told_plainly():
            with self._writer.writing() as connection:
                keys = keys_of_person(connection, session_id)
                names = [candidate_of(connection, key) for key in keys]
                for key in keys:
                    replace_name(connection, key, code)
                forget_in_settings(connection, names, code)
            self._writer.leave_no_copies()
        return len(keys)

    def forget_name(self, name: str) -> None:
        """Take a name out of the settings that the sessions of others hold.

        Raises:
            StorageError: The store cannot be written.
        """
        with told_plainly():
            with self._writer.writing() as connection:
                forget_in_settings(connection, [name], "")
            self._writer.leave_no_copies()
