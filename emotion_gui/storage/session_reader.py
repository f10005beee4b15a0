"""Reading stored sessions: each call opens its own connection, so that any thread may read while one writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from emotion_gui.core.errors import StorageError
from emotion_gui.core.session import SessionFrame, SessionRecord, SessionState
from emotion_gui.core.translation import _
from emotion_gui.storage.database import connect
from emotion_gui.storage.entry_rows import select_entries
from emotion_gui.storage.session_rows import (
    SELECT_BLOCK,
    SELECT_FRAMES,
    SELECT_TIMES,
    frames_from,
    info_from,
    statistics_from,
)
from emotion_gui.storage.session_summary import SessionSummary
from emotion_gui.storage.sqlite_errors import told_plainly
from emotion_gui.storage.step_rows import course_of_frames, select_timeline


class StoredFrames:
    """The frames of one session, read from the database anew each time they are gone through."""

    def __init__(self, path: Path, busy_timeout_s: float, key: int, count: int) -> None:
        self._path = path
        self._busy_timeout_s = busy_timeout_s
        self._key = key
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[SessionFrame]:
        """The frames in order of time.

        Raises:
            StorageError: The database cannot be read, or the session was deleted in the meantime.
        """
        read = 0
        with told_plainly(self._path), closing(connect(self._path, self._busy_timeout_s)) as connection:
            for frame in frames_from(connection.execute(SELECT_FRAMES, (self._key, self._count))):
                read += 1
                yield frame
        if read < self._count:
            raise missing_session()

    def times(self, every: int) -> list[float]:
        """Session time in seconds of the first of every so many frames, rising.

        Raises:
            StorageError: The database cannot be read.
        """
        with told_plainly(), closing(connect(self._path, self._busy_timeout_s)) as connection:
            rows = connection.execute(SELECT_TIMES, (self._key, self._count, every)).fetchall()
        return [float(time_s) for (time_s,) in rows]

    def block(self, first: int, count: int) -> tuple[SessionFrame, ...]:
        """Up to `count` frames from position `first` on, without reading the others.

        Raises:
            StorageError: The database cannot be read.
        """
        last = min(first + count, self._count)
        with told_plainly(), closing(connect(self._path, self._busy_timeout_s)) as connection:
            return tuple(frames_from(connection.execute(SELECT_BLOCK, (self._key, first, last))))


def missing_session() -> StorageError:
    return StorageError(_("This session is no longer there."), _("It was deleted, perhaps in another window."))


class SessionReader:
    """Lists and loads what a `SessionStore` keeps.

    Attributes:
        busy_timeout_s: Seconds to wait for another process.
    """

    def __init__(self, path: Path, busy_timeout_s: float) -> None:
        self._path = path
        self.busy_timeout_s = busy_timeout_s

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with told_plainly(self._path), closing(connect(self._path, self.busy_timeout_s)) as connection:
            connection.row_factory = sqlite3.Row
            # One snapshot for all queries of a call: another process may write between them.
            connection.execute("BEGIN")
            yield connection

    def list(self, state: SessionState | None = None) -> tuple[SessionSummary, ...]:
        """The stored sessions, newest first; those in one state where it is given.

        Raises:
            StorageError: The database cannot be read.
        """
        wanted = [state.value] if state else [each.value for each in SessionState]
        query = (
            f"SELECT * FROM sessions WHERE state IN ({', '.join('?' * len(wanted))}) ORDER BY started_at DESC, key DESC"
        )
        with self._reading() as connection:
            rows = connection.execute(query, wanted).fetchall()
            return tuple(summary_from(connection, row) for row in rows)

    def state_of(self, session_id: str) -> SessionState | None:
        """See `SessionStore.state_of`."""
        with self._reading() as connection:
            row = connection.execute("SELECT state FROM sessions WHERE session_id = ?", (session_id,)).fetchone()
        return SessionState(row["state"]) if row else None

    def load(self, session_id: str) -> SessionRecord:
        """A session as a whole; its frames are read from the database when they are gone through.

        Raises:
            StorageError: There is no such session, or the database cannot be read.
        """
        with self._reading() as connection:
            row = connection.execute("SELECT * FROM sessions WHERE session_id = ?", (session_id,)).fetchone()
            if row is None:
                raise missing_session()
            summary = summary_from(connection, row)
            entries = select_entries(connection, row["key"])
            timeline = select_timeline(connection, row["key"])
            if not len(timeline):
                # Kept by a version that did not keep the course; `Upkeep.check` has not come to it yet.
                timeline = course_of_frames(connection, row["key"])
        frames = StoredFrames(self._path, self.busy_timeout_s, row["key"], row["frames"])
        return SessionRecord(
            info=summary.info,
            ended_at=summary.ended_at,
            state=summary.state,
            frames=frames,
            statistics=summary.statistics,
            timeline=timeline,
            **entries,
        )


def summary_from(connection: sqlite3.Connection, row: sqlite3.Row) -> SessionSummary:
    """The summary of a row of `sessions`; raises one of `DECODING_ERRORS` where the row makes no sense."""
    totals = connection.execute(
        "SELECT emotion, results, seconds FROM emotion_totals WHERE session_key = ?", (row["key"],)
    ).fetchall()
    problems = connection.execute(
        "SELECT problem, seconds FROM problem_totals WHERE session_key = ?", (row["key"],)
    ).fetchall()
    return SessionSummary(
        info=info_from(row),
        ended_at=datetime.fromisoformat(row["ended_at"]),
        state=SessionState(row["state"]),
        statistics=statistics_from(row, totals, problems),
        keep_until=datetime.fromisoformat(row["keep_until"]) if row["keep_until"] else None,
    )
