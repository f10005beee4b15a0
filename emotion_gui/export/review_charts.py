"""The charts of a past session: its shares, and its course or any stretch of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from matplotlib.ticker import FuncFormatter
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.session import SessionFrame
from emotion_gui.core.statistics import EmotionStatistics
from emotion_gui.core.timeline import STEP_S, Timeline
from emotion_gui.export.chart_theme import DARK, LIGHT, clock_text
from emotion_gui.export.chart_views import ChartsView
from emotion_gui.export.charts import LiveCharts, draw_legend, legend_height, make_canvas, picture_of, share_of
from emotion_gui.export.course import steps_of
from emotion_gui.export.timeline_chart import TimelineChart, tick_step_s

# A stretch this short is drawn from single results: the steps of a whole session would be coarse blocks.
FINE_SPAN_S = 60.0
# Thinner columns than this show the gaps between results and nothing else.
_FINEST_S = 0.02
_BASE_DPI = 100.0
_LEGEND_FROM = 110


@dataclass(frozen=True, eq=False)
class DrawnCourse:
    """A picture of a stretch of time, and where in it time runs.

    Attributes:
        rgb: uint8 [height, width, 3].
        begin_s: Session time at `left_px` in seconds.
        end_s: Session time at `right_px`.
        left_px: Left edge of the chart within the picture.
        right_px: Right edge of the chart.
        top_px: Upper edge of the chart, from the picture's top.
        bottom_px: Lower edge of the chart.
    """

    rgb: NDArray[np.uint8]
    begin_s: float
    end_s: float
    left_px: float
    right_px: float
    top_px: float
    bottom_px: float


def draw_shares(
    statistics: EmotionStatistics, size_wh: tuple[int, int], dpi: float = _BASE_DPI, *, dark: bool = False
) -> NDArray[np.uint8]:
    """Pie and bars of the whole session.

    Returns:
        RGB, uint8 [height, width, 3].
    """
    return LiveCharts(size_wh, dpi, dark=dark).render(ChartsView.of(statistics))


class CourseChart:
    """Draws stretches of one session's course; made once for each size of the window."""

    def __init__(self, size_wh: tuple[int, int], dpi: float = _BASE_DPI, *, dark: bool = False) -> None:
        """Make the chart; call it in the thread that draws.

        Args:
            size_wh: Width and height of the picture in pixels, at least 200 x 40.
            dpi: Pixels per inch of the screen; text grows with it.
            dark: Whether the picture is for a dark window.
        """
        self.size_wh = size_wh
        theme = DARK if dark else LIGHT
        unit = dpi / _BASE_DPI
        (width, height), left, right, bottom = size_wh, 52 * unit, 16 * unit, 22 * unit
        # In a low window the names stand elsewhere, and the course needs the room.
        has_legend = height >= _LEGEND_FROM * unit
        top = legend_height(width, unit) if has_legend else 8 * unit
        self._edges = (left, width - right, top, height - bottom)
        self._canvas = make_canvas(size_wh, dpi, theme)
        box = (left, bottom, width - left - right, height - bottom - top)
        self._axes = self._canvas.figure.add_axes(share_of(box, size_wh))
        self._ticks = max(3, int(width / (110 * unit)))
        self._chart = TimelineChart(self._axes, theme=theme, max_ticks=self._ticks, textures=True)
        if has_legend:
            draw_legend(self._canvas.figure, theme, size_wh, unit)

    def draw(self, columns: NDArray[np.float64], span_s: tuple[float, float]) -> DrawnCourse:
        """Draw columns as `step_columns` and `frame_columns` give them, for a span of time in seconds."""
        self._chart.update(columns, span_s)
        if tick_step_s(span_s[1] - span_s[0], self._ticks) < 1:
            self._axes.xaxis.set_major_formatter(FuncFormatter(lambda seconds, _: _fine_clock(seconds)))
        else:
            self._axes.xaxis.set_major_formatter(FuncFormatter(lambda seconds, _: clock_text(seconds)))
        return DrawnCourse(picture_of(self._canvas), *span_s, *self._edges)

    @property
    def columns(self) -> int:
        """How many columns the chart is wide, in pixels."""
        return max(1, int(self._edges[1] - self._edges[0]))


def _fine_clock(seconds: float) -> str:
    whole = int(seconds + 1e-6)
    return f"{clock_text(whole)}{f'{seconds - whole:.1f}'.removeprefix('0')}"


def step_columns(timeline: Timeline, span_s: tuple[float, float], most: int) -> NDArray[np.float64]:
    """Mean probabilities over a stretch of a session, from its half-second steps.

    Args:
        timeline: The whole course.
        span_s: Begin and end of the stretch in seconds of the session.
        most: How many columns are useful; fewer come back where there are fewer steps.

    Returns:
        float [n, 7] in the order of `EMOTIONS`; a row of zeros where no face was counted. Every step is part of a
        column, so no short change is dropped from hours, only thinned with what is beside it.
    """
    begin_s, end_s = span_s
    count = max(1, min(most, round((end_s - begin_s) / STEP_S)))
    columns = np.zeros((count, len(EMOTIONS)))
    steps = steps_of(timeline)
    # The middle of a step decides, so that a stretch that begins within one does not lose it.
    position = (steps.start_s + STEP_S / 2 - begin_s) / (end_s - begin_s) * count
    inside = (position >= 0) & (position < count)
    np.add.at(columns, position[inside].astype(int), steps.probability_s[inside])
    return columns


def frame_columns(frames: Iterable[SessionFrame], span_s: tuple[float, float], most: int) -> NDArray[np.float64]:
    """Mean probabilities over a short stretch, from single results.

    Args:
        frames: Those of the stretch.
        span_s: Begin and end of the stretch in seconds of the session.
        most: How many columns are useful.

    Returns:
        float [n, 7] in the order of `EMOTIONS`; a row of zeros where no face was counted.
    """
    begin_s, end_s = span_s
    count = max(1, min(most, round((end_s - begin_s) / _FINEST_S)))
    columns = np.zeros((count, len(EMOTIONS)))
    per_column_s = (end_s - begin_s) / count
    for frame in frames:
        faces = [face.probabilities for face in frame.faces if face.counts]
        if not faces:
            continue
        # A result stands for the seconds before it.
        first = int(max(0.0, (frame.time_s - frame.duration_s - begin_s) / per_column_s))
        last = int(max(0.0, (frame.time_s - begin_s) / per_column_s))
        columns[first : last + 1] += np.sum(faces, axis=0)
    return columns
