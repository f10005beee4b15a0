"""A face as a picture file: read in any size and colour, written exactly."""

from __future__ import annotations

import struct
import warnings
import zlib
from io import BytesIO
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from emotion_gui.vision.preprocessing import resize_face
from train.data.problems import Kind, UnusableError

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".bmp"})
_FORMATS = ("PNG", "JPEG", "BMP")
# Of the packed file; a photo of a good camera has a third of that.
_MOST_BYTES = 32 << 20


def read_picture(stream: IO[bytes]) -> bytes:
    """A face from an open picture file.

    Args:
        stream: PNG, JPEG or BMP. A picture that is grey in 48 by 48 pixels is taken exactly, any other is made so.

    Returns:
        2304 bytes, row by row, 0 to 255.

    Raises:
        UnusableError: It is no such picture, or damaged, or so large that it can be no face.
        OSError: The file cannot be read.
    """
    content = stream.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise UnusableError(Kind.PICTURE, f"it is larger than {_MOST_BYTES >> 20} MiB")
    try:
        with warnings.catch_warnings():
            # What Pillow says of metadata helps nobody here. From 90 million pixels on it warns and unpacks them.
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=_FORMATS) as image:
                return resize_face(_gray(image)).tobytes()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise UnusableError(Kind.PICTURE, "it has too many pixels") from error
    # Pillow reports torn pictures by each of these.
    except (OSError, SyntaxError, ValueError, EOFError, OverflowError, struct.error, zlib.error) as error:
        raise UnusableError(Kind.PICTURE) from error


def _gray(image: Image.Image) -> NDArray[np.uint8]:
    if image.mode.startswith("I"):
        # 16 bits; Pillow's own conversion would cut everything above 255 to white.
        return np.asarray(np.asarray(image).clip(0, 65535) // 257, dtype=np.uint8)
    return np.asarray(image.convert("L"), dtype=np.uint8)


def write_picture(face: NDArray[np.uint8], path: Path) -> None:
    """Write a face, uint8 [48, 48], as a grey PNG, exact in every pixel.

    Raises:
        OSError: The file cannot be written.
    """
    Image.fromarray(face).save(path, format="PNG")
