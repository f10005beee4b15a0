"""The course of a session in steps of half a second."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.timeline import STEP_S, Timeline
from tests.builders import make_face


@given(st.lists(st.tuples(st.floats(0.001, 1.0), st.integers(0, 2)), min_size=1, max_size=60))
def test_no_second_is_lost_or_counted_twice(frames: list[tuple[float, int]]) -> None:
    timeline, time_s, face_s = Timeline(), 0.0, 0.0
    for duration_s, faces in frames:
        time_s += duration_s
        face_s += duration_s * faces
        timeline.add(time_s, duration_s, [make_face(Emotion.SAD)] * faces)
    steps = list(timeline)
    assert sum(step.duration_s for step in steps) == pytest.approx(time_s)
    assert sum(step.face_s for step in steps) == pytest.approx(face_s)
    assert all(step.duration_s <= STEP_S + 1e-9 for step in steps)
    assert all(sum(step.label_s) == pytest.approx(step.face_s) for step in steps)
    assert all(first.start_s < second.start_s for first, second in pairwise(steps))
    assert all(step.start_s % STEP_S == 0 for step in steps)


def test_one_result_a_second_leaves_no_gaps() -> None:
    timeline = Timeline()
    for second in range(1, 11):
        timeline.add(float(second), 1.0, [make_face()])
    assert [step.duration_s for step in timeline] == pytest.approx([STEP_S] * 20)


def test_a_pause_is_a_gap() -> None:
    timeline = Timeline()
    for time_s in (0.0, 0.1, 7.0, 7.1):
        timeline.add(time_s, 0.1, [])
    assert [step.start_s for step in timeline] == [0.0, 6.5, 7.0]


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=30))
def test_a_clock_set_back_never_turns_the_course_around(times_s: list[float]) -> None:
    timeline = Timeline()
    for time_s in times_s:
        timeline.add(time_s, 0.1, [make_face()])
    assert all(first.start_s < second.start_s for first, second in pairwise(timeline))
    assert sum(step.face_s for step in timeline) == pytest.approx(0.1 * len(times_s))


def test_probabilities_are_means_over_face_time() -> None:
    timeline = Timeline()
    timeline.add(0.1, 0.1, [make_face(Emotion.SAD, 1.0)])
    timeline.add(0.4, 0.3, [make_face(Emotion.HAPPY, 1.0)])
    (step,) = timeline
    assert dict(zip(EMOTIONS, step.probabilities, strict=True))[Emotion.HAPPY] == pytest.approx(0.75)
    assert sum(step.probabilities) == pytest.approx(1)


def test_without_a_face_there_are_no_probabilities() -> None:
    timeline = Timeline()
    timeline.add(0.2, 0.2, [])
    assert next(iter(timeline)).probabilities == (0.0,) * 7


def test_the_last_seconds() -> None:
    timeline = Timeline()
    assert timeline.last(60) == []
    for tenth in range(1, 1201):
        timeline.add(tenth / 10, 0.1, [])
    last = timeline.last(60)
    assert len(timeline) == 240
    assert last[0].start_s == last[-1].start_s - 60
    assert last == list(timeline)[-121:]
