"""The charts: right proportions, changed in place, quiet where there is nothing."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba_array
from matplotlib.figure import Figure
from matplotlib.patches import Wedge
from matplotlib.transforms import Bbox

from emotion_gui.core import translation
from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.nervousness import NervousnessRule
from emotion_gui.core.statistics import EmotionStatistics
from emotion_gui.core.timeline import Timeline
from emotion_gui.export.chart_theme import DARK, LIGHT, ChartTheme
from emotion_gui.export.chart_views import ChartsView, TimelineView
from emotion_gui.export.charts import LiveCharts, LiveTimeline, draw_legend, legend_height
from emotion_gui.export.course import MOST_COLUMNS, course_of
from emotion_gui.export.pie_chart import PieChart
from emotion_gui.export.running_shares import crossings, running_shares
from emotion_gui.export.textures import textured
from tests.builders import TENSE, make_face, make_record


def _rgb(emotion: Emotion) -> tuple[int, ...]:
    return tuple(bytes.fromhex(emotion.color[1:]))


def _has_color(picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], emotion: Emotion) -> bool:
    return bool((picture == _rgb(emotion)).all(axis=2).sum() > 50)


@pytest.mark.parametrize("size_wh", [(300, 620), (420, 420), (700, 260)])
@pytest.mark.parametrize("dark", [False, True])
def test_the_picture_has_the_size_asked_for_and_shows_what_was_seen(size_wh: tuple[int, int], dark: bool) -> None:
    charts = LiveCharts(size_wh, dark=dark)
    statistics = EmotionStatistics()
    empty = charts.render(ChartsView.of(statistics))
    statistics.add(3.0, [make_face(Emotion.SAD)])
    full = charts.render(ChartsView.of(statistics))
    assert empty.shape == full.shape == (size_wh[1], size_wh[0], 3)
    assert not _has_color(empty, Emotion.SAD)
    assert _has_color(full, Emotion.SAD)


def test_the_slices_are_changed_in_place_and_proportional() -> None:
    axes = Figure().add_axes((0, 0, 1, 1))
    pie = PieChart(axes)
    before = list(axes.get_children())
    pie.update((0.25, 0, 0, 0.5, 0, 0, 0.25))
    assert list(axes.get_children()) == before
    wedges = [child for child in axes.get_children() if isinstance(child, Wedge)]
    assert [wedge.theta2 - wedge.theta1 for wedge in wedges] == pytest.approx([90, 0, 0, 180, 0, 0, 90])


def test_the_timeline_shows_the_last_minute_only() -> None:
    timeline = Timeline()
    timeline.add(1.0, 0.5, [make_face(Emotion.ANGRY, 1.0)])
    for second in range(100, 160):
        timeline.add(second, 1.0, [make_face(Emotion.HAPPY, 1.0)])
    picture = LiveTimeline((900, 150)).render(TimelineView.of(timeline))
    assert picture.shape == (150, 900, 3)
    chart = picture[30:120, 60:]
    assert _has_color(chart, Emotion.HAPPY)
    assert not _has_color(chart, Emotion.ANGRY)


def test_running_shares_end_where_the_statistics_do() -> None:
    record = make_record(60, moods=TENSE)
    shares = running_shares(record.timeline, record.info.rule)
    final = record.statistics.shares()
    assert shares.percent[-1].tolist() == pytest.approx([100 * final[emotion] for emotion in EMOTIONS])


def test_a_crossing_is_where_a_share_rises_over_its_threshold() -> None:
    timeline = Timeline()
    for second in range(20):
        timeline.add(second, 1.0, [make_face(Emotion.HAPPY if second < 10 else Emotion.FEAR)])
    rule = NervousnessRule({Emotion.FEAR: 25.0}, min_face_s=5.0)
    (crossing,) = crossings(running_shares(timeline, rule), rule)
    # After 10 s without fear, 3.5 of 13.5 s are the first share over a quarter.
    assert crossing[0] is Emotion.FEAR
    assert crossing[2] == pytest.approx(350 / 13.5)
    assert 12 <= crossing[1] <= 13.5


def test_hours_are_drawn_in_no_more_columns_than_a_page_has() -> None:
    timeline = Timeline()
    for second in range(0, 4 * 3600, 2):
        timeline.add(second, 1.0, [make_face(Emotion.SAD)])
    columns = course_of(timeline).columns
    assert len(columns) <= MOST_COLUMNS
    assert columns.any(axis=1).all()


@pytest.mark.parametrize("width", [300, 398, 650, 1200])
@pytest.mark.parametrize("language", list(translation.LANGUAGES))
def test_no_name_above_the_timeline_lies_over_another(language: str, width: int) -> None:
    translation.set_language(language)
    try:
        height = 26 + round(legend_height(width, 1.0))
        figure = Figure(figsize=(width / 100, height / 100), dpi=100)
        draw_legend(figure, LIGHT, (width, height), 1.0)
    finally:
        translation.set_language(translation.DEFAULT_LANGUAGE)
    FigureCanvasAgg(figure)
    boxes = [text.get_window_extent() for text in figure.texts]
    boxes += [swatch.get_window_extent() for swatch in figure.patches]
    assert all(box.x0 >= 0 and box.x1 <= width and box.y0 >= 0 and box.y1 <= height + 2 for box in boxes)
    # The texts' boxes have room for accents and tails in them, which the next row may touch.
    drawn = [Bbox.from_extents(box.x0, box.y0 + 3, box.x1, box.y1 - 3) for box in boxes]
    assert not [(one, other) for one, other in combinations(drawn, 2) if one.overlaps(other)]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_each_expression_has_a_pattern_of_its_own(theme: ChartTheme) -> None:
    size = 16
    masks = []
    for number, emotion in enumerate(EMOTIONS):
        picture = textured(np.full((size, size), number), theme)
        plain = np.array(to_rgba_array(emotion.color)[0] * 255).round().astype(np.uint8)
        masks.append((picture != plain).any(axis=2).tobytes())
    assert len(set(masks)) == len(EMOTIONS)


def test_patterns_grow_with_the_density() -> None:
    index = np.zeros((32, 32), int)
    small, large = textured(index, LIGHT, 1.0), textured(index, LIGHT, 2.0)
    assert (large[::2, ::2][:16, :16] == small[:16, :16]).all()


@pytest.mark.parametrize("dark", [False, True])
def test_charts_stand_on_the_ground_of_their_theme(dark: bool) -> None:
    ground = [int((DARK if dark else LIGHT).background[at : at + 2], 16) for at in (1, 3, 5)]
    charts = LiveCharts((400, 300), dark=dark).render(ChartsView((0.5, 0.5, 0, 0, 0, 0, 0), (1.0, 1.0, 0, 0, 0, 0, 0)))
    timeline = LiveTimeline((400, 120), dark=dark).render(TimelineView((), ()))
    assert charts[0, 0].tolist() == timeline[0, 0].tolist() == ground
