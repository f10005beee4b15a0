"""Whether the database can be trusted: its pages by SQLite's own check, its values by what can stand there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from emotion_gui.core.results import QualityProblem
from emotion_gui.core.session import MAX_HOLD_S
from emotion_gui.storage.database import connect
from emotion_gui.storage.entry_rows import select_entries
from emotion_gui.storage.session_reader import summary_from
from emotion_gui.storage.sqlite_errors import DECODING_ERRORS, is_corrupt

_PROBLEMS = ", ".join(f"'{problem.value}'" for problem in QualityProblem)
# Seven float32 each; a year is longer than any session.
_WRONG_FACE = f"""
    SELECT 1 FROM faces
    WHERE problem NOT IN ('', {_PROBLEMS}) OR length(raw) NOT IN (0, 28) OR length(smoothed) NOT IN (0, 28) LIMIT 1
"""
_WRONG_FRAME = f"""
    SELECT 1 FROM frames
    WHERE NOT (duration_s BETWEEN 0 AND {MAX_HOLD_S} AND time_s BETWEEN 0 AND 31622400) LIMIT 1
"""
_WRONG_STEP = "SELECT 1 FROM steps WHERE length(label_s) != 56 OR length(probability_s) != 56 LIMIT 1"


def is_damaged(path: Path, busy_timeout_s: float) -> bool:
    """Whether something in the database cannot be read or cannot be right.

    Reads the whole file: about 0.1 s of a processor for an hour at 30 results a second, 1 s for ten. A value that
    was changed into another possible one is not found; SQLite keeps no checksums.

    Raises:
        sqlite3.Error: The database is locked, or its disk does not answer.
    """
    try:
        with closing(connect(path, busy_timeout_s)) as connection:
            return _has_damage(connection)
    except (*DECODING_ERRORS, sqlite3.Error) as error:
        if is_corrupt(error):
            return True
        raise


def _has_damage(connection: sqlite3.Connection) -> bool:
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        return True
    for query in (_WRONG_FACE, _WRONG_FRAME, _WRONG_STEP):
        if connection.execute(query).fetchone():
            return True
    connection.row_factory = sqlite3.Row
    for row in connection.execute("SELECT * FROM sessions"):
        # Reading is the test: what cannot be made sense of raises.
        summary_from(connection, row)
        select_entries(connection, row["key"])
    return False
