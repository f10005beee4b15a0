"""Crisp text on pictures: drawn once by Pillow, then laid over as an alpha mask."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Color = tuple[int, int, int]

BLACK: Color = (17, 17, 17)
WHITE: Color = (255, 255, 255)


def rgb_of(hex_color: str) -> Color:
    """'#RRGGBB' as red, green and blue, 0 to 255."""
    red, green, blue = bytes.fromhex(hex_color.removeprefix("#"))
    return red, green, blue


def contrast(first: Color, second: Color) -> float:
    """Contrast ratio of two colours, 1 to 21, after WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    bright, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def readable_on(background: Color) -> Color:
    """Black or white, whichever reads better on a background."""
    return max((BLACK, WHITE), key=lambda color: contrast(color, background))


def _luminance(color: Color) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@lru_cache(maxsize=2048)
def text_mask(text: str, size_px: int) -> NDArray[np.float32]:
    """How much of each pixel a line of text covers; drawn once and kept, since Pillow takes longer than a copy.

    Args:
        text: One line.
        size_px: Height of the font in pixels.

    Returns:
        float32 [height, width, 1], 0 to 1; the same height for every text of a size. Do not change it.
    """
    font = _font(size_px)
    ascent, descent = font.getmetrics()
    width = max(1, round(font.getlength(text)))
    image = Image.new("L", (width, ascent + descent))
    ImageDraw.Draw(image).text((0, 0), text, fill=255, font=font)
    mask = np.asarray(image, dtype=np.float32)[..., np.newaxis] / np.float32(255)
    mask.flags.writeable = False
    return mask


@lru_cache(maxsize=64)
def _font(size_px: int) -> ImageFont.FreeTypeFont:
    # The font comes with matplotlib, which is found but not imported: that would take half a second.
    spec = find_spec("matplotlib")
    assert spec, "matplotlib is one of the program's requirements"
    assert spec.submodule_search_locations, "matplotlib is a package"
    folder = Path(spec.submodule_search_locations[0])
    return ImageFont.truetype(folder / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf", size_px)


def lay_over(picture: NDArray[np.uint8], mask: NDArray[np.float32], left: int, top: int, *, color: Color) -> None:
    """Blend a mask in one colour onto a picture, in place; what reaches over its edge is left out.

    Args:
        picture: uint8 [height, width, 3] in the channel order of `color`.
        mask: float32 [h, w, 1], 0 to 1.
        left: Column of the mask's left edge; may be negative.
        top: Row of its top edge; may be negative.
        color: Three values, 0 to 255.
    """
    height, width = picture.shape[:2]
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(width, left + mask.shape[1]), min(height, top + mask.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    part = mask[y0 - top : y1 - top, x0 - left : x1 - left]
    region = picture[y0:y1, x0:x1]
    region[:] = (region + part * (np.array(color, np.float32) - region)).astype(np.uint8)
