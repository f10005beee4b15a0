"""A network on one page, without Graphviz: its blocks from top to bottom, in as many columns as they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations, pairwise
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from emotion_gui.core.atomic_file import atomic_path
from train.networks.outline import Block, Line

_INK, _FAINT, _PAPER = "#1F2933", "#616E7C", "#FFFFFF"
# Fill by what the first word of a block says; others take the last.
_FILLS = {
    "Conv": "#DCEBFA",
    "Pad": "#DCEBFA",
    "Separable": "#DCEBFA",
    "Max": "#E3F1E4",
    "Mean": "#E3F1E4",
    "Dense": "#FBE8D3",
}
_FILL, _RESIDUAL_FILL = "#EFF1F3", "#E8E4F6"
# Inches; a line of text is one unit high.
_UNIT, _GAP, _MARGIN, _TITLE = 0.235, 0.2, 0.35, 0.5
_BOX, _GUTTER = 5.3, 0.45
_TEXT_AT, _SHAPE_AT, _WEIGHTS_AT = 0.1, 4.15, 5.2
# Of a column, as on a sheet of paper.
_HIGHEST = 10.0
_INDENT = "   "


@dataclass(frozen=True)
class _Place:
    """A block's box in inches from the page's top left corner."""

    block: Block
    x: float
    y: float

    @property
    def bottom(self) -> float:
        return self.y + _height(self.block)


def draw_network(blocks: list[Block], title: str, notes: Sequence[str], path: Path) -> None:
    """Draw the blocks with the shape of what leaves each layer and its number of weights.

    Args:
        blocks: What `train.networks.outline.outline` gave.
        title: The network's name.
        notes: What it is, in lines of up to 80 letters.
        path: PNG, 150 dots per inch.

    Raises:
        OSError: The file cannot be written.
    """
    if any(block.base for block in blocks):
        notes = (*notes, "Dashed: layers whose weights come from a file.")
    places = _places(blocks, top=_MARGIN + _TITLE + len(notes) * _UNIT)
    width = max(place.x for place in places) + _BOX + _MARGIN
    height = max(place.bottom for place in places) + _MARGIN
    figure = Figure((width, height), dpi=150, facecolor=_PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    _draw_title(axes, title, notes)
    for place in places:
        _draw_block(axes, place)
    for start, end in pairwise(places):
        _draw_arrow(axes, start, end)
    with atomic_path(path) as temporary:
        figure.savefig(temporary)


def _places(blocks: list[Block], top: float) -> list[_Place]:
    """In as few columns as are no higher than a sheet, all of about the same height."""
    heights = [_height(block) + _GAP for block in blocks]
    ends = [0.0, *accumulate(heights)]
    # The highest column of the best division is some run of neighbours.
    limits = sorted(end - start for start, end in combinations(ends, 2))
    columns = 1
    while min(limit for limit in limits if _columns(heights, limit)[-1] < columns) > max(_HIGHEST, *heights):
        columns += 1
    limit = min(limit for limit in limits if _columns(heights, limit)[-1] < columns)
    places, y = [], 0.0
    numbers = _columns(heights, limit)
    for index, (block, column) in enumerate(zip(blocks, numbers, strict=True)):
        y = y + heights[index - 1] if index and numbers[index - 1] == column else top
        places.append(_Place(block, _MARGIN + column * (_BOX + _GUTTER), y))
    return places


def _columns(heights: list[float], limit: float) -> list[int]:
    """The column of each block, where none is higher than the limit unless by a single block."""
    numbers, filled = [0], heights[0]
    for height in heights[1:]:
        # Sums of the same heights in another order differ in their last digits.
        fits = filled + height <= limit + 1e-6
        filled = filled + height if fits else height
        numbers.append(numbers[-1] if fits else numbers[-1] + 1)
    return numbers


def _height(block: Block) -> float:
    lines = len(block.lines)
    if block.shortcuts:
        # A heading, and each short cut on its lines, at least one.
        lines += 1 + sum(max(1, len(way)) for way in block.shortcuts)
    return (lines + 0.5) * _UNIT


def _draw_title(axes: Axes, title: str, notes: Sequence[str]) -> None:
    axes.text(_MARGIN, _MARGIN, title, size=14, weight="bold", color=_INK, va="center")
    y = _MARGIN + 1.25 * _UNIT
    for note in notes:
        axes.text(_MARGIN, y, note, size=9, color=_FAINT, va="center")
        y += _UNIT
    _draw_text(axes, _MARGIN + _SHAPE_AT, y, "output", align="right", color=_FAINT)
    _draw_text(axes, _MARGIN + _WEIGHTS_AT, y, "weights", align="right", color=_FAINT)


def _draw_block(axes: Axes, place: _Place) -> None:
    block = place.block
    box = FancyBboxPatch(
        (place.x, place.y),
        _BOX,
        _height(block),
        boxstyle="round,pad=0,rounding_size=0.06",
        facecolor=_fill(block),
        edgecolor=_FAINT,
        linewidth=0.8,
        linestyle="--" if block.base else "-",
    )
    axes.add_patch(box)
    y = place.y + 0.25 * _UNIT
    if not block.shortcuts:
        for line in block.lines:
            y = _draw_line(axes, (place.x, y), line, repeats=block.repeats)
        return
    times = f" \N{MULTIPLICATION SIGN} {block.repeats}, each:" if block.repeats > 1 else ""
    axes.text(
        place.x + _TEXT_AT, y + _UNIT / 2, f"Residual block{times}", size=8, weight="bold", color=_INK, va="center"
    )
    y += _UNIT
    *way, end = block.lines
    for line in way:
        y = _draw_line(axes, (place.x, y), line, prefix=_INDENT)
    for shortcut in block.shortcuts:
        y = _draw_shortcut(axes, (place.x, y), shortcut)
    _draw_line(axes, (place.x, y), end)


def _fill(block: Block) -> str:
    if block.shortcuts:
        return _RESIDUAL_FILL
    return _FILLS.get(block.lines[0].text.removeprefix("Pad · ").split()[0], _FILL)


def _draw_shortcut(axes: Axes, corner: tuple[float, float], way: tuple[Line, ...]) -> float:
    x, y = corner
    if not way:
        _draw_text(axes, x + _TEXT_AT, y, f"{_INDENT}Short cut: unchanged")
        return y + _UNIT
    for number, line in enumerate(way):
        y = _draw_line(axes, (x, y), line, prefix=_INDENT if number else f"{_INDENT}Short cut: ")
    return y


def _draw_line(axes: Axes, corner: tuple[float, float], line: Line, *, prefix: str = "", repeats: int = 1) -> float:
    """Draw text, shape and weights; returns the height at which the next line begins."""
    x, y = corner
    times = f"{repeats} \N{MULTIPLICATION SIGN} " if repeats > 1 else ""
    _draw_text(axes, x + _TEXT_AT, y, prefix + times + line.text)
    shape = " \N{MULTIPLICATION SIGN} ".join(map(str, line.shape))
    _draw_text(axes, x + _SHAPE_AT, y, shape, align="right", color=_FAINT)
    if line.parameters:
        _draw_text(axes, x + _WEIGHTS_AT, y, f"{times}{line.parameters:,}", align="right")
    return y + _UNIT


def _draw_text(axes: Axes, x: float, y: float, text: str, *, align: str = "left", color: str = _INK) -> None:
    axes.text(x, y + _UNIT / 2, text, size=8, ha=align, va="center", color=color)


def _draw_arrow(axes: Axes, start: _Place, end: _Place) -> None:
    """From a box to the next: straight down, or through the gutter to the top of the next column."""
    middle, target = start.x + _BOX / 2, end.x + _BOX / 2
    tip = end.y - 0.6 * _GAP
    if end.x == start.x:
        tip = start.bottom
    else:
        gutter, below = end.x - _GUTTER / 2, start.bottom + 0.6 * _GAP
        bends = [middle, middle, gutter, gutter, target], [start.bottom, below, below, tip, tip]
        axes.plot(*bends, color=_FAINT, linewidth=0.9)
    look = {"arrowstyle": "-|>", "color": _FAINT, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 8}
    axes.annotate("", (target, end.y), (target, tip), arrowprops=look)
