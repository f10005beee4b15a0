"""The one connection that writes to the database."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from emotion_gui.storage.database import connect, transaction
from emotion_gui.storage.upgrade_backup import remove_backups

_PAGES_AT_ONCE = 500


class StoreWriter:
    """Stays open, because SQLite would fold the write-ahead log into the database each time the last one is closed.

    Every method may be called from any thread.
    """

    def __init__(self, path: Path, busy_timeout_s: float, max_bytes: int | None = None) -> None:
        """Open it; see `connect`.

        Raises:
            sqlite3.Error: The file cannot be opened.
        """
        self._path = path
        self._connection = connect(path, busy_timeout_s, max_bytes)
        self._lock = threading.Lock()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: whole or not at all."""
        # The history may delete while a session is appended to: one connection carries one transaction at a time.
        with self._lock, transaction(self._connection):
            yield self._connection

    def leave_no_copies(self) -> None:
        """Give back the space of what was deleted, and leave no copy of it that could be read.

        Raises:
            sqlite3.Error: Another process writes.
        """
        left = 1
        while left:
            with self._lock:
                before = left
                # In slices, so that a running session is kept in between. As a script, because execute() takes one
                # step of it only, and each step frees one page.
                self._connection.executescript(f"PRAGMA incremental_vacuum({_PAGES_AT_ONCE})")
                left = int(self._connection.execute("PRAGMA freelist_count").fetchone()[0])
            # A database that was begun without auto-vacuum keeps its free pages; they are overwritten all the same.
            if left == before:
                break
        with self._lock:
            # Old copies of the rows stay readable in the log until it is cut.
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        remove_backups(self._path)

    def close(self) -> None:
        with self._lock:
            self._connection.close()
