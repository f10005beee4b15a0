"""Sessions as database rows and back; the only place that knows the order of the columns."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import asdict, astuple
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from emotion_gui.core.consent import Consent, Purpose
from emotion_gui.core.emotions import EMOTION_NAMES, EMOTIONS
from emotion_gui.core.nervousness import NervousnessRule
from emotion_gui.core.results import Box, FaceQuality, FaceResult, QualityProblem
from emotion_gui.core.session import Provenance, SessionFrame, SessionInfo
from emotion_gui.core.statistics import EmotionStatistics
from emotion_gui.storage.values import emotion_of, moment_text, plain_text, scores_blob, scores_from

INFO_COLUMNS = "session_id, candidate, note, started_at, rule, provenance, settings, purpose, consent"
_QUALITY_COLUMNS = "side_px, light, sharpness, turn"
_FACE_COLUMNS = (
    f"face, x, y, width, height, detector_score, {', '.join(EMOTION_NAMES)}, "
    f"raw, smoothed, track, {_QUALITY_COLUMNS}, problem, watched, candidate"
)

INSERT_FRAME = "INSERT INTO frames (session_key, position, frame, time_s, duration_s) VALUES (?, ?, ?, ?, ?)"
INSERT_FACE = f"INSERT INTO faces (session_key, position, {_FACE_COLUMNS}) VALUES ({', '.join('?' * 25)})"
_SELECT_FRAMES = f"""
    SELECT frames.position, frame, time_s, duration_s, {_FACE_COLUMNS}
    FROM frames LEFT JOIN faces USING (session_key, position)
    WHERE frames.session_key = ? AND {{}}
    ORDER BY frames.position, face
"""
SELECT_FRAMES = _SELECT_FRAMES.format("frames.position < ?")
SELECT_BLOCK = _SELECT_FRAMES.format("frames.position >= ? AND frames.position < ?")
# One time of every so many frames, to find a moment without reading them all.
SELECT_TIMES = "SELECT time_s FROM frames WHERE session_key = ? AND position < ? AND position % ? = 0 ORDER BY position"

# What the columns of later versions hold for the faces of earlier ones.
_FACE_DEFAULTS = {
    "raw": "NULL",
    "smoothed": "NULL",
    "track": "0",
    "problem": "''",
    "watched": "1",
    "candidate": "0",
} | (dict.fromkeys(_QUALITY_COLUMNS.split(", "), "NULL"))


def select_block_of(present: Container[str]) -> str:
    """`SELECT_BLOCK` for a database whose faces have only these columns."""
    columns = ", ".join(
        name if name in present else f"{_FACE_DEFAULTS.get(name, name)} AS {name}" for name in _FACE_COLUMNS.split(", ")
    )
    return SELECT_BLOCK.replace(_FACE_COLUMNS, columns)


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
        info.purpose.value,
        json.dumps(info.consent.to_dict()) if info.consent else "",
    )


def info_from(row: sqlite3.Row | Mapping[str, Any]) -> SessionInfo:
    """What was fixed at the start, from a row of `sessions`."""
    rule = json.loads(row["rule"])
    return SessionInfo(
        candidate=row["candidate"],
        note=row["note"],
        rule=NervousnessRule(
            {emotion_of(name): percent for name, percent in rule["thresholds"].items()},
            frozenset(map(emotion_of, rule["counted"])),
            rule["min_face_s"],
        ),
        provenance=Provenance(**json.loads(row["provenance"])),
        settings=json.loads(row["settings"]),
        purpose=Purpose(row["purpose"]),
        consent=Consent.from_dict(json.loads(row["consent"])) if row["consent"] else None,
        started_at=datetime.fromisoformat(row["started_at"]),
        session_id=row["session_id"],
    )


def frame_rows(key: int, first: int, frames: Iterable[SessionFrame]) -> list[tuple[Any, ...]]:
    return [(key, first + index, f.frame, f.time_s, f.duration_s) for index, f in enumerate(frames)]


def face_rows(key: int, first: int, frames: Iterable[SessionFrame]) -> list[tuple[Any, ...]]:
    return [(key, first + index, *_face_values(face)) for index, frame in enumerate(frames) for face in frame.faces]


def _face_values(face: FaceResult) -> tuple[Any, ...]:
    """Values of `_FACE_COLUMNS`."""
    box = face.box
    return (
        *(face.face, box.x, box.y, box.width, box.height, face.detector_score),
        *face.probabilities,
        *(scores_blob(face.raw), scores_blob(face.smoothed), face.track),
        *(astuple(face.quality) if face.quality else (None,) * 4),
        *(face.problem.value if face.problem else "", face.watched, face.candidate),
    )


def frames_from(rows: Iterable[tuple[Any, ...]]) -> Iterator[SessionFrame]:
    """Frames from the rows of `SELECT_FRAMES`: one row per face, one with NULLs for a frame without."""
    for _, group in groupby(rows, key=itemgetter(0)):
        faces = list(group)
        _, frame, time_s, duration_s = faces[0][:4]
        yield SessionFrame(frame, time_s, duration_s, tuple(_face_from(row) for row in faces if row[4] is not None))


def _face_from(row: tuple[Any, ...]) -> FaceResult:
    face, x, y, width, height, score, *rest = row[4:]
    raw, smoothed, track, side_px, light, sharpness, turn, problem, watched, candidate = rest[len(EMOTIONS) :]
    return FaceResult(
        face,
        Box(x, y, width, height),
        score,
        tuple(rest[: len(EMOTIONS)]),
        raw=scores_from(raw),
        smoothed=scores_from(smoothed),
        track=track,
        quality=None if side_px is None else FaceQuality(side_px, light, sharpness, turn),
        problem=QualityProblem(problem) if problem else None,
        watched=bool(watched),
        candidate=bool(candidate),
    )


def statistics_from(
    row: sqlite3.Row, totals: Iterable[tuple[str, int, float]], problems: Iterable[tuple[str, float]]
) -> EmotionStatistics:
    """The running totals of a session.

    Args:
        row: The session's row.
        totals: Emotion, results and seconds of each emotion that was seen.
        problems: Problem and seconds of each problem that was met.
    """
    statistics = EmotionStatistics(
        frames=row["frames"],
        frames_with_face=row["frames_with_face"],
        duration_s=row["duration_s"],
        face_duration_s=row["face_duration_s"],
        seen_duration_s=row["seen_duration_s"],
    )
    for problem, seconds in problems:
        statistics.problem_s[QualityProblem(problem)] = seconds
    for name, results, seconds in totals:
        statistics.counts[emotion_of(name)] = results
        statistics.seconds[emotion_of(name)] = seconds
    return statistics
