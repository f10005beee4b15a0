"""Many small faces in one picture, each with the words that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from train.exploring.figures import INK, LINE, WIDTH_IN, new_figure, save_png

# All lengths in inches.
_GAP = 0.1
_LINE_HEIGHT = 0.17
_CHIP = 0.09
_HEADING_HEIGHT = 0.34
_FONT_SIZE = 8.5

# A text, and the colour of the square before it; empty for none.
Line = tuple[str, str]


@dataclass(frozen=True)
class Tile:
    """One face of a sheet.

    Attributes:
        image: uint8 [height, width], grey, 0 to 255.
        lines: What stands under it.
    """

    image: NDArray[np.uint8]
    lines: tuple[Line, ...] = ()


def draw_face_sheet(tiles: Sequence[Tile], path: Path, *, columns: int, heading: Line = ("", "")) -> Path:
    """Write a PNG with the faces in rows, in their order.

    Args:
        tiles: One or more.
        path: The file.
        columns: Faces in a row; fewer faces than that still have the same size.
        heading: Stands above the faces.

    Returns:
        The path.
    """
    side = (WIDTH_IN - _GAP) / columns - _GAP
    rows = [tiles[start : start + columns] for start in range(0, len(tiles), columns)]
    heights = [side + _GAP + _LINE_HEIGHT * max(len(tile.lines) for tile in row) for row in rows]
    top = _GAP + (_HEADING_HEIGHT if heading[0] else 0)
    height = sum(heights) + top
    figure = new_figure(height, constrained=False)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    if heading[0]:
        _draw_line(axes, heading, (_GAP, top / 2), scale=1.3)
    for row, row_height in zip(rows, heights, strict=True):
        for column, tile in enumerate(row):
            _draw_tile(axes, tile, (_GAP + column * (side + _GAP), top), side)
        top += row_height
    axes.set(xlim=(0, WIDTH_IN), ylim=(height, 0), aspect="auto")
    return save_png(figure, path)


def _draw_tile(axes: Axes, tile: Tile, left_top: tuple[float, float], side: float) -> None:
    left, top = left_top
    # The pixels as they are: a smoothed face would look better than what the network is given.
    axes.imshow(
        tile.image, cmap="gray", vmin=0, vmax=255, extent=(left, left + side, top + side, top), interpolation="nearest"
    )
    # A frame, so that a white face has an edge.
    axes.add_patch(Rectangle(left_top, side, side, fill=False, edgecolor=LINE, linewidth=0.6))
    for number, line in enumerate(tile.lines):
        _draw_line(axes, line, (left, top + side + _LINE_HEIGHT * (number + 0.6)))


def _draw_line(axes: Axes, line: Line, left_middle: tuple[float, float], *, scale: float = 1.0) -> None:
    text, color = line
    left, middle = left_middle
    chip = scale * _CHIP
    if color:
        axes.add_patch(Rectangle((left, middle - chip / 2), chip, chip, facecolor=color, edgecolor="none"))
        left += 1.6 * chip
    axes.text(left, middle, text, fontsize=scale * _FONT_SIZE, color=INK, va="center_baseline")
