"""Draws the program's icon and writes it in every form that a system asks for: `python assets/make_icon.py`."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent / "icon"
# Sizes of the window's icon and of Linux's menus; each is drawn for itself, so that a small one stays clear.
PNG_SIZES = (16, 32, 48, 128, 256)
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
ICNS_SIZES = (16, 32, 64, 128, 256, 512, 1024)

_GROUND, _FACE, _FRAME = "#2457c5", "#ffffff", "#ffd166"
# Below this the corners of the frame would be specks.
_SMALLEST_WITH_FRAME = 32
_OVERSAMPLING = 8


def draw(size: int) -> Image.Image:
    """A smiling face, found: RGBA, `size` pixels square."""
    side = size * _OVERSAMPLING
    image = Image.new("RGBA", (side, side))
    pen = ImageDraw.Draw(image)
    framed = size >= _SMALLEST_WITH_FRAME
    pen.rounded_rectangle((0, 0, side - 1, side - 1), radius=side * 0.22, fill=_GROUND)
    _draw_face(pen, side, radius=side * (0.27 if framed else 0.38))
    if framed:
        _draw_frame(pen, side)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def _draw_face(pen: ImageDraw.ImageDraw, side: int, *, radius: float) -> None:
    middle = side / 2
    pen.circle((middle, middle), radius, fill=_FACE)
    for direction in (-1, 1):
        pen.circle((middle + direction * radius * 0.36, middle - radius * 0.22), radius * 0.14, fill=_GROUND)
    reach, width = radius * 0.56, radius * 0.17
    pen.arc((middle - reach, middle - reach, middle + reach, middle + reach), 25, 155, fill=_GROUND, width=round(width))


def _draw_frame(pen: ImageDraw.ImageDraw, side: int) -> None:
    """The four corners that a found face gets on the picture."""
    near, arm, width = side * 0.13, side * 0.17, side * 0.05
    for x, right in ((near, 1), (side - near, -1)):
        for y, down in ((near, 1), (side - near, -1)):
            _draw_bar(pen, (x, y), (x + right * arm, y + down * width))
            _draw_bar(pen, (x, y), (x + right * width, y + down * arm))


def _draw_bar(pen: ImageDraw.ImageDraw, start: tuple[float, float], end: tuple[float, float]) -> None:
    (left, right), (top, bottom) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    pen.rectangle((left, top, right, bottom), fill=_FRAME)


def main(folder: Path = FOLDER) -> None:
    """Write PNG files, the .ico for Windows and the .icns for macOS."""
    folder.mkdir(parents=True, exist_ok=True)
    for size in PNG_SIZES:
        draw(size).save(folder / f"emotion-gui-{size}.png", optimize=True)
    # Pillow takes the picture of each size from the others where it is there, and scales only what is missing.
    icons = {size: draw(size) for size in {*ICO_SIZES, *ICNS_SIZES}}
    squares = [(size, size) for size in ICO_SIZES]
    icons[ICO_SIZES[-1]].save(
        folder / "emotion-gui.ico", sizes=squares, append_images=[icons[size] for size in ICO_SIZES[:-1]]
    )
    icons[ICNS_SIZES[-1]].save(folder / "emotion-gui.icns", append_images=[icons[size] for size in ICNS_SIZES[:-1]])


if __name__ == "__main__":
    main()
