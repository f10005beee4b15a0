"""A copy of a database whose first bytes were overwritten, with the first bytes of a healthy one."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from emotion_gui.storage.migrations import migrate

# The database's head; what follows on the first page is the list of its tables (SQLite file format, section 1.3).
_HEAD_BYTES, _SIZE_AT, _CHANGES_AT, _VALID_FOR_AT = 100, 28, 24, 92


@contextmanager
def with_new_head(damaged: Path) -> Iterator[Path]:
    """Give a copy with a head of its own, gone after the block; the damaged file is not changed.

    Every database of this program has the same head but for its size, so nothing has to be guessed.

    Raises:
        OSError: There is no room for the copy.
    """
    # Beside the original: the folder for temporary files may be too small for it.
    with tempfile.TemporaryDirectory(prefix=".repair-", dir=damaged.parent) as folder:
        copy = Path(folder) / "copy.sqlite3"
        shutil.copyfile(damaged, copy)
        log = damaged.with_name(f"{damaged.name}-wal")
        if log.exists():
            shutil.copyfile(log, Path(folder) / "copy.sqlite3-wal")
        head = bytearray(_healthy_head(Path(folder) / "healthy.sqlite3"))
        page_bytes = int.from_bytes(head[16:18], "big")
        head[_SIZE_AT : _SIZE_AT + 4] = (copy.stat().st_size // page_bytes).to_bytes(4, "big")
        # The size counts only where these two agree.
        head[_VALID_FOR_AT : _VALID_FOR_AT + 4] = head[_CHANGES_AT : _CHANGES_AT + 4]
        with copy.open("rb+") as file:
            file.write(head)
        yield copy


def _healthy_head(path: Path) -> bytes:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL")
        migrate(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return path.read_bytes()[:_HEAD_BYTES]
