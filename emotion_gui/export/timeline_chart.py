"""The course of the expressions over time, for the screen and the report."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba_array
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MultipleLocator
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.translation import _
from emotion_gui.export.chart_theme import FONT, LIGHT, NO_FACE, ChartTheme, clock_text
from emotion_gui.export.course import Course
from emotion_gui.export.textures import textured

_PALETTE = (255 * to_rgba_array([emotion.color for emotion in EMOTIONS])).round().astype(np.uint8)
# The strip for what led for a step only, in heights of the stack.
_STRIP = (1.05, 1.13)
# Distances between labels that a person counts in, in seconds.
_TICK_STEPS_S = (0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)


class TimelineChart:
    """Mean probabilities stacked to 100 %, one column per step; blank where no face was seen or nothing counted.

    Columns are pixels of one image and not polygons: adjoining polygons leave light seams, and cost more to draw.
    """

    def __init__(
        self,
        axes: Axes,
        *,
        theme: ChartTheme = LIGHT,
        font_size: float = 8.0,
        max_ticks: int = 8,
        textures: bool = False,
    ) -> None:
        """Fill `axes` with an empty course.

        Args:
            axes: Where to draw. Its size must not change afterwards.
            theme: Colours of background and text.
            font_size: Points.
            max_ticks: How many labels the time axis has at most.
            textures: Whether each expression has its pattern beside its colour.
        """
        self._axes = axes
        self._max_ticks = max_ticks
        extent = axes.get_window_extent()
        self._size = max(1, round(extent.height)), max(1, round(extent.width))
        self._textures = (theme, axes.figure.dpi / 100) if textures else None
        style_axes(axes, theme, font_size)
        axes.set(ylim=(0, 1), yticks=(0, 0.5, 1))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda share, position: f"{100 * share:.0f} %"))
        self._image = axes.imshow(
            np.zeros((1, 1, 4), np.uint8), aspect="auto", interpolation="nearest", extent=(0, 1, 0, 1), zorder=1
        )
        self._empty = axes.text(
            0.5, 0.5, _(NO_FACE), ha="center", va="center", transform=axes.transAxes, color=theme.muted,
            fontsize=font_size + 1, family=FONT,
        )  # fmt: skip
        self.update(np.zeros((1, len(EMOTIONS))), (0.0, 1.0))

    def update(self, columns: NDArray[np.float64], span_s: tuple[float, float]) -> None:
        """Show another course.

        Args:
            columns: Mean probabilities, float [n, 7] in the order of `EMOTIONS`, for n equal parts of the span; a row
                of zeros where there was no face.
            span_s: Session time of the left and the right edge in seconds.
        """
        self._image.set_data(self._picture(columns))
        self._image.set_extent((*span_s, 0, 1))
        self._axes.set_xlim(span_s)
        self._axes.set_ylim(0, 1)
        self._axes.xaxis.set_major_locator(MultipleLocator(tick_step_s(span_s[1] - span_s[0], self._max_ticks)))
        self._empty.set_visible(not columns.any())

    def _picture(self, columns: NDArray[np.float64]) -> NDArray[np.uint8]:
        rows, width = self._size
        if self._textures is None:
            return stack_image(columns, rows)
        # A pattern is made of the picture's own pixels and not of columns, which may be wider.
        wide = columns[np.arange(width) * len(columns) // width]
        picture = textured(_stacked(wide, rows), *self._textures)
        picture[:, wide.sum(axis=1) <= 0, 3] = 0
        return picture

    def show(self, course: Course) -> None:
        """Show a whole session; where it was brought down, marks above tell what led for a moment only.

        Call it once.
        """
        span_s = (0.0, course.end_s)
        self.update(course.columns, span_s)
        if not (course.brief >= 0).any():
            return
        marks = np.zeros((1, len(course.brief), 4), np.uint8)
        marks[0, course.brief >= 0] = _PALETTE[course.brief[course.brief >= 0]]
        self._axes.imshow(marks, aspect="auto", interpolation="nearest", extent=(*span_s, *_STRIP), zorder=1)
        self._axes.set(xlim=span_s, ylim=(0, _STRIP[1]))
        # On a low chart '100 %' would run into the strip's name.
        self._axes.set_yticks((0, 0.5, sum(_STRIP) / 2), ("0 %", "50 %", _("brief")))


def style_axes(axes: Axes, theme: ChartTheme, font_size: float) -> None:
    """Quiet axes: time as m:ss below, no frame, the ground of 'no face'."""
    axes.add_patch(Rectangle((0, 0), 1, 1, transform=axes.transAxes, facecolor=theme.track, edgecolor="none", zorder=0))
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=3, width=0.8, color=theme.muted, labelcolor=theme.muted, labelsize=font_size)
    axes.tick_params(labelfontfamily=FONT)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda seconds, position: clock_text(seconds)))


def tick_step_s(span_s: float, max_ticks: int) -> float:
    """The smallest usual distance in seconds that needs no more than `max_ticks` labels."""
    return next((step for step in _TICK_STEPS_S if span_s / step <= max_ticks), _TICK_STEPS_S[-1])


def stack_image(columns: NDArray[np.float64], rows: int) -> NDArray[np.uint8]:
    """Columns of stacked shares as a picture.

    Args:
        columns: Probabilities, float [n, 7]; each row is scaled to sum to 1; a row of zeros stays blank.
        rows: Height of the picture in pixels, 1 or more.

    Returns:
        RGBA, uint8 [rows, n, 4]; angry at the bottom, neutral at the top; transparent where blank.
    """
    picture = np.asarray(_PALETTE[_stacked(columns, rows)], dtype=np.uint8)
    picture[:, columns.sum(axis=1) <= 0, 3] = 0
    return picture


def _stacked(columns: NDArray[np.float64], rows: int) -> NDArray[np.intp]:
    """Position in `EMOTIONS` of every pixel, [rows, n]; anything where a column is blank."""
    totals = columns.sum(axis=1)
    bounds = np.cumsum(columns / np.where(totals > 0, totals, 1.0)[:, None], axis=1)
    heights = 1 - (np.arange(rows) + 0.5) / rows
    # The last bound is 1 up to rounding: leaving it out keeps the index in range.
    return np.asarray((heights[:, None, None] > bounds[None, :, :-1]).sum(axis=2), dtype=np.intp)
