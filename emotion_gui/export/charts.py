"""The charts on the screen: drawn by a worker thread into pictures that the window only has to show."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.timeline import STEP_S
from emotion_gui.export.chart_theme import DARK, FONT, LIGHT, ChartTheme
from emotion_gui.export.chart_views import LIVE_SPAN_S, ChartsView, TimelineView
from emotion_gui.export.emotion_bars import EmotionBars
from emotion_gui.export.pie_chart import PieChart
from emotion_gui.export.text_measure import text_width
from emotion_gui.export.textures import textured
from emotion_gui.export.timeline_chart import TimelineChart
from emotion_gui.export.timeline_marks import TimelineMarks

# Lengths below are given for this resolution and grow with it.
_BASE_DPI = 100
# Diameter of the smallest pie over the size of its figures.
_PIE_PER_FONT = 10.0
# Of the names above the timeline.
_SWATCH, _NAME_GAP, _LEGEND_ROW = 10, 4, 14


class LiveCharts:
    """Pie and sorted bars in one picture; one above the other, or side by side where the picture is wide."""

    def __init__(self, size_wh: tuple[int, int], dpi: float = _BASE_DPI, *, dark: bool = False) -> None:
        """Make the charts; call it in the thread that renders.

        Args:
            size_wh: Width and height of the picture in pixels, 200 or more each.
            dpi: Pixels per inch of the screen; text grows with it.
            dark: Whether the picture is for a dark window.
        """
        theme = DARK if dark else LIGHT
        self._canvas = make_canvas(size_wh, dpi, theme)
        pie_box, bars_box = _boxes(size_wh, dpi / _BASE_DPI)
        figure = self._canvas.figure
        # In a small pie, figures of the usual size would stand beyond its edge.
        pie_font = min(9.0, pie_box[2] * 72 / dpi / _PIE_PER_FONT)
        pie = figure.add_axes(share_of(pie_box, size_wh))
        self._pie = PieChart(pie, theme=theme, font_size=pie_font, hatches=True)
        # Where there is little room, the bars need it more than the figures beside them.
        font_size = 9.0 if bars_box[2] > 320 * dpi / _BASE_DPI else 7.0
        bars = figure.add_axes(share_of(bars_box, size_wh))
        self._bars = EmotionBars(bars, theme=theme, font_size=font_size, hatches=True)

    def render(self, view: ChartsView) -> NDArray[np.uint8]:
        """Draw; always from the same one thread.

        Returns:
            RGB, uint8 [height, width, 3], a copy that is the caller's own.
        """
        self._pie.update(view.shares)
        self._bars.update(view.shares, view.seconds)
        return picture_of(self._canvas)


class LiveTimeline:
    """The last minute in one picture, newest at the right."""

    def __init__(self, size_wh: tuple[int, int], dpi: float = _BASE_DPI, *, dark: bool = False) -> None:
        """Make the chart; call it in the thread that renders.

        Args:
            size_wh: Width and height of the picture in pixels, at least 300 x 90.
            dpi: Pixels per inch of the screen; text grows with it.
            dark: Whether the picture is for a dark window.
        """
        theme = DARK if dark else LIGHT
        self._canvas = make_canvas(size_wh, dpi, theme)
        unit = dpi / _BASE_DPI
        (width, height), left, right, bottom = size_wh, 52 * unit, 22 * unit, 24 * unit
        top = legend_height(width, unit)
        box = (left, bottom, width - left - right, height - bottom - top)
        axes = self._canvas.figure.add_axes(share_of(box, size_wh))
        self._chart = TimelineChart(axes, theme=theme, max_ticks=6 if width > 500 * unit else 3, textures=True)
        self._marks = TimelineMarks(axes, theme=theme)
        draw_legend(self._canvas.figure, theme, size_wh, unit)

    def render(self, view: TimelineView) -> NDArray[np.uint8]:
        """Draw; always from the same one thread.

        Returns:
            RGB, uint8 [height, width, 3], a copy that is the caller's own.
        """
        newest_s = max((*view.starts_s[-1:], *(time_s for time_s, _words in view.marks[-1:])), default=0.0)
        # A marker may be set in a pause, behind the newest step; the edge stays on the grid of the steps.
        end_s = max(LIVE_SPAN_S, STEP_S * (int(newest_s / STEP_S) + 1))
        begin_s = end_s - LIVE_SPAN_S
        columns = np.zeros((round(LIVE_SPAN_S / STEP_S), len(EMOTIONS)))
        for start_s, probabilities in zip(view.starts_s, view.probabilities, strict=True):
            index = round((start_s - begin_s) / STEP_S)
            if 0 <= index < len(columns):
                columns[index] = probabilities
        self._chart.update(columns, (begin_s, end_s))
        self._marks.update(view.marks, (begin_s, end_s))
        return picture_of(self._canvas)


_Box = tuple[float, float, float, float]


def _boxes(size_wh: tuple[int, int], unit: float) -> tuple[_Box, _Box]:
    """Left, bottom, width and height of pie and bars in pixels."""
    (width, height), margin = size_wh, 14 * unit
    if width > 1.7 * height:
        side = min(height - 2 * margin, 0.4 * width)
        bars_left = side + 3 * margin
        bars_height = min(height - 2 * margin, 7 * 30 * unit)
        return (
            (margin, (height - side) / 2, side, side),
            (bars_left, (height - bars_height) / 2, width - bars_left - margin, bars_height),
        )
    bars_height = min(7 * 26 * unit, 0.46 * height)
    side = min(width - 2 * margin, height - bars_height - 3 * margin)
    pie_bottom = bars_height + margin + (height - bars_height - margin - side) / 2
    return ((width - side) / 2, pie_bottom, side, side), (margin, margin, width - 2 * margin, bars_height)


def share_of(box: _Box, size_wh: tuple[int, int]) -> _Box:
    """Left, bottom, width and height in pixels as shares of the picture, as matplotlib takes them."""
    width, height = size_wh
    return box[0] / width, box[1] / height, box[2] / width, box[3] / height


def legend_height(width: int, unit: float) -> float:
    """Pixels above the timeline that its names take; they need a second row where they are long and it is narrow."""
    _size, places = _legend_places(width, unit)
    return (26 + _LEGEND_ROW * places[-1][1]) * unit


def draw_legend(figure: Figure, theme: ChartTheme, size_wh: tuple[int, int], unit: float) -> None:
    """The coloured names above the timeline, in `legend_height` pixels."""
    width, height = size_wh
    font_size, places = _legend_places(width, unit)
    side = _SWATCH * unit
    for emotion, (x, row) in zip(EMOTIONS, places, strict=True):
        y = height - (17 + _LEGEND_ROW * row) * unit
        index = np.full((round(side), round(side)), EMOTIONS.index(emotion))
        figure.figimage(textured(index, theme, unit), round(x), round(y), origin="upper")
        # By the baseline: the middle of 'Überrascht' is another one than that of 'Neutral'.
        baseline = y + side / 2 - 0.38 * font_size * figure.dpi / 72
        name_x = x + side + _NAME_GAP * unit
        figure.text(
            name_x / width, baseline / height, emotion.title, va="baseline",
            color=theme.text, fontsize=font_size, family=FONT,
        )  # fmt: skip


def _legend_places(width: int, unit: float) -> tuple[float, list[tuple[float, int]]]:
    """Font size, and left edge in pixels and row of each name."""
    left, end = 52 * unit, width - 10 * unit
    pitch = min(96 * unit, (end - left) / len(EMOTIONS))
    places: list[tuple[float, int]] = []
    for size in (8.0, 6.5):
        needed = [
            (_SWATCH + _NAME_GAP) * unit + text_width(emotion.title, size * unit * _BASE_DPI / 72)
            for emotion in EMOTIONS
        ]
        if max(needed) + 2 * unit <= pitch:
            return size, [(left + number * pitch, 0) for number in range(len(EMOTIONS))]
        places = _in_rows(needed, left, end, 8 * unit)
        if places[-1][1] == 0:
            break
    return size, places


def _in_rows(needed: list[float], left: float, end: float, gap: float) -> list[tuple[float, int]]:
    """Left edges and rows of what stands one after the other, in rows of as many as can be."""
    rows = 1 + int((sum(needed) + gap * (len(needed) - 1) - 1) // (end - left))
    in_row = math.ceil(len(needed) / rows)
    places = []
    x = left
    for number, width in enumerate(needed):
        x = left if number % in_row == 0 else x + gap
        places.append((x, number // in_row))
        x += width
    return places


def make_canvas(size_wh: tuple[int, int], dpi: float, theme: ChartTheme) -> FigureCanvasAgg:
    """An empty picture of exactly this size in pixels."""
    # A hair more than the pixels, because the canvas cuts fractions off and 4.2 inches may be 419.99 pixels.
    figure = Figure(figsize=((size_wh[0] + 0.01) / dpi, (size_wh[1] + 0.01) / dpi), dpi=dpi)
    figure.set_facecolor(theme.background)
    return FigureCanvasAgg(figure)


def picture_of(canvas: FigureCanvasAgg) -> NDArray[np.uint8]:
    """What is drawn, uint8 RGB [height, width, 3], a copy."""
    canvas.draw()  # type: ignore[no-untyped-call]  # matplotlib's canvas has no type information
    rgba = canvas.buffer_rgba()  # type: ignore[no-untyped-call]  # the same
    return np.ascontiguousarray(np.asarray(rgba)[..., :3])
