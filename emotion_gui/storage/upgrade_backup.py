"""A copy of the database before its layout is changed, in case the new version turns out to be wrong."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from emotion_gui.core.atomic_file import atomic_path
from emotion_gui.core.errors import StorageError
from emotion_gui.core.translation import _


def back_up(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """Copy the database to 'NAME.backup-vN.ext' beside it; earlier copies go.

    Args:
        connection: Open on the database.
        path: The database's file.
        version: Version of its layout.

    Raises:
        StorageError: The copy cannot be made; the database is as it was.
    """
    target = path.with_name(f"{path.stem}.backup-v{version}{path.suffix}")
    try:
        with atomic_path(target) as temporary, closing(sqlite3.connect(temporary)) as copy:
            connection.backup(copy)
    except (sqlite3.Error, OSError) as error:
        raise StorageError(
            _("Your sessions could not be copied to be safe before this version uses them."),
            _("Free some disk space and start again; nothing was changed."),
        ) from error
    remove_backups(path, but=target)
    return target


def remove_backups(path: Path, but: Path | None = None) -> None:
    """Remove the copies beside a database, apart from one; what is deleted from the one must not live on in others."""
    for copy in path.parent.glob(f"{path.stem}.backup-v*{path.suffix}*"):
        if copy != but:
            with suppress(OSError):
                copy.unlink()
