"""Patterns that tell the seven colours apart where colour does not reach: small tiles of pixels, laid over a picture.

They repeat what `Emotion.hatch` says for shapes that matplotlib hatches; a picture made of pixels has no shapes.
"""

from __future__ import annotations

import numpy as np
from matplotlib.colors import to_rgba_array
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.export.chart_theme import ChartTheme, hatch_color

# The lines of each hatch in a tile of so many pixels at 100 dots per inch.
_TILE = 8
_PALETTE = (255 * to_rgba_array([emotion.color for emotion in EMOTIONS])).round().astype(np.uint8)


def _tile(hatch: str) -> NDArray[np.bool_]:
    y, x = np.mgrid[0:_TILE, 0:_TILE]
    rising, falling = (x + y) % _TILE == 0, (x - y) % _TILE == 0
    ring = np.hypot(x - 3.5, y - 3.5)
    patterns = {
        "//": rising,
        "\\\\": falling,
        "xx": rising | falling,
        "--": y % (_TILE // 2) == 0,
        "..": (x % 4 < 2) & (y % 4 < 2) & ((x // 4 + y // 4) % 2 == 0),
        "oo": (ring > 1.6) & (ring < 2.8),
        "": np.zeros((_TILE, _TILE), bool),
    }
    return np.asarray(patterns[hatch], bool)


_TILES = np.array([_tile(emotion.hatch) for emotion in EMOTIONS])


def textured(index: NDArray[np.intp], theme: ChartTheme, unit: float = 1.0) -> NDArray[np.uint8]:
    """A picture in the emotions' colours with the pattern of each.

    Args:
        index: Position in `EMOTIONS` of every pixel, [height, width].
        theme: Of the chart that it is a part of.
        unit: Pixels per inch over 100; patterns grow with it.

    Returns:
        RGBA, uint8 [height, width, 4].
    """
    step = max(1, round(unit))
    rows, columns = (np.arange(size) // step % _TILE for size in index.shape)
    lines = _TILES[index, rows[:, None], columns[None, :]]
    hatches = (255 * to_rgba_array([hatch_color(emotion, theme) for emotion in EMOTIONS])).round().astype(np.uint8)
    return np.where(lines[..., None], hatches[index], _PALETTE[index])
