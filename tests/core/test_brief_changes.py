"""Bursts of another expression: found as they come, at any rate of results, and never from one result alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.core.baseline import AppliedBaseline, Baseline
from emotion_gui.core.brief_changes import (
    LONGEST_S,
    NOTE,
    BriefChange,
    BriefChangeDetector,
    brief_change_rates,
    rate_per_minute,
)
from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.results import FaceResult, FrameResult, QualityProblem
from emotion_gui.core.session import InterviewSession, SessionFrame
from emotion_gui.core.statistics import EmotionStatistics
from tests.builders import make_face, make_info

_CALM = Emotion.NEUTRAL
_OTHERS = tuple(emotion for emotion in EMOTIONS if emotion is not _CALM)


def _face(label: Emotion, confidence: float = 0.9, track: int = 1) -> FaceResult:
    return replace(make_face(label, confidence), track=track, candidate=True)


def _found(*moods: tuple[Emotion | None, float], rate: float = 30, confidence: float = 0.9) -> list[BriefChange]:
    """What is found in moods of so many seconds each; None for no face."""
    detector = BriefChangeDetector()
    labels = [label for label, duration_s in moods for _ in range(round(duration_s * rate))]
    faces = [_face(label, confidence) if label else None for label in labels]
    changes = [detector.add((index + 1) / rate, face) for index, face in enumerate(faces)]
    return [change for change in changes if change]


@given(st.sampled_from(_OTHERS), st.sampled_from([0.2, 0.3, 0.4]), st.sampled_from([10, 15, 30, 60]))
def test_a_burst_is_found_alike_at_any_rate(emotion: Emotion, duration_s: float, rate: int) -> None:
    (change,) = _found((_CALM, 2), (emotion, duration_s), (_CALM, 1), rate=rate)
    assert change.emotion is emotion
    assert change.time_s == pytest.approx(2.0)
    # At 15 a second 0.3 s is four or five results.
    assert change.duration_s == pytest.approx(duration_s, abs=0.5 / rate + 0.001)
    assert change.strength == pytest.approx(0.9 - 0.1 / 6, abs=0.001)


@given(st.sampled_from(_OTHERS), st.sampled_from([10, 15, 25, 30, 60]), st.floats(0.2, 1.0))
def test_one_result_alone_is_no_burst(emotion: Emotion, rate: int, confidence: float) -> None:
    assert not _found((_CALM, 2), (emotion, 1 / rate), (_CALM, 1), rate=rate, confidence=confidence)


@pytest.mark.parametrize("results", [1, 2])
def test_a_flicker_at_30_a_second_is_no_burst(results: int) -> None:
    once = ((_CALM, 1.0), (Emotion.SURPRISE, results / 30))
    assert not _found(*once, *once, *once, *once, (_CALM, 1.0))


@pytest.mark.parametrize(
    ("why", "moods"),
    [
        ("it lasts", ((_CALM, 2.0), (Emotion.HAPPY, LONGEST_S), (_CALM, 1.0))),
        ("it stays", ((_CALM, 2.0), (Emotion.HAPPY, 3.0))),
        ("it leads elsewhere", ((_CALM, 2.0), (Emotion.SURPRISE, 0.2), (Emotion.HAPPY, 2.0))),
        ("it falls back to neutral", ((Emotion.HAPPY, 2.0), (_CALM, 0.2), (Emotion.HAPPY, 1.0))),
        ("nobody saw how it ended", ((_CALM, 2.0), (Emotion.FEAR, 0.2), (None, 0.5), (_CALM, 1.0))),
        ("nobody knows the course yet", ((_CALM, 0.2), (Emotion.FEAR, 0.2), (_CALM, 1.0))),
    ],
)
def test_no_burst_where(why: str, moods: tuple[tuple[Emotion | None, float], ...]) -> None:
    assert not _found(*moods), why


def test_a_face_between_two_readings_has_no_bursts() -> None:
    assert not _found((_CALM, 2.0), *[(Emotion.SAD, 0.2), (_CALM, 0.3)] * 5, (_CALM, 1.0), confidence=0.35)


def test_one_result_in_between_does_not_cut_a_burst_in_two() -> None:
    (change,) = _found((_CALM, 2.0), (Emotion.FEAR, 0.1), (_CALM, 1 / 30), (Emotion.FEAR, 0.1), (_CALM, 1.0))
    assert change.duration_s == pytest.approx(0.2 + 1 / 30)


def test_a_short_gap_does_not_end_a_burst() -> None:
    (change,) = _found((_CALM, 2.0), (Emotion.FEAR, 0.1), (None, 0.1), (Emotion.FEAR, 0.1), (_CALM, 1.0))
    assert change.duration_s == pytest.approx(0.3)


def test_a_burst_after_a_new_course_is_told_from_the_new_one() -> None:
    changes = _found((_CALM, 2.0), (Emotion.HAPPY, 2.0), (Emotion.SURPRISE, 0.2), (Emotion.HAPPY, 1.0))
    assert [change.emotion for change in changes] == [Emotion.SURPRISE]


def test_another_person_begins_anew() -> None:
    detector = BriefChangeDetector()
    labels = [(_CALM, 1)] * 60 + [(Emotion.FEAR, 2)] * 6 + [(_CALM, 1)] * 30
    assert not any(detector.add(i / 30, _face(label, track=track)) for i, (label, track) in enumerate(labels))


@given(st.lists(st.sampled_from(EMOTIONS), max_size=120), st.sampled_from([8, 30]))
def test_what_is_found_keeps_its_promises(labels: list[Emotion], rate: int) -> None:
    detector = BriefChangeDetector()
    for index, label in enumerate(labels):
        change = detector.add(index / rate, _face(label))
        if change:
            assert 0 <= change.time_s < index / rate
            assert 0 < change.duration_s < LONGEST_S
            assert change.emotion is not Emotion.NEUTRAL
            assert 0 < change.strength <= 1


def _played(faces: Sequence[tuple[FaceResult, ...]]) -> tuple[InterviewSession, list[BriefChange]]:
    session = InterviewSession(make_info())
    kept = []
    for index, seen in enumerate(faces):
        first, *rest = session.add(FrameResult(index, 7 + index / 30, 1 / 30, seen))
        assert isinstance(first, SessionFrame)
        kept += [entry for entry in rest if isinstance(entry, BriefChange)]
    return session, kept


_COURSE = [_CALM] * 60 + [Emotion.DISGUST] * 9 + [_CALM] * 30


def test_a_session_keeps_the_bursts_of_its_candidate() -> None:
    other = replace(_face(_CALM, track=2), candidate=False, watched=False)
    session, kept = _played([(other, _face(label)) for label in _COURSE])
    assert session.brief_changes == kept
    assert [(change.emotion, round(change.time_s, 2)) for change in kept] == [(Emotion.DISGUST, 1.97)]


@pytest.mark.parametrize(
    "change",
    [
        {"candidate": False},
        {"watched": False},
        {"problem": QualityProblem.TOO_DARK},
    ],
)
def test_a_session_passes_over_what_does_not_count(change: dict[str, object]) -> None:
    session, _ = _played([(replace(_face(label), **change),) for label in _COURSE])  # type: ignore[arg-type]  # a table
    assert session.brief_changes == []


def test_raw_probabilities_are_looked_at_and_not_the_smoothed_ones() -> None:
    faces = [(replace(_face(_CALM), raw=_face(label).probabilities),) for label in _COURSE]
    session, _ = _played(faces)
    assert len(session.brief_changes) == 1


def _rest(changes: int, usable_s: float) -> AppliedBaseline:
    return AppliedBaseline(0.0, Baseline((1 / 7,) * 7, usable_s, changes, datetime(2026, 1, 1, tzinfo=UTC)))


def _totals(usable_s: float, frames: int) -> EmotionStatistics:
    return EmotionStatistics(frames_with_face=frames, face_duration_s=usable_s)


def test_rates_stand_beside_the_same_at_rest() -> None:
    changes = [BriefChange(float(second), 0.2, Emotion.FEAR, 0.5) for second in range(4)]
    rates = brief_change_rates(changes, _totals(120.0, 3600), [_rest(9, 15.0), _rest(1, 15.0)])
    assert (rates.session, rates.baseline) == (2.0, 4.0)


def test_no_rate_without_a_baseline_or_with_too_few_results() -> None:
    assert brief_change_rates([], _totals(60.0, 1800), []).baseline is None
    assert brief_change_rates([], _totals(60.0, 300), []).session is None
    assert brief_change_rates([], _totals(0.0, 0), []).session is None
    assert rate_per_minute(0, 10.0) == 0


def test_the_note_says_how_weak_it_is() -> None:
    assert "weak evidence" in NOTE
