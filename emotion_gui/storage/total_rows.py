"""The running totals of a session as database rows."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from emotion_gui.core.statistics import EmotionStatistics
from emotion_gui.storage.values import moment_text

_ADD_TO_SESSION = """
    UPDATE sessions SET frames = frames + ?, frames_with_face = frames_with_face + ?,
        duration_s = duration_s + ?, face_duration_s = face_duration_s + ?, seen_duration_s = seen_duration_s + ?,
        ended_at = MAX(ended_at, ?)
    WHERE key = ?
"""  # The clock of a computer may be set back; a session does not end before it began.
_ADD_TO_EMOTION = """
    INSERT INTO emotion_totals (session_key, emotion, results, seconds) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET results = results + excluded.results, seconds = seconds + excluded.seconds
"""
_ADD_TO_PROBLEM = """
    INSERT INTO problem_totals (session_key, problem, seconds) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET seconds = seconds + excluded.seconds
"""


def add_totals(connection: sqlite3.Connection, key: int, added: EmotionStatistics) -> None:
    """Add to the totals of a session, and note that it went on until now; call it inside a transaction."""
    connection.execute(
        _ADD_TO_SESSION,
        (
            added.frames,
            added.frames_with_face,
            added.duration_s,
            added.face_duration_s,
            added.seen_duration_s,
            moment_text(datetime.now(UTC)),
            key,
        ),
    )
    totals = [(key, e.value, count, added.seconds[e]) for e, count in added.counts.items() if count]
    connection.executemany(_ADD_TO_EMOTION, totals)
    problems = [(key, problem.value, seconds) for problem, seconds in added.problem_s.items() if seconds]
    connection.executemany(_ADD_TO_PROBLEM, problems)
