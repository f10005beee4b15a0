"""Segments between markers: nothing lost, nothing counted twice."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.markers import Marker
from emotion_gui.core.nervousness import NervousnessRule, Verdict
from emotion_gui.core.segments import marker_at, segments_of
from emotion_gui.core.session import SessionRecord
from emotion_gui.core.timeline import Timeline
from tests.builders import make_face, make_record

TIMES = st.floats(0, 120, allow_nan=False)
# A busy machine is slow at times, which is no fault of the code.
unhurried = settings(deadline=None)


@cache
def _record(duration_s: float) -> SessionRecord:
    return make_record(duration_s, rate=5.0)


def _course(*pieces: tuple[float, float, Emotion | None]) -> Timeline:
    """A course at ten results a second: begin, end and what is seen."""
    timeline = Timeline()
    for begin_s, end_s, emotion in pieces:
        for index in range(1, round((end_s - begin_s) * 10) + 1):
            faces = [make_face(emotion)] if emotion else []
            timeline.add(begin_s + index / 10, 0.1, faces)
    return timeline


@unhurried
@given(st.lists(TIMES, max_size=12), st.sampled_from([0.0, 0.3, 7.0, 60.0]))
def test_all_segments_together_are_the_session(times_s: list[float], duration_s: float) -> None:
    record = _record(duration_s)
    segments = segments_of(record.timeline, [Marker(time_s) for time_s in times_s])
    statistics = record.statistics
    assert sum(segment.counted_s for segment in segments) == pytest.approx(statistics.duration_s)
    assert sum(segment.usable_s for segment in segments) == pytest.approx(statistics.face_duration_s)
    for emotion in EMOTIONS:
        total_s = sum(segment.seconds[emotion] for segment in segments)
        assert total_s == pytest.approx(statistics.seconds[emotion])


@unhurried
@given(st.lists(TIMES, max_size=12))
def test_segments_follow_each_other_without_a_gap(times_s: list[float]) -> None:
    segments = segments_of(_two_moods(), [Marker(time_s) for time_s in times_s])
    assert segments[0].begin_s == 0 or times_s
    assert all(first.end_s == second.begin_s for first, second in pairwise(segments))
    assert [segment.marker for segment in segments if segment.marker] == sorted(
        (segment.marker for segment in segments if segment.marker), key=lambda marker: marker.time_s
    )
    assert len(segments) in {len(times_s), len(times_s) + 1}


@cache
def _two_moods() -> Timeline:
    return _course((0, 40.2, Emotion.SAD), (40.2, 100, Emotion.HAPPY))


@unhurried
@given(TIMES)
def test_a_cut_is_exact_to_half_a_second(time_s: float) -> None:
    timeline = _two_moods()
    before, after = segments_of(timeline, [Marker(time_s)])[-2:] if time_s else (None, None)
    if before is None or after is None:
        return
    assert before.seconds[Emotion.SAD] == pytest.approx(min(time_s, 40.2), abs=0.5)
    assert after.seconds[Emotion.HAPPY] == pytest.approx(100 - max(time_s, 40.2) if time_s < 100 else 0, abs=0.5)


def test_each_segment_has_its_own_shares_and_verdict() -> None:
    timeline = _course((0, 20, Emotion.HAPPY), (20, 40, Emotion.FEAR), (40, 43, Emotion.FEAR), (43, 60, None))
    markers = [Marker(40.0, "question 2"), Marker(20.0, "question 1")]
    rule = NervousnessRule({Emotion.FEAR: 25.0}, min_face_s=10.0)
    before, first, second = segments_of(timeline, markers)
    assert (before.marker, first.marker, second.marker) == (None, markers[1], markers[0])
    assert before.shares[Emotion.HAPPY] == 1.0
    assert first.shares[Emotion.FEAR] == 1.0
    assert before.judgement(rule).verdict is Verdict.NOT_NERVOUS
    assert first.judgement(rule).verdict is Verdict.NERVOUS
    # Three usable seconds are too short to say.
    assert second.judgement(rule).verdict is Verdict.NOT_ENOUGH_DATA
    assert second.counted_s == pytest.approx(20)
    assert second.usable_s == pytest.approx(3)


def test_without_markers_the_session_is_one_segment() -> None:
    (whole,) = segments_of(_course((0, 10, Emotion.SAD)), [])
    assert whole.marker is None
    assert (whole.begin_s, whole.end_s) == (0.0, 10.0)


def test_an_empty_session_has_one_empty_segment() -> None:
    (whole,) = segments_of(Timeline(), [])
    assert whole.counted_s == whole.end_s == 0
    assert not any(whole.shares.values())


def test_a_marker_at_the_beginning_leaves_nothing_before_it() -> None:
    marker = Marker(0.0, "question 1")
    (only,) = segments_of(_course((0, 10, Emotion.SAD)), [marker])
    assert only.marker is marker


def test_a_marker_after_the_end_begins_an_empty_segment() -> None:
    _, late = segments_of(_course((0, 10, Emotion.SAD)), [Marker(25.0)])
    assert (late.begin_s, late.end_s, late.counted_s) == (25.0, 25.0, 0.0)


def test_a_pause_between_two_markers_is_not_counted() -> None:
    timeline = _course((0, 10, Emotion.SAD), (40, 50, Emotion.SAD))
    _, middle, _ = segments_of(timeline, [Marker(5.0), Marker(45.0)])
    assert middle.counted_s == pytest.approx(10)


@unhurried
@given(st.lists(TIMES, min_size=1, max_size=12), TIMES)
def test_a_moment_belongs_to_the_last_marker_before_it(times_s: list[float], time_s: float) -> None:
    markers = [Marker(each) for each in sorted(times_s)]
    found = marker_at(markers, time_s)
    earlier = [marker for marker in markers if marker.time_s <= time_s]
    assert found is (earlier[-1] if earlier else None)
