"""Reading what can still be read of a damaged database, row by row."""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from emotion_gui.core.baseline import AppliedBaseline
from emotion_gui.core.brief_changes import BriefChange
from emotion_gui.core.corrections import Correction
from emotion_gui.core.markers import Marker
from emotion_gui.core.session import (
    MAX_HOLD_S,
    SessionEntry,
    SessionEvent,
    SessionFrame,
    SessionInfo,
    SessionState,
)
from emotion_gui.storage.entry_rows import ENTRY_TABLES, EntryTable
from emotion_gui.storage.session_rows import frames_from, info_from, select_block_of
from emotion_gui.storage.sqlite_errors import DECODING_ERRORS

_TROUBLE = (*DECODING_ERRORS, sqlite3.Error)
# Each finds the keys of sessions by another way through the file.
_KEY_QUERIES = (
    "SELECT key FROM sessions ORDER BY key",
    "SELECT key FROM sessions ORDER BY key DESC",
    "SELECT key FROM sessions INDEXED BY sessions_by_start ORDER BY started_at",
    "SELECT key FROM sessions INDEXED BY sessions_by_start ORDER BY started_at DESC",
    "SELECT session_key FROM emotion_totals ORDER BY session_key",
    "SELECT session_key FROM emotion_totals ORDER BY session_key DESC",
)
_MOST_SESSIONS, _MOST_FRAMES, _YEAR_S = 10**6, 10**7, 366 * 86400.0
_SESSION_ID = re.compile(r"[0-9a-f]{32}")
_BLOCK = 256
# Probabilities are float32 and may add up to a hair over one.
_ROUNDING = 1e-3
# What the columns of later versions hold for the sessions of earlier ones.
_SESSION_DEFAULTS: dict[str, Any] = {"purpose": "other", "consent": "", "keep_until": ""}


@dataclass(frozen=True)
class RescuedHead:
    """What the row of a session says."""

    info: SessionInfo
    ended_at: datetime
    state: SessionState
    frames: int
    keep_until: datetime | None


class DamagedReader:
    """Opens a damaged database without changing it.

    Attributes:
        lost_frames: How many frames of the session read last could not be read.
        lost_entries: Whether something beside its frames could not be read.
        latest_s: Session time of the last frame that could be read.
    """

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            sqlite3.Error: Nothing at all can be read.
        """
        self.lost_frames = 0
        self.lost_entries = False
        self.latest_s = 0.0
        self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            self._tables = {name for (name,) in self._connection.execute("SELECT name FROM sqlite_master")}
            # The row of a column is (number, name, ...).
            columns = {row[1] for row in self._connection.execute("PRAGMA table_info(faces)")}
        except (sqlite3.Error, UnicodeDecodeError):
            self._connection.close()
            raise
        self._select_block = select_block_of(columns)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def session_keys(self) -> list[int]:
        """The keys of all sessions of which there is a trace."""
        found: set[int] = set()
        for query in _KEY_QUERIES:
            # What was read before the damage counts.
            with suppress(*_TROUBLE):
                for (key,) in self._connection.execute(query):
                    if isinstance(key, int) and 0 < key < _MOST_SESSIONS:
                        found.add(key)
        return sorted(found)

    def head(self, key: int) -> RescuedHead | None:
        """What the session's row says; None where it cannot be read."""
        with suppress(*_TROUBLE):
            found = self._connection.execute("SELECT * FROM sessions WHERE key = ?", (key,))
            row = found.fetchone()
            if row is not None:
                values = _SESSION_DEFAULTS | dict(zip((column[0] for column in found.description), row, strict=True))
                if not _is_head(values):
                    return None
                return RescuedHead(
                    info_from(values),
                    datetime.fromisoformat(values["ended_at"]),
                    SessionState(values["state"]),
                    min(max(0, int(values["frames"])), _MOST_FRAMES),
                    datetime.fromisoformat(values["keep_until"]) if values["keep_until"] else None,
                )
        return None

    def frames(self, key: int, expected: int) -> Iterator[list[SessionFrame]]:
        """The frames of a session that can be read, in blocks and in order of time."""
        self.lost_frames, self.latest_s = 0, 0.0
        for first in range(0, expected, _BLOCK):
            block: list[SessionFrame] = []
            for frame in self._block(key, first, min(first + _BLOCK, expected)):
                if _is_possible(frame, self.latest_s):
                    block.append(frame)
                    self.latest_s = frame.time_s
            self.lost_frames += min(_BLOCK, expected - first) - len(block)
            yield block

    def _block(self, key: int, first: int, last: int) -> list[SessionFrame]:
        try:
            return list(frames_from(self._connection.execute(self._select_block, (key, first, last))))
        except _TROUBLE:
            if last - first == 1:
                return []
        middle = (first + last) // 2
        return [*self._block(key, first, middle), *self._block(key, middle, last)]

    def entries(self, key: int) -> list[SessionEntry | Correction]:
        """Events, markers, baselines, brief changes and corrections that can be read, kind by kind."""
        self.lost_entries = False
        return [entry for table in ENTRY_TABLES if table.name in self._tables for entry in self._of(table, key)]

    def _of(self, table: EntryTable, key: int) -> Iterator[SessionEntry | Correction]:
        rows: dict[tuple[Any, ...], None] = {}
        query = f"SELECT {table.key}, {table.columns} FROM {table.name} WHERE session_key = ? ORDER BY {table.key}"
        # From both ends, as far as the damage lets it.
        for direction in ("ASC", "DESC"):
            with self._noting():
                for row in self._connection.execute(f"{query} {direction}", (key,)):
                    rows.setdefault(tuple(row))
        for _, *values in sorted(rows, key=lambda row: row[1] if isinstance(row[1], float) else 0.0):
            with self._noting():
                entry = table.read(tuple(values))
                # An entry is kept only where it can be written again.
                if _can_be_written(entry):
                    yield entry
                else:
                    self.lost_entries = True

    @contextmanager
    def _noting(self) -> Iterator[None]:
        try:
            yield
        except _TROUBLE:
            self.lost_entries = True


def _is_head(values: Mapping[str, Any]) -> bool:
    texts = all(isinstance(values[name], str) for name in ("session_id", "candidate", "note"))
    return texts and _SESSION_ID.fullmatch(values["session_id"]) is not None


def _is_possible(frame: SessionFrame, latest_s: float) -> bool:
    """Whether the values can have been written by this program; a changed bit makes 0.04 s into 10^300."""
    numbers = [frame.time_s, frame.duration_s]
    scores: list[float] = []
    for face in frame.faces:
        box = face.box
        numbers += [face.face, box.x, box.y, box.width, box.height, face.track]
        scores += [face.detector_score, *face.probabilities, *face.raw, *face.smoothed]
    return (
        all(isinstance(number, (int, float)) and math.isfinite(number) for number in (*numbers, *scores))
        and isinstance(frame.frame, int)
        # Two rows for one place: what the pages say contradicts itself.
        and len({face.face for face in frame.faces}) == len(frame.faces)
        and latest_s <= frame.time_s <= _YEAR_S
        and 0 <= frame.duration_s <= MAX_HOLD_S
        and all(-_ROUNDING <= score <= 1 + _ROUNDING for score in scores)
    )


def _can_be_written(entry: SessionEntry | Correction) -> bool:
    match entry:
        case SessionEvent(_, str(), str()) | Marker(_, str(), str()) | Correction() | AppliedBaseline() | BriefChange():
            return isinstance(entry.time_s, float) and 0 <= entry.time_s <= _YEAR_S
    return False
