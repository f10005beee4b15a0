"""Past sessions: listed, opened, exported and deleted in the background."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from emotion_gui.controller.record_writer import RecordWriter
from emotion_gui.core.errors import AppError, StorageError
from emotion_gui.core.session import SessionRecord
from emotion_gui.core.translation import _
from emotion_gui.pipeline.tasks import TaskRunner
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.storage.session_summary import SessionSummary

Failed = Callable[[AppError], None]


class History:
    """The stored sessions; each method returns at once and calls back from the controller's `poll`."""

    def __init__(self, store: SessionStore, writer: RecordWriter, tasks: TaskRunner, failed: Failed) -> None:
        """Take what it works on.

        Args:
            store: Where the sessions are.
            writer: What still writes to it; waited for before a session is read.
            tasks: Runs the work.
            failed: Told about errors where the caller gives no function of its own.
        """
        self._store = store
        self._writer = writer
        self._tasks = tasks
        self._failed = failed

    def list_sessions(self, done: Callable[[tuple[SessionSummary, ...]], None]) -> None:
        """All sessions, newest first."""
        self._tasks.run(self._store.list, done, self._failed)

    def interrupted(self, done: Callable[[tuple[SessionSummary, ...]], None]) -> None:
        """Sessions that a crash cut off and nobody has decided on."""
        self._tasks.run(self._store.interrupted, done, self._failed)

    def open_session(self, session_id: str, done: Callable[[SessionRecord], None]) -> None:
        self._tasks.run(lambda: self._load(session_id), done, self._failed)

    def keep_session(self, session_id: str, done: Callable[[], None]) -> None:
        self._tasks.run(lambda: self._store.keep(session_id), lambda _: done(), self._failed)

    def delete_session(self, session_id: str, done: Callable[[], None]) -> None:
        self._tasks.run(lambda: self._store.delete(session_id), lambda _: done(), self._failed)

    def export(
        self,
        session_id: str,
        key: str,
        *,
        path: Path,
        overwrite: bool,
        done: Callable[[], None],
        failed: Failed,
    ) -> None:
        """Write a report.

        Args:
            session_id: Which session; the running one is exported as far as it has come.
            key: Format, a key of `EXPORTERS`.
            path: The file to write.
            overwrite: Whether a file that is there may be replaced.
            done: Called when the file is there.
            failed: Gets the error; `ExportError` when the file is there and may not be replaced.
        """

        def work() -> Path:
            from emotion_gui.export import export_session

            return export_session(self._load(session_id), key, path, overwrite=overwrite)

        self._tasks.run(work, lambda _: done(), failed)

    def _load(self, session_id: str) -> SessionRecord:
        # What was counted a moment ago may still be on its way to the disk.
        if not self._writer.flush():
            raise StorageError(_("The session is not saved yet."), _("Free some disk space and try again."))
        return self._store.load(session_id)
