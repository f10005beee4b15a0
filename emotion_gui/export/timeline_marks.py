"""Markers on a timeline: a line at each moment, with its words where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.text import Annotation

from emotion_gui.export.chart_theme import LIGHT, ChartTheme
from emotion_gui.export.page_text import families, one_line

_MOST_LETTERS = 18
# Mean width of a letter in units of the font's size, as DejaVu Sans has it.
_LETTER = 0.56
_GAP_PX = 4.0
# Lines of words one below the other; more would hide the course.
_ROWS = 2


class TimelineMarks:
    """Lines over axes whose horizontal one is session time in seconds; the newest words come first where it is full.

    Args:
        axes: Where to draw. Its size must not change afterwards.
        theme: Colours of lines and words.
        font_size: Points.
    """

    def __init__(self, axes: Axes, *, theme: ChartTheme = LIGHT, font_size: float = 7.5) -> None:
        self._axes = axes
        self._theme = theme
        self._font_size = font_size
        # A light line under the dark one: on seven colours, one of the two is always seen.
        self._lines = [
            LineCollection([], colors=color, linewidths=width, transform=axes.get_xaxis_transform(), zorder=5)
            for color, width in ((theme.background, 2.6), (theme.text, 1.2))
        ]
        for lines in self._lines:
            axes.add_collection(lines, autolim=False)
        self._words: list[Annotation] = []

    @property
    def words(self) -> tuple[str, ...]:
        """What is written, newest first."""
        return tuple(text.get_text() for text in self._words if text.get_visible())

    def update(self, marks: Sequence[tuple[float, str]], span_s: tuple[float, float]) -> None:
        """Show other markers.

        Args:
            marks: Session time in seconds and words of each, in order of time.
            span_s: Session time of the left and the right edge in seconds.
        """
        inside = [(time_s, _shortened(words)) for time_s, words in marks if span_s[0] <= time_s <= span_s[1]]
        for lines in self._lines:
            lines.set_segments([[(time_s, 0.0), (time_s, 1.0)] for time_s, _words in inside])
        for text in self._words:
            text.set_visible(False)
        width = self._axes.get_window_extent().width
        placed: list[list[tuple[float, float]]] = [[] for _row in range(_ROWS)]
        written = 0
        for time_s, words in reversed(inside):
            x = width * (time_s - span_s[0]) / (span_s[1] - span_s[0])
            left, right = self._room(x, words, width)
            free = (row for row, taken in enumerate(placed) if all(right <= a or b <= left for a, b in taken))
            row = next(free, None) if left >= 0 and right <= width else None
            if row is not None:
                placed[row].append((left, right))
                self._write(self._text(written), time_s, words, (row, right <= x))
                written += 1

    def _room(self, x: float, words: str, width: float) -> tuple[float, float]:
        """Left and right edge in pixels of words at a line: right of it, or left of it at the right end."""
        length = _GAP_PX * 2 + len(words) * _LETTER * self._font_size * self._axes.figure.dpi / 72
        return (x, x + length) if x + length <= width else (x - length, x)

    def _text(self, number: int) -> Annotation:
        if number == len(self._words):
            ground = {"facecolor": self._theme.background, "edgecolor": "none", "alpha": 0.85, "pad": 1.2}
            self._words.append(
                self._axes.annotate(
                    "", (0, 1), (0, 0), xycoords=self._axes.get_xaxis_transform(), textcoords="offset points", va="top",
                    bbox=ground, color=self._theme.text, fontsize=self._font_size, family=families(),
                    parse_math=False, zorder=6, annotation_clip=False,
                )
            )  # fmt: skip
        return self._words[number]

    def _write(self, text: Annotation, time_s: float, words: str, place: tuple[int, bool]) -> None:
        row, to_the_left = place
        text.set(text=words, visible=True, ha="right" if to_the_left else "left")
        text.xy = (time_s, 1)
        text.set_position((-_GAP_PX if to_the_left else _GAP_PX, -_GAP_PX - row * 1.8 * self._font_size))


def _shortened(words: str) -> str:
    line = one_line(words[: 4 * _MOST_LETTERS])
    return line if len(line) <= _MOST_LETTERS else f"{line[: _MOST_LETTERS - 1].rstrip()}…"
