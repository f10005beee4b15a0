"""How the shares of a session grew, and where they crossed their thresholds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MultipleLocator
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.nervousness import NervousnessRule
from emotion_gui.core.timeline import STEP_S, Timeline
from emotion_gui.core.translation import plural
from emotion_gui.export.chart_theme import FONT, LIGHT, ChartTheme
from emotion_gui.export.course import MOST_COLUMNS, steps_of
from emotion_gui.export.timeline_chart import style_axes, tick_step_s

# Share of the axes' height that a label needs.
_LABEL_DISTANCE = 0.12
_LINE_STYLES = ("-", "--", "-.", ":")


@dataclass(frozen=True)
class RunningShares:
    """Shares of all face time up to each moment.

    Attributes:
        times_s: float [n], session time at the end of each step in seconds.
        percent: float [n, 7] in the order of `EMOTIONS`, 0 to 100; 0 before the first face and for what the rule
            does not count.
        face_s: float [n], face time so far in seconds.
    """

    times_s: NDArray[np.float64]
    percent: NDArray[np.float64]
    face_s: NDArray[np.float64]


def running_shares(timeline: Timeline, rule: NervousnessRule) -> RunningShares:
    """The shares that the rule would have seen at the end of each step."""
    steps = steps_of(timeline)
    seconds = steps.label_s.cumsum(axis=0)
    face_s = seconds.sum(axis=1)
    counted = seconds * [emotion in rule.counted for emotion in EMOTIONS]
    totals = counted.sum(axis=1, keepdims=True)
    percent = 100 * np.divide(counted, totals, out=np.zeros_like(counted), where=totals > 0)
    return RunningShares(steps.start_s + STEP_S, percent, face_s)


def crossings(shares: RunningShares, rule: NervousnessRule) -> list[tuple[Emotion, float, float]]:
    """Where a share rose over its threshold once the rule had enough data: emotion, time in seconds, percent."""
    found = []
    enough = shares.face_s >= rule.min_face_s
    for index, emotion in enumerate(EMOTIONS):
        threshold = rule.thresholds.get(emotion)
        if threshold is None:
            continue
        over = enough & (shares.percent[:, index] > threshold)
        rises = np.flatnonzero(over & ~np.concatenate([[False], over[:-1]]))
        found += [(emotion, float(shares.times_s[row]), float(shares.percent[row, index])) for row in rises]
    return sorted(found, key=lambda crossing: crossing[1])


def extremes(values: NDArray[np.float64], most: int = MOST_COLUMNS) -> NDArray[np.intp]:
    """Which values to draw of a line that has more than a page can show.

    Of every stretch the lowest and the highest, so that no peak is lost, however short: every n-th value would lose
    most of them.

    Args:
        values: float [n].
        most: Number of stretches, 1 or more.

    Returns:
        Positions in `values`, rising, at most two for each stretch; with the first and the last.
    """
    if len(values) <= 2 * most:
        return np.arange(len(values))
    stretches = np.array_split(np.arange(len(values)), most)
    chosen = [part[choose(values[part])] for part in stretches for choose in (np.argmin, np.argmax)]
    return np.unique([0, *chosen, len(values) - 1])


class RunningSharesChart:
    """One line per emotion of the rule with its threshold as a fine line and each crossing as a dot."""

    def __init__(self, axes: Axes, *, theme: ChartTheme = LIGHT, font_size: float = 8.0) -> None:
        self._axes = axes
        self._theme = theme
        self._font_size = font_size
        style_axes(axes, theme, font_size)

    def draw(self, timeline: Timeline, rule: NervousnessRule, end_s: float) -> None:
        """Draw a session of `end_s` seconds; call it once."""
        shares = running_shares(timeline, rule)
        watched = [emotion for emotion in EMOTIONS if emotion in rule.thresholds]
        peaks = [shares.percent[:, EMOTIONS.index(emotion)].max(initial=0) for emotion in watched]
        top = min(100.0, max([*peaks, *(rule.thresholds[emotion] for emotion in watched), 20.0]) * 1.15)
        self._axes.set(xlim=(0, end_s), ylim=(0, top))
        self._axes.yaxis.set_major_formatter(FuncFormatter(lambda percent, _: f"{percent:.0f} %"))
        self._axes.xaxis.set_major_locator(MultipleLocator(tick_step_s(end_s, 8)))
        for number, emotion in enumerate(watched):
            self._draw_line(shares, emotion, _LINE_STYLES[number % len(_LINE_STYLES)])
        self._draw_thresholds(rule)
        for emotion, time_s, percent in crossings(shares, rule):
            self._axes.plot(
                [time_s], [percent], "o", markersize=6, color=emotion.color, markeredgecolor=self._theme.text, zorder=5
            )

    def _draw_line(self, shares: RunningShares, emotion: Emotion, style: str) -> None:
        column = shares.percent[:, EMOTIONS.index(emotion)]
        drawn = extremes(column)
        self._axes.plot(shares.times_s[drawn], column[drawn], style, color=emotion.color, linewidth=1.8, zorder=3)

    def _draw_thresholds(self, rule: NervousnessRule) -> None:
        labels = threshold_labels(rule)
        top = self._axes.get_ylim()[1]
        heights = _spread([percent / top for percent in labels], _LABEL_DISTANCE)
        for (percent, label), height in zip(labels.items(), heights, strict=True):
            self._axes.axhline(percent, color=self._theme.muted, linewidth=0.8, linestyle=(0, (6, 3)), zorder=2)
            self._axes.annotate(
                label,
                (1, height),
                xycoords="axes fraction",
                xytext=(5, 0),
                textcoords="offset points",
                va="center",
                fontsize=self._font_size,
                color=self._theme.muted,
                family=FONT,
            )


def threshold_labels(rule: NervousnessRule) -> dict[float, str]:
    """What stands at the right of the chart, by percent, the lowest first: 'Angry, Fear 25 %'."""
    names: dict[float, list[str]] = {}
    for emotion in EMOTIONS:
        if emotion in rule.thresholds:
            names.setdefault(rule.thresholds[emotion], []).append(emotion.title)
    return {percent: f"{_named(names[percent])} {percent:g} %" for percent in sorted(names)}


def _named(names: list[str]) -> str:
    return ", ".join(names) if len(names) < 3 else plural("{count} threshold", "{count} thresholds", len(names))


def _spread(heights: list[float], distance: float) -> list[float]:
    """Rising heights, moved up where two are closer than `distance`."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + distance) if placed else height)
    return placed
