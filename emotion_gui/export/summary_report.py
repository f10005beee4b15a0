"""The figures of a session as a tidy table: section, key, value, unit."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.nervousness import CAVEAT
from emotion_gui.core.session import SessionRecord
from emotion_gui.core.statistics import STATISTICS
from emotion_gui.core.translation import in_english
from emotion_gui.export.cells import defused
from emotion_gui.export.summary_sections import (
    Row,
    brief_change_rows,
    consent_rows,
    correction_rows,
    method_rows,
    model_rows,
    segment_rows,
)

COLUMNS = ("section", "key", "value", "unit")


def write_summary(record: SessionRecord, path: Path) -> None:
    """Write the table; UTF-8 with a byte order mark, as `csv_report` does.

    Sections and keys are English and stable; a later version adds rows and takes none away. What comes in numbers has
    the number in its key: 'segment 2 percent happy', 'marker 1 at 12.5 s'.

    Raises:
        OSError: The file cannot be written.
    """
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        with in_english():
            for section, key, value, unit in _rows(record):
                writer.writerow((section, key, defused(value) if isinstance(value, str) else value, unit))


def _rows(record: SessionRecord) -> Iterator[Row]:
    yield from _session(record)
    for statistic in STATISTICS:
        yield "statistics", statistic.key, round(statistic.function(record.statistics), 3), statistic.unit
    yield from _emotions(record)
    yield from _verdict(record)
    yield from consent_rows(record)
    yield from method_rows(record)
    yield from segment_rows(record)
    yield from brief_change_rows(record)
    yield from correction_rows(record)
    yield from model_rows(record)
    for key, value in record.info.settings.items():
        yield "settings", key, "" if value is None else str(value), ""
    for number, event in enumerate(record.events, 1):
        text = f"{event.kind}: {event.text}" if event.text else event.kind
        yield "events", f"{number} at {event.time_s:.1f} s", text, ""


def _session(record: SessionRecord) -> Iterator[Row]:
    info, origin = record.info, record.info.provenance
    for key, value in (
        ("session_id", info.session_id),
        ("candidate", info.candidate),
        ("note", info.note),
        ("purpose", str(info.purpose.value)),
        ("started_at", info.started_at.isoformat(timespec="seconds")),
        ("ended_at", record.ended_at.isoformat(timespec="seconds")),
        ("state", str(record.state.value)),
        ("source", origin.source),
        ("model", origin.model_name),
        ("model_sha256", origin.model_sha256),
        ("detector", origin.detector),
        ("program_version", origin.app_version),
    ):
        yield "session", key, value, ""


def _emotions(record: SessionRecord) -> Iterator[Row]:
    statistics = record.statistics
    shares = statistics.shares()
    for emotion in EMOTIONS:
        yield "count", emotion.value, statistics.counts[emotion], "results"
        yield "seconds", emotion.value, round(statistics.seconds[emotion], 3), "s"
        yield "percent", emotion.value, round(100 * shares[emotion], 2), "% of face time"


def _verdict(record: SessionRecord) -> Iterator[Row]:
    rule, judgement = record.info.rule, record.judgement
    yield "verdict", "verdict", str(judgement.verdict.value), ""
    yield "verdict", "reason", judgement.reason, ""
    yield "verdict", "caveat", CAVEAT, ""
    yield "thresholds", "verdict_after", rule.min_face_s, "s with a face"
    for emotion in EMOTIONS:
        threshold = rule.thresholds.get(emotion)
        if threshold is not None:
            yield "thresholds", emotion.value, threshold, "% of counted face time"
        if emotion not in rule.counted:
            yield "thresholds", f"{emotion.value}_counted", "no", ""
