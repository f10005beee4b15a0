"""Four hours of a session, faster than they pass: memory stays level, and charts have no more to draw."""

from __future__ import annotations

import tracemalloc

import pytest

from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.results import FrameResult
from emotion_gui.core.session import InterviewSession
from emotion_gui.core.timeline import STEP_S, TimelineStep
from emotion_gui.export.chart_views import LIVE_SPAN_S, TimelineView
from emotion_gui.export.course import MOST_COLUMNS, course_of
from tests.builders import make_face, make_info

_HOUR_S = 3600
# A result stands for two steps of half a second.
_RATE = 1
_FACES = tuple((make_face(emotion),) for emotion in EMOTIONS)
# One step is 17 numbers of 8 bytes.
_HOUR_OF_STEPS_BYTES = round(_HOUR_S / STEP_S) * 17 * 8


def _play(session: InterviewSession, begin_s: float, seconds: float, rate: float) -> None:
    for number in range(round(seconds * rate)):
        time_s = begin_s + number / rate
        session.add(FrameResult(number, time_s, 1 / rate, _FACES[int(time_s / 10) % 7]))


def test_an_hour_more_takes_an_hour_of_steps_and_nothing_else() -> None:
    session = InterviewSession(make_info())
    used: list[int] = []
    tracemalloc.start()
    try:
        for hour in range(4):
            _play(session, hour * _HOUR_S, _HOUR_S, _RATE)
            used.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert session.statistics.duration_s == pytest.approx(4 * _HOUR_S)
    assert len(session.timeline) == pytest.approx(4 * _HOUR_S / STEP_S, abs=2)
    # Arrays grow in advance by an eighth.
    assert used[3] - used[1] < 2 * 1.3 * _HOUR_OF_STEPS_BYTES
    assert used[3] < 6_000_000
    # What is drawn live and in reports is the same for four hours as for four minutes.
    assert len(TimelineView.of(session.timeline).starts_s) == LIVE_SPAN_S / STEP_S
    assert len(course_of(session.timeline).columns) <= MOST_COLUMNS


def test_results_a_second_take_no_memory() -> None:
    steps: list[list[TimelineStep]] = []
    for rate in (2, 30):
        session = InterviewSession(make_info())
        _play(session, 0.0, 60, rate)
        steps.append(list(session.timeline))
    assert abs(len(steps[0]) - len(steps[1])) <= 1
