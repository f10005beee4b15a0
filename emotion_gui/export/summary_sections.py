"""Rows of the summary on what a session rests on: consent, method, segments, brief changes, corrections, model."""

from __future__ import annotations

from collections.abc import Iterator

from emotion_gui.core.brief_changes import NOTE, brief_change_rates
from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.segments import Segment, segments_of
from emotion_gui.core.session import SessionRecord
from emotion_gui.export.content.model_excerpt import model_excerpt

# Section, key, value, unit.
Row = tuple[str, str, object, str]


def consent_rows(record: SessionRecord) -> Iterator[Row]:
    consent = record.info.consent
    asked = consent.asked_of.value if consent else "nobody"
    yield "consent", "asked_of", asked, ""
    if consent is None or not consent.given:
        return
    yield "consent", "agreed_at", consent.agreed_at.isoformat(timespec="seconds"), ""
    yield "consent", "text_version", consent.text_version, ""
    yield "consent", "language", consent.language, ""
    yield "consent", "keeps_video", _yes(consent.keeps_video), ""
    yield "consent", "keeps_crops", _yes(consent.keeps_crops), ""
    yield "consent", "notice_version", consent.notice_version, ""


def method_rows(record: SessionRecord) -> Iterator[Row]:
    """Smoothing, baselines, and the time without a face; time per problem is among the statistics."""
    statistics = record.statistics
    no_face_s = max(0.0, statistics.duration_s - statistics.seen_duration_s)
    yield "quality", "no face", round(no_face_s, 3), "s not counted"
    smoothing_ms = record.info.settings.get("smoothing_ms")
    yield "method", "smoothing", "" if smoothing_ms is None else smoothing_ms, "ms"
    yield "method", "baseline", _yes(bool(record.baselines)), ""
    for number, applied in enumerate(record.baselines, 1):
        baseline = applied.baseline
        yield "baseline", f"{number} from", round(applied.time_s, 3), "s"
        yield "baseline", f"{number} usable", round(baseline.usable_s, 3), "s"
        yield "baseline", f"{number} taken_at", baseline.taken_at.isoformat(timespec="seconds"), ""
        for emotion, probability in zip(EMOTIONS, baseline.resting, strict=True):
            yield "baseline", f"{number} resting {emotion.value}", round(probability, 4), "probability"


def segment_rows(record: SessionRecord) -> Iterator[Row]:
    """Markers, and what happened between them."""
    for number, marker in enumerate(record.markers, 1):
        yield "markers", f"{number} at {marker.time_s:.1f} s", marker.text, ""
    if not record.markers:
        return
    segments = segments_of(record.timeline, record.markers)
    first = 0 if segments[0].marker is None else 1
    for number, segment in enumerate(segments, first):
        yield from _segment_rows(number, segment, record)


def _segment_rows(number: int, segment: Segment, record: SessionRecord) -> Iterator[Row]:
    judgement = segment.judgement(record.info.rule)
    yield "segments", f"{number} text", segment.marker.text if segment.marker else "", ""
    yield "segments", f"{number} begin", round(segment.begin_s, 3), "s"
    yield "segments", f"{number} end", round(segment.end_s, 3), "s"
    yield "segments", f"{number} counted", round(segment.counted_s, 3), "s"
    yield "segments", f"{number} usable", round(segment.usable_s, 3), "s"
    for emotion, share in segment.shares.items():
        yield "segments", f"{number} percent {emotion.value}", round(100 * share, 2), "% of face time"
    yield "segments", f"{number} verdict", judgement.verdict.value, ""
    yield "segments", f"{number} reason", judgement.reason, ""


def brief_change_rows(record: SessionRecord) -> Iterator[Row]:
    rates = brief_change_rates(record.brief_changes, record.statistics, record.baselines)
    yield "brief changes", "rate", _rounded(rates.session), "a minute"
    yield "brief changes", "rate at rest", _rounded(rates.baseline), "a minute"
    yield "brief changes", "note", NOTE, ""
    for number, change in enumerate(record.brief_changes, 1):
        key = f"{number} at {change.time_s:.1f} s, {change.duration_s:.2f} s long"
        yield "brief changes", f"{key}, {change.emotion.value}", round(change.strength, 3), "strength"


def correction_rows(record: SessionRecord) -> Iterator[Row]:
    for number, correction in enumerate(record.corrections, 1):
        change = f"{correction.shown.value} -> {correction.right.value}"
        yield "corrections", f"{number} at {correction.time_s:.1f} s", change, ""


def model_rows(record: SessionRecord) -> Iterator[Row]:
    """Figures of the model's card, where it is there."""
    excerpt = model_excerpt(record.info.provenance)
    yield "model card", "match", excerpt.match.value, ""
    if excerpt.accuracy is None:
        return
    yield "model card", "split", excerpt.split, ""
    yield "model card", "labels", excerpt.labels, ""
    yield "model card", "copies", excerpt.copies, ""
    yield "model card", "faces", excerpt.faces, ""
    yield "model card", "accuracy", round(excerpt.accuracy, 4), ""
    for figure in excerpt.classes:
        yield "model card", f"{figure.emotion.value} precision", round(figure.precision, 4), ""
        yield "model card", f"{figure.emotion.value} recall", round(figure.recall, 4), ""


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _rounded(value: float | None) -> object:
    return "" if value is None else round(value, 2)
