"""Hours on one page: true to area, and nothing short is lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.timeline import STEP_S, Timeline, TimelineStep
from emotion_gui.export.course import MOST_COLUMNS, course_of, session_end_s, steps_of
from emotion_gui.export.running_shares import extremes
from emotion_gui.export.timeline_chart import TimelineChart
from tests.builders import make_face

_HOURS_S = 4 * 3600.0


def _step(start_s: float, emotion: Emotion) -> TimelineStep:
    face = make_face(emotion, 0.8)
    return TimelineStep(
        start_s,
        STEP_S,
        STEP_S,
        [STEP_S * (label is emotion) for label in EMOTIONS],
        [STEP_S * value for value in face.probabilities],
    )


def _four_hours(burst_s: float | None = None) -> Timeline:
    """Neutral all the time, and afraid for half a second."""
    starts_s = (number * STEP_S for number in range(round(_HOURS_S / STEP_S)))
    return Timeline(_step(start_s, Emotion.FEAR if start_s == burst_s else Emotion.NEUTRAL) for start_s in starts_s)


def _drawn(timeline: Timeline) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    canvas = FigureCanvasAgg(Figure(figsize=(10, 2), dpi=100))
    TimelineChart(canvas.figure.add_axes((0.08, 0.2, 0.9, 0.7))).show(course_of(timeline))
    canvas.draw()  # type: ignore[no-untyped-call]  # matplotlib's canvas has no type information
    rgba = canvas.buffer_rgba()  # type: ignore[no-untyped-call]  # the same
    return np.asarray(rgba)[..., :3].copy()


def test_a_burst_of_half_a_second_is_seen_in_four_hours() -> None:
    fear = tuple(bytes.fromhex(Emotion.FEAR.color[1:]))
    # Above the stack, in the middle of the four hours.
    rows, columns = np.nonzero((_drawn(_four_hours(7200.0))[:30] == fear).all(axis=2))
    assert len(np.unique(rows)) >= 6
    assert (abs(columns - (80 + 450)) <= 4).all()
    assert not (_drawn(_four_hours())[:30] == fear).all(axis=2).any()


def test_what_leads_its_part_is_not_brief() -> None:
    assert (course_of(_four_hours()).brief == -1).all()


def test_a_short_session_is_drawn_step_by_step() -> None:
    steps = [_step(number * STEP_S, EMOTIONS[number % 7]) for number in range(MOST_COLUMNS)]
    course = course_of(Timeline(steps))
    assert len(course.columns) == MOST_COLUMNS
    assert (course.brief == -1).all()
    assert course.columns.argmax(axis=1).tolist() == [number % 7 for number in range(MOST_COLUMNS)]


@hypothesis_settings(deadline=None)
@given(st.lists(st.sampled_from(EMOTIONS), min_size=1, max_size=120), st.integers(1, 40))
def test_the_stack_is_true_to_area(moods: list[Emotion], most_columns: int) -> None:
    timeline = Timeline(_step(number * STEP_S, mood) for number, mood in enumerate(moods))
    course = course_of(timeline, most_columns=most_columns)
    assert len(course.columns) <= most_columns
    assert course.columns.sum(axis=0).tolist() == pytest.approx(steps_of(timeline).probability_s.sum(axis=0).tolist())


@hypothesis_settings(deadline=None)
@given(st.lists(st.floats(-100, 100), min_size=1, max_size=300), st.integers(1, 20))
def test_a_line_keeps_its_highest_and_lowest(values: list[float], most: int) -> None:
    line = np.array(values)
    chosen = extremes(line, most)
    assert len(chosen) <= max(2 * most + 2, len(line) if len(line) <= 2 * most else 0)
    assert (np.diff(chosen) > 0).all()
    assert {0, len(line) - 1} <= set(chosen.tolist())
    assert (line[chosen].max(), line[chosen].min()) == (line.max(), line.min())


def test_an_empty_session() -> None:
    course = course_of(Timeline())
    assert session_end_s(Timeline()) == course.end_s == 1.0
    assert not course.columns.any()


def test_steps_as_arrays_are_the_steps() -> None:
    timeline = Timeline()
    timeline.add(0.4, 0.4, [make_face(Emotion.SAD)])
    timeline.add(7.0, 0.3, [])
    steps = steps_of(timeline)
    assert steps.start_s.tolist() == [step.start_s for step in timeline]
    assert steps.face_s.tolist() == [step.face_s for step in timeline]
    assert steps.label_s.tolist() == [step.label_s for step in timeline]
    assert steps.probability_s.tolist() == [step.probability_s for step in timeline]
