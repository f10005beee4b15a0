"""What stands beside a session's frames as database rows and back: events, markers, baselines, bursts, corrections."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from emotion_gui.core.baseline import AppliedBaseline, Baseline
from emotion_gui.core.brief_changes import BriefChange
from emotion_gui.core.corrections import Correction
from emotion_gui.core.markers import Marker
from emotion_gui.core.session import SessionEntry, SessionEvent
from emotion_gui.storage.values import emotion_of, moment_text, plain_text

PUT_MARKER = """
    INSERT INTO markers (session_key, marker_id, time_s, text) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET time_s = excluded.time_s, text = excluded.text
"""
PUT_CORRECTION = """
    INSERT OR REPLACE INTO corrections (session_key, correction_id, time_s, shown, right_label, made_at, crop)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_INSERT_EVENT = "INSERT INTO events (session_key, time_s, kind, text) VALUES (?, ?, ?, ?)"
_INSERT_BASELINE = "INSERT INTO baselines (session_key, time_s, baseline) VALUES (?, ?, ?)"
_INSERT_BRIEF_CHANGE = (
    "INSERT INTO brief_changes (session_key, time_s, duration_s, emotion, strength) VALUES (?, ?, ?, ?, ?)"
)


def insert_entries(connection: sqlite3.Connection, key: int, entries: Iterable[SessionEntry]) -> None:
    """Keep what is not a frame; a marker that is there already is replaced."""
    for entry in entries:
        match entry:
            case SessionEvent(time_s, kind, text):
                connection.execute(_INSERT_EVENT, (key, time_s, kind, plain_text(text)))
            case Marker():
                connection.execute(PUT_MARKER, marker_row(key, entry))
            case AppliedBaseline(time_s, baseline):
                connection.execute(_INSERT_BASELINE, (key, time_s, json.dumps(baseline.to_dict())))
            case BriefChange(time_s, duration_s, emotion, strength):
                connection.execute(_INSERT_BRIEF_CHANGE, (key, time_s, duration_s, emotion.value, strength))


def marker_row(key: int, marker: Marker) -> tuple[Any, ...]:
    """Values for `PUT_MARKER`."""
    return key, marker.marker_id, marker.time_s, plain_text(marker.text)


def correction_row(key: int, correction: Correction) -> tuple[Any, ...]:
    """Values for `PUT_CORRECTION`."""
    return (
        key,
        correction.correction_id,
        correction.time_s,
        correction.shown.value,
        correction.right.value,
        moment_text(correction.made_at),
        correction.crop,
    )


def _correction_from(row: tuple[Any, ...]) -> Correction:
    time_s, shown, right, made_at, *rest = row
    return Correction(time_s, emotion_of(shown), emotion_of(right), datetime.fromisoformat(made_at), *rest)


def _brief_change_from(row: tuple[Any, ...]) -> BriefChange:
    time_s, duration_s, name, strength = row
    return BriefChange(time_s, duration_s, emotion_of(name), strength)


@dataclass(frozen=True)
class EntryTable:
    """How one kind of entry is read.

    Attributes:
        name: Of the table, and of the field of `SessionRecord`.
        columns: What is selected, for `read`.
        key: The columns that give the rows of one moment an order.
        read: Makes the entry; raises one of `DECODING_ERRORS` where the row makes no sense.
    """

    name: str
    columns: str
    key: str
    read: Callable[[tuple[Any, ...]], SessionEntry | Correction]


ENTRY_TABLES = (
    EntryTable("events", "time_s, kind, text", "key", lambda row: SessionEvent(*row)),
    EntryTable("markers", "time_s, text, marker_id", "marker_id", lambda row: Marker(*row)),
    EntryTable(
        "baselines",
        "time_s, baseline",
        "key",
        lambda row: AppliedBaseline(row[0], Baseline.from_dict(json.loads(row[1]))),
    ),
    EntryTable("brief_changes", "time_s, duration_s, emotion, strength", "key", _brief_change_from),
    EntryTable(
        "corrections",
        "time_s, shown, right_label, made_at, crop, correction_id",
        "correction_id",
        _correction_from,
    ),
)


def select_entries(connection: sqlite3.Connection, key: int) -> dict[str, Any]:
    """The fields of a `SessionRecord` that are neither frames nor totals, each in order of time."""

    def entries(table: EntryTable) -> Iterator[SessionEntry | Correction]:
        query = f"SELECT {table.columns} FROM {table.name} WHERE session_key = ? ORDER BY time_s, {table.key}"
        for row in connection.execute(query, (key,)):
            yield table.read(tuple(row))

    return {table.name: tuple(entries(table)) for table in ENTRY_TABLES}
