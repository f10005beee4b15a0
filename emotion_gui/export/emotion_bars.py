"""Bars of face time per emotion, longest first, for the screen and the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.translation import _
from emotion_gui.export.chart_theme import FONT, LIGHT, ChartTheme, duration_text, hatch_color, percent_text

# Column widths in widths of the digit 0, so that they fit at any font size.
_NAME_DIGITS, _PERCENT_DIGITS, _SECONDS_DIGITS, _GAP_DIGITS = 10.0, 6.0, 10.5, 1.2
_DIGIT_PER_POINT = 0.636
_BAR_HEIGHT = 0.56


@dataclass(frozen=True)
class _Row:
    name: Text
    track: Rectangle
    bar: Rectangle
    mark: Line2D
    percent: Text
    seconds: Text


class EmotionBars:
    """One row per emotion: name, bar from 0 to 100 %, percent, seconds; made once and then changed in place."""

    def __init__(self, axes: Axes, *, theme: ChartTheme = LIGHT, font_size: float = 9.0, hatches: bool = False) -> None:
        """Fill `axes` with seven empty rows.

        Args:
            axes: Where to draw; its frame and ticks are removed. Its size must not change afterwards.
            theme: Colours of background and text.
            font_size: Points.
            hatches: Whether long bars carry their emotion's hatch, for print without colour.
        """
        axes.set_axis_off()
        self._hatches = hatches
        points = axes.get_window_extent().width * 72 / axes.figure.dpi
        digit = _DIGIT_PER_POINT * font_size / points
        self._left = _NAME_DIGITS * digit
        percent_right = 1 - _SECONDS_DIGITS * digit
        self._width = percent_right - _PERCENT_DIGITS * digit - _GAP_DIGITS * digit - self._left
        axes.set(xlim=(0, 1), ylim=(len(EMOTIONS) - 0.5, -0.5))
        self._columns = (0.0, percent_right, 1.0)
        self._rows = [self._make_row(axes, emotion, theme, font_size) for emotion in EMOTIONS]
        self.update((0.0,) * len(EMOTIONS), (0.0,) * len(EMOTIONS))

    def _make_row(self, axes: Axes, emotion: Emotion, theme: ChartTheme, font_size: float) -> _Row:
        style: dict[str, Any] = {"va": "center", "fontsize": font_size, "family": FONT}
        name_x, percent_x, seconds_x = self._columns
        track = Rectangle((self._left, 0), self._width, _BAR_HEIGHT, facecolor=theme.track)
        bar = Rectangle((self._left, 0), 0, _BAR_HEIGHT, facecolor=emotion.color, linewidth=0)
        bar.set_hatchcolor(hatch_color(emotion, theme))
        axes.add_patch(track)
        axes.add_patch(bar)
        return _Row(
            axes.text(name_x, 0, emotion.title, ha="left", color=theme.text, **style),
            track,
            bar,
            axes.add_line(Line2D((0, 0), (0, 0), color=theme.text, linewidth=1.6, solid_capstyle="butt")),
            axes.text(percent_x, 0, "", ha="right", color=theme.text, **style),
            axes.text(seconds_x, 0, "", ha="right", color=theme.muted, **style),
        )

    def update(
        self,
        shares: Sequence[float],
        seconds: Sequence[float],
        thresholds: Mapping[Emotion, float] | None = None,
        *,
        uncounted: frozenset[Emotion] = frozenset(),
    ) -> None:
        """Show other figures.

        Args:
            shares: Share per emotion in the order of `EMOTIONS`, 0 to 1.
            seconds: Face time per emotion in seconds, same order.
            thresholds: Percent, 0 to 100, marked by a line across the bar; none where an emotion is absent.
            uncounted: Emotions whose share is not part of the whole; they are named so in place of a percentage.
        """
        order = sorted(range(len(EMOTIONS)), key=lambda index: -seconds[index])
        for place, index in enumerate(order):
            row, emotion = self._rows[index], EMOTIONS[index]
            for text in (row.name, row.percent, row.seconds):
                text.set_y(place)
            for bar in (row.track, row.bar):
                bar.set_y(place - _BAR_HEIGHT / 2)
            row.bar.set_width(self._width * shares[index])
            if self._hatches:
                row.bar.set_hatch(emotion.hatch if shares[index] > 0.03 else "")
            row.percent.set_text(_("not in") if emotion in uncounted else percent_text(shares[index]))
            row.seconds.set_text(duration_text(seconds[index]))
            self._mark(row, place, (thresholds or {}).get(emotion))

    def _mark(self, row: _Row, place: int, threshold: float | None) -> None:
        row.mark.set_visible(threshold is not None)
        if threshold is not None:
            x = self._left + self._width * threshold / 100
            row.mark.set_data((x, x), (place - 0.42, place + 0.42))
