"""Connections to the session database, and transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def connect(path: Path, busy_timeout_s: float, max_bytes: int | None = None) -> sqlite3.Connection:
    """Open a connection in autocommit mode; transactions are begun by `transaction`.

    Args:
        path: The database file; created when it is missing.
        busy_timeout_s: Seconds to wait for another process that writes.
        max_bytes: Size that the database may reach; None for no limit but the disk.

    Raises:
        sqlite3.Error: The file cannot be opened or is no database.
    """
    # SQLite is built for threads here (sqlite3.threadsafety 3); who may use a connection is the store's business.
    connection = sqlite3.connect(path, timeout=busy_timeout_s, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        # With WAL a killed process costs nothing; only a power cut can cost the commits since the last checkpoint.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")
        if max_bytes is not None:
            page_bytes = int(connection.execute("PRAGMA page_size").fetchone()[0])
            connection.execute(f"PRAGMA max_page_count = {max(1, max_bytes // page_bytes)}")
    except (sqlite3.Error, UnicodeDecodeError):
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do the block whole or not at all; the write lock is taken at its beginning, so that it cannot fail half-way."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite rolls back by itself after some errors, a full disk among them; a second ROLLBACK would raise.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
