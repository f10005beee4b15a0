"""Markers on the live timeline: at their place, in words where there is room."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from emotion_gui.core.emotions import Emotion
from emotion_gui.core.markers import Marker
from emotion_gui.core.timeline import Timeline
from emotion_gui.export.chart_views import TimelineView
from emotion_gui.export.charts import LiveTimeline
from emotion_gui.export.timeline_marks import TimelineMarks
from tests.builders import make_face

SPAN = (0.0, 60.0)


@pytest.fixture
def marks() -> TimelineMarks:
    figure = Figure(figsize=(8, 1.5), dpi=100)
    FigureCanvasAgg(figure)
    return TimelineMarks(figure.add_axes((0, 0, 1, 1)))


def test_words_stand_where_there_is_room_the_newest_first(marks: TimelineMarks) -> None:
    marks.update([(10.0, "question 1"), (30.0, "question 2"), (31.0, "question 3"), (32.0, "question 4")], SPAN)
    assert marks.words == ("question 4", "question 3", "question 1")
    marks.update([(70.0, "not in sight")], SPAN)
    assert not marks.words


def test_a_marker_at_the_right_edge_has_its_words_to_the_left(marks: TimelineMarks) -> None:
    marks.update([(1.0, "first"), (59.9, "question 12")], SPAN)
    assert marks.words == ("question 12", "first")


def test_two_hundred_markers_with_any_words_are_drawn(marks: TimelineMarks) -> None:
    texts = ["x" * 10_000, "$\\frac", "=cmd()\n", "סימן 😀", "", "سؤال"]
    marks.update([(number * 0.3, texts[number % len(texts)]) for number in range(200)], SPAN)
    assert 3 < len(marks.words) < 60
    assert max(map(len, marks.words)) <= 18


def test_the_live_timeline_has_a_line_at_the_marker() -> None:
    timeline = Timeline()
    for second in range(1, 60):
        timeline.add(second, 1.0, [make_face(Emotion.HAPPY, 1.0)])
    chart = LiveTimeline((900, 150))
    plain = chart.render(TimelineView.of(timeline))
    marked = chart.render(TimelineView.of(timeline, [Marker(30.0, "question 3")]))
    columns = np.flatnonzero((plain != marked).any(axis=(0, 2)))
    middle = 52 + (900 - 52 - 22) / 2
    assert columns[0] == pytest.approx(middle, abs=3)
    assert columns[-1] < middle + 90
    assert np.array_equal(chart.render(TimelineView.of(timeline)), plain)


def test_a_marker_set_in_a_pause_comes_into_sight() -> None:
    timeline = Timeline()
    timeline.add(1.0, 1.0, [make_face(Emotion.HAPPY, 1.0)])
    chart = LiveTimeline((900, 150))
    plain = chart.render(TimelineView.of(timeline))
    late = chart.render(TimelineView.of(timeline, [Marker(200.3)]))
    assert not np.array_equal(plain, late)
    assert TimelineView.of(timeline, [Marker(200.3)]).marks == ((200.3, "Marker 1"),)
