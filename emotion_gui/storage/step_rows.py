"""The steps of a session's timeline as database rows and back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.results import Box, FaceResult
from emotion_gui.core.session import SessionFrame, SessionState
from emotion_gui.core.timeline import STEP_S, Timeline, TimelineStep
from emotion_gui.storage.values import seconds_blob, seconds_from

_PUT = """
    INSERT OR REPLACE INTO steps (session_key, step, duration_s, face_s, label_s, probability_s)
    VALUES (?, ?, ?, ?, ?, ?)
"""
_SELECT = "SELECT step, duration_s, face_s, label_s, probability_s FROM steps WHERE session_key = ?"
_WITHOUT = "SELECT key FROM sessions WHERE frames > 0 AND state != ? AND key NOT IN (SELECT session_key FROM steps)"
_SELECT_COUNTED = f"""
    SELECT frames.position, time_s, duration_s, {", ".join(EMOTION_NAMES)}
    FROM frames LEFT JOIN faces
        ON faces.session_key = frames.session_key AND faces.position = frames.position AND watched AND problem = ''
    WHERE frames.session_key = ?
    ORDER BY frames.position, face
"""
_NOWHERE = Box(0.0, 0.0, 0.0, 0.0)
# A result reaches back over at most `MAX_HOLD_S`, so its time may be part of the newest three steps.
_REACHED = 4


def add_frames(connection: sqlite3.Connection, key: int, frames: Iterable[SessionFrame]) -> None:
    """Add frames to the course that is kept; call it inside a transaction."""
    newest = connection.execute(f"{_SELECT} ORDER BY step DESC LIMIT {_REACHED}", (key,)).fetchall()
    timeline = Timeline(map(_step_from, reversed(newest)))
    for frame in frames:
        timeline.add(frame.time_s, frame.duration_s, frame.faces)
    put_steps(connection, key, timeline)


def put_steps(connection: sqlite3.Connection, key: int, steps: Iterable[TimelineStep]) -> None:
    """Keep steps, in place of those of the same number; call it inside a transaction."""
    connection.executemany(_PUT, [_row(key, step) for step in steps])


def sessions_without_course(connection: sqlite3.Connection) -> list[int]:
    """Keys of the ended sessions whose course was not kept, because an old version wrote them."""
    return [key for (key,) in connection.execute(_WITHOUT, (SessionState.RUNNING.value,))]


def course_of_frames(connection: sqlite3.Connection, key: int) -> Timeline:
    """The course of a session, added up from its frames; reads of them only what it needs."""
    timeline = Timeline()
    for _, rows in groupby(connection.execute(_SELECT_COUNTED, (key,)), key=itemgetter(0)):
        faces = list(rows)
        _, time_s, duration_s = faces[0][:3]
        timeline.add(time_s, duration_s, [FaceResult(0, _NOWHERE, 1.0, row[3:]) for row in faces if row[3] is not None])
    return timeline


def select_timeline(connection: sqlite3.Connection, key: int) -> Timeline:
    """The whole course of a session."""
    return Timeline(map(_step_from, connection.execute(f"{_SELECT} ORDER BY step", (key,))))


def _row(key: int, step: TimelineStep) -> tuple[object, ...]:
    number = round(step.start_s / STEP_S)
    return key, number, step.duration_s, step.face_s, seconds_blob(step.label_s), seconds_blob(step.probability_s)


def _step_from(row: sqlite3.Row | tuple[int, float, float, bytes, bytes]) -> TimelineStep:
    number, duration_s, face_s, label_s, probability_s = tuple(row)
    return TimelineStep(number * STEP_S, duration_s, face_s, seconds_from(label_s), seconds_from(probability_s))
