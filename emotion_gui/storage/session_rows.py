"""Sessions as database rows and back; the only place that knows the order of the columns."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from emotion_gui.core.emotions import EMOTION_NAMES, EMOTIONS, Emotion
from emotion_gui.core.nervousness import NervousnessRule
from emotion_gui.core.results import Box, FaceResult
from emotion_gui.core.session import Provenance, SessionEvent, SessionFrame, SessionInfo
from emotion_gui.core.statistics import EmotionStatistics

INFO_COLUMNS = "session_id, candidate, note, started_at, rule, provenance, settings"
_FACE_COLUMNS = f"face, x, y, width, height, detector_score, {', '.join(EMOTION_NAMES)}"

INSERT_FRAME = "INSERT INTO frames (session_key, position, frame, time_s, duration_s) VALUES (?, ?, ?, ?, ?)"
INSERT_FACE = f"INSERT INTO faces (session_key, position, {_FACE_COLUMNS}) VALUES ({', '.join('?' * 15)})"
INSERT_EVENT = "INSERT INTO events (session_key, time_s, kind, text) VALUES (?, ?, ?, ?)"
SELECT_FRAMES = f"""
    SELECT frames.position, frame, time_s, duration_s, {_FACE_COLUMNS}
    FROM frames LEFT JOIN faces USING (session_key, position)
    WHERE frames.session_key = ? AND frames.position < ?
    ORDER BY frames.position, face
"""


def moment_text(moment: datetime) -> str:
    """A moment as UTC text that sorts by time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def plain_text(text: str) -> str:
    """The text with halves of surrogate pairs replaced; some keyboards send them, and UTF-8 has no bytes for them."""
    return text.encode("utf-8", errors="replace").decode("utf-8")


def info_row(info: SessionInfo) -> tuple[str, ...]:
    """Values of `INFO_COLUMNS`."""
    rule = {
        "thresholds": {emotion.value: percent for emotion, percent in info.rule.thresholds.items()},
        "counted": [emotion.value for emotion in EMOTIONS if emotion in info.rule.counted],
        "min_face_s": info.rule.min_face_s,
    }
    return (
        info.session_id,
        plain_text(info.candidate),
        plain_text(info.note),
        moment_text(info.started_at),
        json.dumps(rule),
        json.dumps(asdict(info.provenance)),
        json.dumps(dict(info.settings)),
    )


def info_from(row: sqlite3.Row) -> SessionInfo:
    rule = json.loads(row["rule"])
    return SessionInfo(
        candidate=row["candidate"],
        note=row["note"],
        rule=NervousnessRule(
            {_emotion(name): percent for name, percent in rule["thresholds"].items()},
            frozenset(map(_emotion, rule["counted"])),
            rule["min_face_s"],
        ),
        provenance=Provenance(**json.loads(row["provenance"])),
        settings=json.loads(row["settings"]),
        started_at=datetime.fromisoformat(row["started_at"]),
        session_id=row["session_id"],
    )


def _emotion(name: str) -> Emotion:
    return EMOTIONS[EMOTION_NAMES.index(name)]


def frame_rows(key: int, first: int, frames: Iterable[SessionFrame]) -> list[tuple[Any, ...]]:
    return [(key, first + index, f.frame, f.time_s, f.duration_s) for index, f in enumerate(frames)]


def face_rows(key: int, first: int, frames: Iterable[SessionFrame]) -> list[tuple[Any, ...]]:
    return [
        (key, first + index, face.face, *_box_values(face.box), face.detector_score, *face.probabilities)
        for index, frame in enumerate(frames)
        for face in frame.faces
    ]


def _box_values(box: Box) -> tuple[float, float, float, float]:
    return box.x, box.y, box.width, box.height


def event_rows(key: int, events: Iterable[SessionEvent]) -> list[tuple[Any, ...]]:
    return [(key, event.time_s, event.kind, plain_text(event.text)) for event in events]


def frames_from(rows: Iterable[tuple[Any, ...]]) -> Iterator[SessionFrame]:
    """Frames from the rows of `SELECT_FRAMES`: one row per face, one with NULLs for a frame without."""
    for _, group in groupby(rows, key=itemgetter(0)):
        faces = list(group)
        _, frame, time_s, duration_s = faces[0][:4]
        yield SessionFrame(frame, time_s, duration_s, tuple(_face_from(row) for row in faces if row[4] is not None))


def _face_from(row: tuple[Any, ...]) -> FaceResult:
    return FaceResult(row[4], Box(row[5], row[6], row[7], row[8]), row[9], row[10:])


def statistics_from(row: sqlite3.Row, totals: Iterable[tuple[str, int, float]]) -> EmotionStatistics:
    """The running totals of a session.

    Args:
        row: The session's row.
        totals: Emotion, results and seconds of each emotion that was seen.
    """
    statistics = EmotionStatistics(
        frames=row["frames"],
        frames_with_face=row["frames_with_face"],
        duration_s=row["duration_s"],
        face_duration_s=row["face_duration_s"],
    )
    for name, results, seconds in totals:
        statistics.counts[_emotion(name)] = results
        statistics.seconds[_emotion(name)] = seconds
    return statistics
