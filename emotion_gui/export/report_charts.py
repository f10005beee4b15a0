"""The charts of a report, drawn at a place of a page: the same on paper, in the browser and in the picture."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.markers import Marker
from emotion_gui.core.session import SessionRecord
from emotion_gui.export.chart_theme import FONT
from emotion_gui.export.content.blocks import ChartKind
from emotion_gui.export.course import course_of
from emotion_gui.export.emotion_bars import EmotionBars
from emotion_gui.export.page_text import Page
from emotion_gui.export.pie_chart import PieChart
from emotion_gui.export.running_shares import RunningSharesChart, threshold_labels
from emotion_gui.export.text_measure import text_width
from emotion_gui.export.timeline_chart import TimelineChart

# Left, top, width and height in pixels of the page, which has 150 in an inch.
Place = tuple[float, float, float, float]
# Pixels that each chart takes where there is room, with its legend and its labels.
CHART_HEIGHTS = {ChartKind.SHARES: 330.0, ChartKind.COURSE: 262.0, ChartKind.RUNNING_SHARES: 226.0}
# More numbers than this above a chart run into one another.
_MOST_NUMBERS = 40
_LEFT_OF_AXES, _RIGHT_OF_AXES = 62.0, 172.0
# Points.
_LABEL_SIZE = 7.5
# Half of the time that stands under the right edge.
_LAST_LABEL = 30.0


def draw_chart(page: Page, kind: ChartKind, record: SessionRecord, place: Place) -> None:
    """Draw one chart with its legend and its labels within `place`."""
    _DRAW[kind](page, record, place)


def draw_shares(page: Page, record: SessionRecord, place: Place) -> None:
    """Pie and bars side by side."""
    left, top, width, height = place
    statistics, rule = record.statistics, record.info.rule
    shares = tuple(statistics.shares().values())
    seconds = tuple(statistics.seconds[emotion] for emotion in EMOTIONS)
    side = height - 30
    pie_axes = page.figure.add_axes(page.place(left + 20, top + 8, side, side))
    PieChart(pie_axes, theme=page.theme, font_size=8.5, hatches=True).update(shares)
    bars_left = left + side + 90
    bars_axes = page.figure.add_axes(page.place(bars_left, top + 8, left + width - bars_left, side))
    bars = EmotionBars(bars_axes, theme=page.theme, font_size=9, hatches=True)
    bars.update(shares, seconds, rule.thresholds, uncounted=frozenset(EMOTIONS) - rule.counted)


def draw_course(page: Page, record: SessionRecord, place: Place) -> None:
    """Mean probabilities over time under their names, with the markers' numbers."""
    left, top, width, height = place
    draw_legend(page, (left + _LEFT_OF_AXES, top + 4, width - _LEFT_OF_AXES))
    box = page.place(left + _LEFT_OF_AXES, top + 62, width - _LEFT_OF_AXES - _LAST_LABEL, height - 102)
    chart = TimelineChart(page.figure.add_axes(box), theme=page.theme, font_size=7.5)
    chart.show(course_of(record.timeline))
    draw_markers(page, record.markers, page.figure.axes[-1])


def draw_running_shares(page: Page, record: SessionRecord, place: Place) -> None:
    """Shares so far with their thresholds, whose names stand at the right."""
    left, top, width, height = place
    size_px = _LABEL_SIZE * page.figure.dpi / 72
    labels = (text_width(label, size_px) for label in threshold_labels(record.info.rule).values())
    axes_width = width - _LEFT_OF_AXES - max(_RIGHT_OF_AXES, size_px + max(labels, default=0.0))
    axes = page.figure.add_axes(page.place(left + _LEFT_OF_AXES, top + 8, axes_width, height - 50))
    chart = RunningSharesChart(axes, theme=page.theme, font_size=_LABEL_SIZE)
    chart.draw(record.timeline, record.info.rule, course_of(record.timeline).end_s)


_DRAW = {
    ChartKind.SHARES: draw_shares,
    ChartKind.COURSE: draw_course,
    ChartKind.RUNNING_SHARES: draw_running_shares,
}


def draw_legend(page: Page, place: tuple[float, float, float]) -> None:
    """Colours with their names in one row: left, top and width."""
    left, top, width = place
    pitch = width / len(EMOTIONS)
    for index, emotion in enumerate(EMOTIONS):
        x, y, swatch_width, height = page.place(left + index * pitch, top, 16, 16)
        page.figure.add_artist(
            Rectangle((x, y), swatch_width, height, facecolor=emotion.color, transform=page.figure.transFigure)
        )
        name = emotion.title
        page.write_line(left + index * pitch + 24, top - 2, name, width=pitch - 30, size=8)


def draw_markers(page: Page, markers: Sequence[Marker], axes: Axes) -> None:
    """A line at each marker with its number above; where they would hide the chart, a tick above it for each."""
    shown = [(number, marker.time_s) for number, marker in enumerate(markers, 1) if marker.time_s <= axes.get_xlim()[1]]
    few = len(shown) <= _MOST_NUMBERS
    color, across = page.theme.text, axes.get_xaxis_transform()
    for number, time_s in shown:
        ends = (0, 1) if few else (1.02, 1.1)
        axes.plot((time_s, time_s), ends, color=color, linewidth=0.9, linestyle=(0, (2, 2)) if few else "-",
                  transform=across, clip_on=False, zorder=4)  # fmt: skip
        if few:
            axes.text(time_s, 1.02, str(number), transform=across, ha="center", va="bottom", fontsize=6.5,
                      family=FONT, color=color)  # fmt: skip
