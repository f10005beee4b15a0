"""The steps of a session's timeline as database rows and back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from emotion_gui.core.session import SessionFrame
from emotion_gui.core.timeline import STEP_S, Timeline, TimelineStep
from emotion_gui.storage.values import seconds_blob, seconds_from

_PUT = """
    INSERT OR REPLACE INTO steps (session_key, step, duration_s, face_s, label_s, probability_s)
    VALUES (?, ?, ?, ?, ?, ?)
"""
_SELECT = "SELECT step, duration_s, face_s, label_s, probability_s FROM steps WHERE session_key = ?"
# A result reaches back over at most `MAX_HOLD_S`, so its time may be part of the newest three steps.
_REACHED = 4


def add_frames(connection: sqlite3.Connection, key: int, frames: Iterable[SessionFrame]) -> None:
    """Add frames to the course that is kept; call it inside a transaction."""
    newest = connection.execute(f"{_SELECT} ORDER BY step DESC LIMIT {_REACHED}", (key,)).fetchall()
    timeline = Timeline(map(_step_from, reversed(newest)))
    for frame in frames:
        timeline.add(frame.time_s, frame.duration_s, frame.faces)
    connection.executemany(_PUT, [_row(key, step) for step in timeline])


def select_timeline(connection: sqlite3.Connection, key: int) -> Timeline:
    """The whole course of a session."""
    return Timeline(map(_step_from, connection.execute(f"{_SELECT} ORDER BY step", (key,))))


def _row(key: int, step: TimelineStep) -> tuple[object, ...]:
    number = round(step.start_s / STEP_S)
    return key, number, step.duration_s, step.face_s, seconds_blob(step.label_s), seconds_blob(step.probability_s)


def _step_from(row: sqlite3.Row | tuple[int, float, float, bytes, bytes]) -> TimelineStep:
    number, duration_s, face_s, label_s, probability_s = tuple(row)
    return TimelineStep(number * STEP_S, duration_s, face_s, seconds_from(label_s), seconds_from(probability_s))
