"""Bringing the database into use: checked, upgraded after a backup, or set aside where it is damaged."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from emotion_gui.core.errors import StorageError
from emotion_gui.core.translation import _
from emotion_gui.storage.database import connect, transaction
from emotion_gui.storage.integrity import is_damaged
from emotion_gui.storage.migrations import MIGRATIONS, has_its_tables, known_version, migrate
from emotion_gui.storage.rescue import mark_for_rescue
from emotion_gui.storage.set_aside import set_aside
from emotion_gui.storage.sqlite_errors import damage_mark, is_corrupt
from emotion_gui.storage.upgrade_backup import back_up

# An hour's session. What is larger takes too long to be read before the window opens, and is checked behind it.
CHECKED_AT_ONCE_BYTES = 32 * 1024 * 1024


def prepare(path: Path, busy_timeout_s: float, *, alone: bool) -> str:
    """Create or upgrade the database; a file that is damaged is renamed and a fresh one made.

    Args:
        path: The database file.
        busy_timeout_s: Seconds to wait for another process that writes.
        alone: Whether no other window has it open.

    Returns:
        A sentence for the user where a damaged file was set aside; empty otherwise.

    Raises:
        StorageError: A newer version wrote it, it cannot be copied before an upgrade, or it is damaged and in use.
        sqlite3.Error: The database cannot be opened or written.
        OSError: The damaged file cannot be renamed.
    """
    if _can_be_used(path, busy_timeout_s, alone=alone):
        return ""
    if not alone:
        raise StorageError(
            _("The file with the saved sessions is damaged."),
            _("Close all windows of this program and start it again; it rescues what can be read."),
        )
    return _begin_anew(path, busy_timeout_s)


def _can_be_used(path: Path, busy_timeout_s: float, *, alone: bool) -> bool:
    if alone and damage_mark(path).exists():
        return False
    try:
        if not _bring_up_to_date(path, busy_timeout_s):
            return False
        checked = alone and path.stat().st_size <= CHECKED_AT_ONCE_BYTES
        return not (checked and is_damaged(path, busy_timeout_s))
    # An error's text quotes the schema, whose damage may leave it no UTF-8.
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if is_corrupt(error):
            return False
        raise


def _begin_anew(path: Path, busy_timeout_s: float) -> str:
    kept = set_aside(path) if path.exists() else None
    for suffix in ("-wal", "-shm"):
        # What is left of the old write-ahead log must not be played into the fresh file.
        leftover = path.with_name(path.name + suffix)
        if kept and leftover.exists():
            leftover.rename(kept.with_name(kept.name + suffix))
    if kept:
        mark_for_rescue(kept)
    damage_mark(path).unlink(missing_ok=True)
    _bring_up_to_date(path, busy_timeout_s)
    if kept is None:
        return ""
    return _("The file with the saved sessions was damaged; it was kept as '{name}' and a new one begun.").format(
        name=kept.name
    )


def _bring_up_to_date(path: Path, busy_timeout_s: float) -> bool:
    """Create or upgrade it; False where it has not the tables of its version."""
    with closing(connect(path, busy_timeout_s)) as connection:
        # Before anything else, because even an empty transaction changes the file.
        version = known_version(connection)
        if not has_its_tables(connection, version):
            return False
        if 0 < version < len(MIGRATIONS):
            back_up(connection, path, version)
        # Takes effect only before the first table is made; lets a deleted session give its space back.
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL")
        with transaction(connection):
            migrate(connection)
        # Damage in what every session needs is found now, whatever the file's size.
        connection.execute("SELECT count(note) FROM sessions").fetchone()
    return True
