"""A store as the first version of the program wrote it, with the statements of that version."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.session import SessionFrame, SessionInfo, summarize
from emotion_gui.storage.migrations import MIGRATIONS


def write_old_store(folder: Path, sessions: Sequence[tuple[SessionInfo, Sequence[SessionFrame]]]) -> Path:
    """Write finished sessions with one event each; returns the database's file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "sessions.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL")
        for statement in MIGRATIONS[0]:
            connection.execute(statement)
        for key, (info, frames) in enumerate(sessions, 1):
            _write_session(connection, key, info, frames)
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    return path


def _write_session(connection: sqlite3.Connection, key: int, info: SessionInfo, frames: Sequence[SessionFrame]) -> None:
    totals, _ = summarize(frames)
    rule = {"thresholds": {"fear": 25.0}, "counted": [e.value for e in EMOTIONS], "min_face_s": 10.0}
    connection.execute(
        "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(key, info.session_id, info.candidate, info.note),
            *(info.started_at.isoformat(timespec="microseconds"), info.started_at.isoformat(timespec="microseconds")),
            *("finished", json.dumps(rule), json.dumps(vars(info.provenance)), json.dumps(dict(info.settings))),
            *(totals.frames, totals.frames_with_face, totals.duration_s, totals.face_duration_s),
        ),
    )
    rows = [(key, e.value, totals.counts[e], totals.seconds[e]) for e in EMOTIONS if totals.counts[e]]
    connection.executemany("INSERT INTO emotion_totals VALUES (?, ?, ?, ?)", rows)
    for position, frame in enumerate(frames):
        connection.execute(
            "INSERT INTO frames VALUES (?, ?, ?, ?, ?)",
            (key, position, frame.frame, frame.time_s, frame.duration_s),
        )
        for face in frame.faces:
            box = face.box
            values = (key, position, face.face, box.x, box.y, box.width, box.height, face.detector_score)
            connection.execute(f"INSERT INTO faces VALUES ({', '.join('?' * 15)})", (*values, *face.probabilities))
    connection.execute("INSERT INTO events (session_key, time_s, kind, text) VALUES (?, 1.5, 'paused', '')", (key,))
