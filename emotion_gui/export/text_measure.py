"""How wide text is on paper, without drawing it: quick enough for tables of hundreds of rows."""

from __future__ import annotations

import unicodedata
from functools import cache

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags

from emotion_gui.export.chart_theme import FONT

_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_MEASURED_AT = 100


@cache
def _advance(character: str, *, bold: bool) -> float:
    """Width of one character in units of the font's size."""
    font = get_font(findfont(FontProperties(family=FONT, weight="bold" if bold else "normal")))
    if not font.get_char_index(ord(character)):
        # Another font draws it: marks stand on what they belong to, the widest letters fill a square.
        return 0.0 if unicodedata.category(character) in {"Mn", "Me", "Cf"} else 1.05
    font.set_size(_MEASURED_AT, 72)
    glyph = font.load_char(ord(character), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / _MEASURED_AT


def text_width(text: str, size_px: float, *, bold: bool = False) -> float:
    """Width of one line in pixels where the font's size is `size_px`."""
    return size_px * sum(_advance(character, bold=bold) for character in text)


def fitted(text: str, width: float, size_px: float, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it is wider than `width` pixels."""
    if text_width(text, size_px, bold=bold) <= width:
        return text
    count = _fitting(text, width - text_width(_ELLIPSIS, size_px, bold=bold), size_px, bold=bold)
    return text[:count].rstrip() + _ELLIPSIS


def wrapped(text: str, width: float, size_px: float, *, most_lines: int = 1000, bold: bool = False) -> list[str]:
    """The text in lines no wider than `width` pixels; words that are wider are broken, what is too much is cut."""
    lines: list[str] = []
    words = text.split(" ")
    line = ""
    while words:
        word = words.pop(0)
        longer = f"{line} {word}" if line else word
        if text_width(longer, size_px, bold=bold) <= width:
            line = longer
            continue
        if not line:
            # At least one character for each line, however narrow the place.
            count = max(1, _fitting(word, width, size_px, bold=bold))
            line, rest = word[:count], word[count:]
            words.insert(0, rest)
        else:
            words.insert(0, word)
        if len(lines) == most_lines - 1:
            return [*lines, fitted(" ".join([line, *words]), width, size_px, bold=bold)]
        lines.append(line)
        line = ""
    return [*lines, line] if line or not lines else lines


def _fitting(text: str, width: float, size_px: float, *, bold: bool) -> int:
    """How many characters from the beginning fit."""
    used = 0.0
    for count, character in enumerate(text):
        used += size_px * _advance(character, bold=bold)
        if used > width:
            return count
    return len(text)
