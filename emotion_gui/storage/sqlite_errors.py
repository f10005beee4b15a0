"""SQLite's error codes as sentences for the user."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from emotion_gui.core.errors import StorageError
from emotion_gui.core.translation import N_, _

# What making sense of a stored value raises where the value was changed on the disk.
DECODING_ERRORS = (ValueError, KeyError, TypeError, IndexError, AttributeError, struct.error)

_SENTENCES: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_FULL: (
        N_("The disk is full, so the session cannot be saved."),
        N_("Free some space; saving then goes on by itself."),
    ),
    sqlite3.SQLITE_BUSY: (
        N_("Another program is using the saved sessions."),
        N_("Close other windows of this program and try again."),
    ),
    sqlite3.SQLITE_READONLY: (
        N_("The saved sessions are write-protected."),
        N_("Allow this program to write to its data folder."),
    ),
    sqlite3.SQLITE_CANTOPEN: (
        N_("The folder with the saved sessions cannot be opened."),
        N_("Allow this program to read and write its data folder."),
    ),
    sqlite3.SQLITE_IOERR: (
        N_("The disk with the saved sessions does not answer as it should."),
        N_("Check that it is connected and has free space, then try again."),
    ),
    sqlite3.SQLITE_CORRUPT: (
        N_("The file with the saved sessions is damaged."),
        N_("Start the program again: it sets the damaged file aside and rescues what can be read."),
    ),
}
_SAME_AS = {
    sqlite3.SQLITE_LOCKED: sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_PERM: sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_NOTADB: sqlite3.SQLITE_CORRUPT,
}
_OTHER = (
    N_("The saved sessions cannot be used."),
    N_("Start the program again; if it stays so, see the log."),
)


def primary_code(error: sqlite3.Error) -> int:
    """The error's primary result code (https://www.sqlite.org/rescode.html); SQLITE_ERROR where Python has none."""
    # The low byte is the primary code; the rest tells details such as which file operation failed.
    code = int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF
    return _SAME_AS.get(code, code)


def is_corrupt(error: Exception) -> bool:
    """Whether an error that was met in reading says that the database is damaged."""
    if isinstance(error, DECODING_ERRORS):
        return True
    if not isinstance(error, sqlite3.Error):
        return False
    # Python's own error for text that is no UTF-8 has no code of SQLite's.
    undecodable = isinstance(error, sqlite3.OperationalError) and not hasattr(error, "sqlite_errorcode")
    return undecodable or primary_code(error) == sqlite3.SQLITE_CORRUPT


def damage_mark(path: Path) -> Path:
    """The file that tells the next start that the database at `path` is damaged."""
    return path.with_name(f"{path.name}.damaged")


@contextmanager
def told_plainly(reading: Path | None = None) -> Iterator[None]:
    """Turn what SQLite and the file system raise inside the block into a `StorageError`.

    Args:
        reading: The database where the block only reads it: what cannot be made sense of is damage then, and damage is
            marked for the next start.

    Raises:
        StorageError: With what happened and what to do.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = primary_code(error)
        if reading and is_corrupt(error):
            code = sqlite3.SQLITE_CORRUPT
            _mark(reading)
        raise StorageError(*map(_, _SENTENCES.get(code, _OTHER))) from error
    except OSError as error:
        raise StorageError(
            _("The folder for the saved sessions cannot be used."),
            _("Allow this program to write to its data folder and check that the disk has free space."),
        ) from error
    except DECODING_ERRORS as error:
        if not reading:
            raise
        _mark(reading)
        raise StorageError(*map(_, _SENTENCES[sqlite3.SQLITE_CORRUPT])) from error


def _mark(path: Path) -> None:
    # Without the mark the damage is found again, only later.
    with suppress(OSError):
        damage_mark(path).touch()
