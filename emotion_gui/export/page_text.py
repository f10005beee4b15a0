"""Text on the report's page: literal, in any script, never wider than its place."""

from __future__ import annotations

import logging
import unicodedata
import warnings
from functools import cache
from typing import Any

from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from emotion_gui.export.chart_theme import FONT, LIGHT, ChartTheme

# Families that bring the scripts which DejaVu lacks, as Windows, macOS and Linux name them.
_FALLBACKS = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "WenQuanYi Zen Hei", "Microsoft YaHei", "Yu Gothic", "Malgun Gothic",
    "Droid Sans Fallback",
    "PingFang SC", "Hiragino Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", "Nirmala UI",
    "Noto Sans Thai", "Segoe UI", "Segoe UI Symbol", "Segoe UI Emoji", "Arial Unicode MS", "Noto Emoji", "Symbola",
)  # fmt: skip
# A machine may lack a script's font; its box on the page says so, and the user can do nothing about a warning.
warnings.filterwarnings("ignore", message="Glyph .* missing from font", category=UserWarning)
# Nor about a fallback that has one weight only.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
# Height of an l of DejaVu Sans over the baseline, in sizes of the font.
_ASCENT = 0.76


@cache
def families() -> tuple[str, ...]:
    """The report's font and those of the fallbacks that this machine has."""
    installed = set(font_manager.get_font_names())
    return (FONT, *(name for name in _FALLBACKS if name in installed))


def one_line(text: str) -> str:
    """The text without line breaks and invisible control characters; directions of scripts stay."""
    spaced = " ".join(text.split())
    return "".join(character for character in spaced if unicodedata.category(character) not in {"Cc", "Cs", "Co"})


class Page:
    """A page in pixels from its top left corner.

    Attributes:
        figure: The page itself.
        size_wh: Its width and height in pixels.
        theme: Colours of its ground and text.
    """

    def __init__(self, size_wh: tuple[int, int], dpi: float, theme: ChartTheme = LIGHT) -> None:
        self.size_wh = size_wh
        self.theme = theme
        # A hair more than the pixels, because the canvas cuts fractions off.
        self.figure = Figure(figsize=((size_wh[0] + 0.01) / dpi, (size_wh[1] + 0.01) / dpi), dpi=dpi)
        self.figure.set_facecolor(theme.background)
        FigureCanvasAgg(self.figure)

    def place(self, left: float, top: float, width: float, height: float) -> tuple[float, float, float, float]:
        """A rectangle in pixels as matplotlib's left, bottom, width and height in shares of the page."""
        page_width, page_height = self.size_wh
        return left / page_width, 1 - (top + height) / page_height, width / page_width, height / page_height

    def write(self, left: float, top: float, text: str, *, size: float = 9, **style: Any) -> Text:
        """Write literal text with its top at `top`; `$` and the like stay what they are."""
        # Looking for every fallback takes time, and plain letters need none.
        family = FONT if text.isascii() else families()
        style = {"color": self.theme.text, "va": "baseline", "ha": "left", "family": family} | style
        if style["va"] == "baseline":
            # By the baseline, because the top of 'Überrascht' is higher than that of 'Neutral' beside it.
            top += _ASCENT * size * self.figure.dpi / 72
        x, y = left / self.size_wh[0], 1 - top / self.size_wh[1]
        return self.figure.text(x, y, text, fontsize=size, parse_math=False, **style)

    def write_line(self, left: float, top: float, text: str, *, width: float, **style: Any) -> Text:
        """Write one line, cut with an ellipsis where it is wider than `width` pixels."""
        written = self.write(left, top, one_line(text), **style)
        whole = written.get_text()
        # Halving finds the longest fit in a few measurements, even for ten thousand characters.
        low, high = 0, len(whole)
        if self._width(written) <= width:
            return written
        while low < high:
            middle = (low + high + 1) // 2
            written.set_text(whole[:middle].rstrip() + _ELLIPSIS)
            low, high = (middle, high) if self._width(written) <= width else (low, middle - 1)
        written.set_text(whole[:low].rstrip() + _ELLIPSIS)
        return written

    def write_block(self, left: float, top: float, text: str, *, width: float, lines: int, **style: Any) -> None:
        """Write running text in at most so many lines; the last is cut where there is more."""
        line_px = style.get("size", 9) * self.figure.dpi / 72 * 1.5
        words = one_line(text).split(" ")
        for number in range(lines):
            if not words:
                return
            last = number == lines - 1
            taken = len(words) if last else self._fitting(words, left, width, style)
            self.write_line(left, top + number * line_px, " ".join(words[:taken]), width=width, **style)
            words = words[taken:]

    def _fitting(self, words: list[str], left: float, width: float, style: dict[str, Any]) -> int:
        """How many words fit on a line; at least one."""
        probe = self.write(left, 0, "", **style)
        low, high = 1, min(len(words), 200)
        while low < high:
            middle = (low + high + 1) // 2
            probe.set_text(" ".join(words[:middle]))
            low, high = (middle, high) if self._width(probe) <= width else (low, middle - 1)
        probe.remove()
        return low

    def _width(self, text: Text) -> float:
        return float(text.get_window_extent().width)
