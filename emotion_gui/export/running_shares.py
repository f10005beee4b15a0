"""How the shares of a session grew, and where they crossed their thresholds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MultipleLocator
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.nervousness import NervousnessRule
from emotion_gui.core.timeline import STEP_S, Timeline
from emotion_gui.export.chart_theme import FONT, LIGHT
from emotion_gui.export.timeline_chart import style_axes, tick_step_s

# More columns than a page has pixels show nothing more.
MOST_COLUMNS = 900
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
    steps = list(timeline)
    seconds = np.array([step.label_s for step in steps], np.float64).reshape(-1, len(EMOTIONS)).cumsum(axis=0)
    face_s = seconds.sum(axis=1)
    counted = seconds * [emotion in rule.counted for emotion in EMOTIONS]
    totals = counted.sum(axis=1, keepdims=True)
    percent = 100 * np.divide(counted, totals, out=np.zeros_like(counted), where=totals > 0)
    return RunningShares(np.array([step.start_s + STEP_S for step in steps], np.float64), percent, face_s)


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


def probability_columns(timeline: Timeline, end_s: float) -> NDArray[np.float64]:
    """Mean probabilities in equal parts of the session, at most `MOST_COLUMNS`.

    Returns:
        float [n, 7]; rows of zeros where no face was counted.
    """
    per_column = max(1, int(np.ceil(end_s / STEP_S / MOST_COLUMNS)))
    columns = np.zeros((max(1, int(np.ceil(end_s / STEP_S / per_column))), len(EMOTIONS)))
    for step in timeline:
        columns[min(int(step.start_s / STEP_S) // per_column, len(columns) - 1)] += step.probability_s
    # What is drawn are proportions; `stack_image` scales each column to a whole.
    return columns


class RunningSharesChart:
    """One line per emotion of the rule with its threshold as a fine line and each crossing as a dot."""

    def __init__(self, axes: Axes, *, font_size: float = 8.0) -> None:
        self._axes = axes
        self._font_size = font_size
        style_axes(axes, LIGHT, font_size)

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
        self._draw_thresholds((rule.thresholds[emotion], emotion) for emotion in watched)
        for emotion, time_s, percent in crossings(shares, rule):
            self._axes.plot(
                [time_s], [percent], "o", markersize=6, color=emotion.color, markeredgecolor=LIGHT.text, zorder=5
            )

    def _draw_line(self, shares: RunningShares, emotion: Emotion, style: str) -> None:
        column = shares.percent[:, EMOTIONS.index(emotion)]
        stride = max(1, len(column) // MOST_COLUMNS)
        self._axes.plot(shares.times_s[::stride], column[::stride], style, color=emotion.color, linewidth=1.8, zorder=3)

    def _draw_thresholds(self, thresholds: Iterable[tuple[float, Emotion]]) -> None:
        by_percent: dict[float, list[str]] = {}
        for percent, emotion in thresholds:
            by_percent.setdefault(percent, []).append(emotion.title)
        top = self._axes.get_ylim()[1]
        heights = _spread([percent / top for percent in sorted(by_percent)], _LABEL_DISTANCE)
        for (percent, names), height in zip(sorted(by_percent.items()), heights, strict=True):
            self._axes.axhline(percent, color=LIGHT.muted, linewidth=0.8, linestyle=(0, (6, 3)), zorder=2)
            self._axes.annotate(
                f"{_named(names)} {percent:g} %",
                (1, height),
                xycoords="axes fraction",
                xytext=(5, 0),
                textcoords="offset points",
                va="center",
                fontsize=self._font_size,
                color=LIGHT.muted,
                family=FONT,
            )


def _named(names: list[str]) -> str:
    return ", ".join(names) if len(names) < 3 else f"{len(names)} thresholds"


def _spread(heights: list[float], distance: float) -> list[float]:
    """Rising heights, moved up where two are closer than `distance`."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + distance) if placed else height)
    return placed


def session_end_s(timeline: Timeline) -> float:
    """Session time at which the last step ends, in seconds; 1 for an empty session, so that an axis has a length."""
    last = max((step.start_s for step in timeline), default=0.0)
    return last + STEP_S if len(timeline) else 1.0
