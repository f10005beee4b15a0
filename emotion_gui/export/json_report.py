"""A session as one JSON document, for programs and for the person's right to see what is held."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from emotion_gui.core.brief_changes import NOTE, brief_change_rates
from emotion_gui.core.emotions import EMOTION_NAMES, EMOTIONS
from emotion_gui.core.nervousness import CAVEAT, NervousnessRule
from emotion_gui.core.segments import Segment, segments_of
from emotion_gui.core.session import SessionRecord
from emotion_gui.core.statistics import STATISTICS
from emotion_gui.core.timeline import STEP_S, Timeline
from emotion_gui.core.translation import in_english
from emotion_gui.export.content.model_excerpt import model_excerpt

SCHEMA_NAME, SCHEMA_VERSION = "emotion-gui session", 1
# What a time, a share or a probability of this program is good for, and no more.
_DIGITS = 4


def write_json(record: SessionRecord, path: Path, *, course: bool = True) -> None:
    """Write everything that is kept of a session but its single frames, which are in the table of all results.

    UTF-8. Times of day are ISO 8601 with their offset, session times and durations are seconds, shares and
    probabilities are 0 to 1, thresholds are percent. Numbers are rounded to four digits; what is not known is `null`,
    never NaN. Words of the record (emotions, kinds of events, problems, verdicts) are English in every language; each
    `reason` is for people and in the user's.

    The document, version 1; a later version may add keys, and changes the number where it changes one:

    - `schema`: `name` and `version`.
    - `session`: `session_id`, `candidate`, `note`, `purpose`, `started_at`, `ended_at`, `state`, `source`.
    - `consent`: as `Consent.to_dict`; `null`, or `asked_of` 'nobody', where nobody was asked.
    - `caveat`: what the verdict does not mean.
    - `verdict`: `verdict`, `reason`, `crossings` (each `emotion`, `percent`, `threshold`).
    - `rule`: `thresholds` by emotion, `counted` emotions, `min_usable_s`.
    - `statistics`: totals by their keys, and `emotions` by name with `results`, `seconds` and `share` (of face time).
    - `quality`: `usable_share`, `no_face_s`, `problem_s` by problem.
    - `smoothing_ms`: time constant; 0 for none.
    - `baselines`: each `from_s`, `resting` by emotion, `usable_s`, `brief_changes`, `taken_at`.
    - `markers`: each `marker_id`, `time_s`, `text`.
    - `segments`: each `marker_id` (`null` before the first), `text`, `begin_s`, `end_s`, `counted_s`, `usable_s`,
      `shares` by emotion, `verdict` and `reason`; exact to half a second.
    - `brief_changes`: `per_minute`, `per_minute_at_rest`, `note`, and `list` of `time_s`, `duration_s`, `emotion`,
      `strength`.
    - `corrections`: each `correction_id`, `time_s`, `shown`, `right`, `made_at`, `crop`; no other value follows them.
    - `events`: each `time_s`, `kind`, `text`.
    - `model`: `name`, `sha256`, `detector`, `program_version`; `card` with how it was found (`match`), `split`,
      `labels`, `copies`, `flip_averaging`, `faces`, `accuracy`, `classes` (each `emotion`, `precision`, `recall`,
      `faces`), `training_data`, `selection`, `limits`.
    - `settings`: all settings at the start of the session, by name.
    - `course`: `step_s`, `columns` and `rows`: start, counted time, face time and the mean probability of each emotion
      in every step; a step that is absent was paused or lost.

    Args:
        record: The session.
        path: The file.
        course: Whether the half-second course is written too.

    Raises:
        OSError: The file cannot be written.
    """
    with in_english():
        document = _document(record)
    if course:
        document["course"] = _course(record.timeline)
    # Half a surrogate pair, which no file can hold, becomes JSON's own escape for it.
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        json.dump(_plain(document), file, ensure_ascii=False, allow_nan=False, indent=1)


def _document(record: SessionRecord) -> dict[str, Any]:
    info = record.info
    return {
        "schema": {"name": SCHEMA_NAME, "version": SCHEMA_VERSION},
        "session": {
            "session_id": info.session_id,
            "candidate": info.candidate,
            "note": info.note,
            "purpose": info.purpose,
            "started_at": info.started_at,
            "ended_at": record.ended_at,
            "state": record.state,
            "source": info.provenance.source,
        },
        "consent": info.consent.to_dict() if info.consent else None,
        "caveat": CAVEAT,
        "verdict": _verdict(record),
        "rule": _rule(info.rule),
        **_figures(record),
        **_entries(record),
        "model": _model(record),
        "settings": info.settings,
    }


def _verdict(record: SessionRecord) -> dict[str, Any]:
    judgement = record.judgement
    crossings = [
        {"emotion": each.emotion, "percent": each.share, "threshold": each.threshold} for each in judgement.crossings
    ]
    return {"verdict": judgement.verdict, "reason": judgement.reason, "crossings": crossings}


def _rule(rule: NervousnessRule) -> dict[str, Any]:
    return {
        "thresholds": {e.value: rule.thresholds[e] for e in EMOTIONS if e in rule.thresholds},
        "counted": [emotion for emotion in EMOTIONS if emotion in rule.counted],
        "min_usable_s": rule.min_face_s,
    }


def _figures(record: SessionRecord) -> dict[str, Any]:
    statistics = record.statistics
    shares = statistics.shares()
    emotions = {
        emotion.value: {
            "results": statistics.counts[emotion],
            "seconds": statistics.seconds[emotion],
            "share": shares[emotion],
        }
        for emotion in EMOTIONS
    }
    return {
        "statistics": {each.key: each.function(statistics) for each in STATISTICS} | {"emotions": emotions},
        "quality": {
            "usable_share": statistics.face_duration_s / statistics.duration_s if statistics.duration_s else None,
            "no_face_s": max(0.0, statistics.duration_s - statistics.seen_duration_s),
            "problem_s": {problem.value: seconds for problem, seconds in statistics.problem_s.items()},
        },
        "smoothing_ms": record.info.settings.get("smoothing_ms"),
    }


def _entries(record: SessionRecord) -> dict[str, Any]:
    rates = brief_change_rates(record.brief_changes, record.statistics, record.baselines)
    return {
        "baselines": [
            {"from_s": each.time_s} | each.baseline.to_dict() | {"resting": _by_emotion(each.baseline.resting)}
            for each in record.baselines
        ],
        "markers": [{"marker_id": each.marker_id, "time_s": each.time_s, "text": each.text} for each in record.markers],
        "segments": [_segment(each, record.info.rule) for each in segments_of(record.timeline, record.markers)],
        "brief_changes": {
            "per_minute": rates.session,
            "per_minute_at_rest": rates.baseline,
            "note": NOTE,
            "list": [
                {name: getattr(each, name) for name in ("time_s", "duration_s", "emotion", "strength")}
                for each in record.brief_changes
            ],
        },
        "corrections": [
            {name: getattr(each, name) for name in ("correction_id", "time_s", "shown", "right", "made_at", "crop")}
            for each in record.corrections
        ],
        "events": [{"time_s": each.time_s, "kind": each.kind, "text": each.text} for each in record.events],
    }


def _segment(segment: Segment, rule: NervousnessRule) -> dict[str, Any]:
    judgement, marker = segment.judgement(rule), segment.marker
    return {
        "marker_id": marker.marker_id if marker else None,
        "text": marker.text if marker else "",
        "begin_s": segment.begin_s,
        "end_s": segment.end_s,
        "counted_s": segment.counted_s,
        "usable_s": segment.usable_s,
        "shares": _by_emotion(tuple(segment.shares.values())),
        "verdict": judgement.verdict,
        "reason": judgement.reason,
    }


def _model(record: SessionRecord) -> dict[str, Any]:
    origin = record.info.provenance
    excerpt = model_excerpt(origin)
    card: dict[str, Any] = {"match": excerpt.match}
    if excerpt.accuracy is not None:
        card |= {
            name: getattr(excerpt, name)
            for name in ("split", "labels", "copies", "flip_averaging", "faces", "accuracy")
        }
        card["classes"] = [vars(each) for each in excerpt.classes]
    if excerpt.card:
        card |= {name: getattr(excerpt.card, name) for name in ("training_data", "selection", "limits")}
    return {
        "name": origin.model_name,
        "sha256": origin.model_sha256,
        "detector": origin.detector,
        "program_version": origin.app_version,
        "card": card,
    }


def _course(timeline: Timeline) -> dict[str, Any]:
    return {
        "step_s": STEP_S,
        "columns": ["start_s", "counted_s", "face_s", *EMOTION_NAMES],
        "rows": [[step.start_s, step.duration_s, step.face_s, *step.probabilities] for step in timeline],
    }


def _by_emotion(values: tuple[float, ...]) -> dict[str, float]:
    return dict(zip(EMOTION_NAMES, values, strict=True))


def _plain(value: Any) -> Any:
    """The value as JSON types: numbers rounded, what is no number as null."""
    match value:
        case float():
            return round(value, _DIGITS) if math.isfinite(value) else None
        case Enum():
            return value.value
        case datetime():
            return value.isoformat(timespec="seconds")
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
    return value
