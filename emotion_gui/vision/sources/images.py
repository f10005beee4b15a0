"""Photos: a single image file, or a folder of them as a slow film."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from emotion_gui.core.errors import SourceError
from emotion_gui.core.translation import N_, _
from emotion_gui.vision.frame import Frame

IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff")

_FORMATS = ("PNG", "JPEG", "BMP", "WEBP", "TIFF")
_INTERVAL_S = 1.0
_HINT = N_("Choose png, jpg, bmp, webp or tif images that other programs can open.")


class ImagesSource:
    """Images in the order of their names, one per second.

    Args:
        path: An image, or a folder; folders within it are not searched.

    Attributes:
        skipped: Images that could not be read so far.

    Raises:
        SourceError: There is nothing at `path`, or no image that can be read.
    """

    live = False

    def __init__(self, path: Path) -> None:
        self.skipped = 0
        self._paths = images_at(path)
        self.frame_count = len(self._paths)
        self._waiting = iter(self._paths)
        self._count = 0
        self._first = self._next_readable()
        if self._first is None:
            raise SourceError(_("None of the images in '{name}' can be read.").format(name=path.name), _(_HINT))

    def read(self) -> Frame | None:
        """The next image that can be read; None after the last."""
        picture, self._first = self._first, None
        if picture is None:
            picture = self._next_readable()
        if picture is None:
            return None
        frame = Frame(self._count, self._count * _INTERVAL_S, _INTERVAL_S, picture)
        self._count += 1
        return frame

    def close(self) -> None:
        """Give no more images."""
        self._first = None
        self._waiting = iter(())

    def _next_readable(self) -> NDArray[np.uint8] | None:
        for path in self._waiting:
            try:
                return read_image(path)
            except SourceError:
                # A single image has nothing to go on with: its own reason is told.
                if self.frame_count == 1:
                    raise
                self.skipped += 1
        return None


def open_images(address: str) -> ImagesSource:
    """Open the image or the folder of images at the path `address`.

    Raises:
        SourceError: There is nothing there, or no image that can be read.
    """
    return ImagesSource(Path(address))


def read_image(path: Path) -> NDArray[np.uint8]:
    """Read one image by Pillow, which takes names in any script on Windows, too; `cv2.imread` does not.

    Args:
        path: The file. Of an animation the first picture counts, of a transparent image what shows on white.

    Returns:
        uint8 [height, width, 3] BGR, 0 to 255, upright as its EXIF orientation says.

    Raises:
        SourceError: It is missing, damaged, no image, or so large that it looks like an attack on the memory.
    """
    try:
        with Image.open(path, formats=_FORMATS) as image:
            upright = ImageOps.exif_transpose(_as_8_bit(image))
            rgb = np.asarray(_on_white(upright), dtype=np.uint8)
    except Image.DecompressionBombError as error:
        raise SourceError(
            _("The image '{name}' is too large to be opened safely.").format(name=path.name), _("Scale it down first.")
        ) from error
    except FileNotFoundError as error:
        raise SourceError(
            _("The image '{name}' does not exist.").format(name=path.name), _("Check its name and folder.")
        ) from error
    # Pillow's decoders report damage by any of these.
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise SourceError(_("The image '{name}' cannot be read.").format(name=path.name), _(_HINT)) from error
    return np.ascontiguousarray(rgb[..., ::-1])


def _as_8_bit(image: Image.Image) -> Image.Image:
    """Scale 16-bit grey down; Pillow's own conversion would cut everything above 255 off to white."""
    if not image.mode.startswith("I"):
        return image
    levels = np.asarray(image).astype(np.int64)
    scaled = levels // 257 if levels.max(initial=0) > 255 else levels
    result = Image.fromarray(np.clip(scaled, 0, 255).astype(np.uint8))
    # The orientation mark is lost with the pixels' type.
    result.getexif().update(image.getexif())
    return result


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    layered = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered).convert("RGB")


def images_at(path: Path) -> list[Path]:
    """The images of a folder in the order of their names, or the one at `path`.

    Raises:
        SourceError: The folder cannot be read, or holds none.
    """
    if not path.is_dir():
        return [path]
    try:
        # Files that begin with a dot are previews that macOS leaves on memory cards.
        found = [
            entry
            for entry in path.iterdir()
            if entry.suffix.lower() in IMAGE_SUFFIXES and not entry.name.startswith(".")
        ]
    except OSError as error:
        raise SourceError(
            _("The folder '{name}' cannot be read.").format(name=path.name), _("Check that you may open it.")
        ) from error
    if not found:
        raise SourceError(
            _("The folder '{name}' holds no images.").format(name=path.name),
            _("Choose one with png, jpg, bmp, webp or tif files."),
        )
    return sorted(found, key=natural_order)


def natural_order(path: Path) -> list[tuple[int, str]]:
    """'face2' before 'face10', whatever the letters' case."""
    parts = re.split(r"([0-9]+)", path.name.lower())
    return [(int(part), "") if number % 2 else (-1, part) for number, part in enumerate(parts)]
