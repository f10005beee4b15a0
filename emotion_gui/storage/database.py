"""Opening the session database: connections, transactions, and a damaged file set aside."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from emotion_gui.storage.migrations import TABLES, known_version, migrate
from emotion_gui.storage.set_aside import set_aside
from emotion_gui.storage.sqlite_errors import primary_code


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
    except sqlite3.Error:
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


def prepare(path: Path, busy_timeout_s: float) -> str:
    """Create or migrate the database; a file that is damaged is renamed and a fresh one made.

    Returns:
        A sentence for the user where a damaged file was set aside; empty otherwise.

    Raises:
        StorageError: A newer version of the program wrote the database.
        sqlite3.Error: The database cannot be opened or written.
        OSError: The damaged file cannot be renamed.
    """
    try:
        _bring_up_to_date(path, busy_timeout_s)
    except sqlite3.DatabaseError as error:
        if primary_code(error) != sqlite3.SQLITE_CORRUPT:
            raise
        kept = set_aside(path)
        for suffix in ("-wal", "-shm"):
            # What is left of the old write-ahead log must not be played into the fresh file.
            leftover = path.with_name(path.name + suffix)
            if leftover.exists():
                leftover.rename(kept.with_name(kept.name + suffix))
        _bring_up_to_date(path, busy_timeout_s)
        return f"The file with the saved sessions was damaged; it was kept as '{kept.name}' and a new one begun."
    return ""


def _bring_up_to_date(path: Path, busy_timeout_s: float) -> None:
    with closing(connect(path, busy_timeout_s)) as connection:
        # Before anything else, because even an empty transaction changes the file.
        known_version(connection)
        # Takes effect only before the first table is made; lets a deleted session give its space back.
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL")
        with transaction(connection):
            migrate(connection)
        # Reads every table's first pages: damage behind the header is found now and not in mid-session.
        for table in TABLES:
            connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchall()
