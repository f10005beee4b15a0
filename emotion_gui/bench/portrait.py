"""One moving face at 640x480 without a camera: a public-domain portrait that matplotlib carries."""

from __future__ import annotations

import math
import time
from pathlib import Path

import cv2
import matplotlib as mpl
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.errors import SourceError
from emotion_gui.vision.frame import Frame

SIZE_WH = (640, 480)
RATE = 30
# The portrait sways by so many pixels, once in two seconds.
_SWAY_PX = 24
_SWAY_FRAMES = 2 * RATE


def portrait_frame(number: int = 0) -> NDArray[np.uint8]:
    """A frame with one face.

    Args:
        number: Number of the frame; the portrait sways with it, so that no two neighbours are alike.

    Returns:
        uint8 [480, 640, 3] BGR, 0 to 255; the face is about 160 pixels wide.

    Raises:
        SourceError: matplotlib was installed without its sample data.
    """
    portrait = _portrait()
    frame = np.full((SIZE_WH[1], SIZE_WH[0], 3), 96, dtype=np.uint8)
    sway = round(_SWAY_PX * math.sin(2 * math.pi * number / _SWAY_FRAMES))
    left = (SIZE_WH[0] - portrait.shape[1]) // 2 + sway
    frame[:, left : left + portrait.shape[1]] = portrait
    return frame


def _portrait() -> NDArray[np.uint8]:
    path = Path(mpl.get_data_path()) / "sample_data" / "grace_hopper.jpg"
    picture = cv2.imread(str(path))
    if picture is None:
        raise SourceError("The portrait to measure with is missing.", "Install matplotlib with its sample data.")
    height, width = picture.shape[:2]
    size = (round(width * SIZE_WH[1] / height), SIZE_WH[1])
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


class PortraitSource:
    """A camera that shows the portrait, 30 frames a second, for as long as it is asked.

    Attributes:
        captured_at: When each frame was there, in seconds of `time.monotonic`, by number of the frame.
    """

    live = True
    frame_count = 0

    def __init__(self) -> None:
        self._pictures = [portrait_frame(number) for number in range(_SWAY_FRAMES)]
        self._opened_at = time.monotonic()
        self.captured_at: list[float] = []

    def read(self) -> Frame:
        """The next frame, when its moment has come."""
        number = len(self.captured_at)
        time.sleep(max(0.0, self._opened_at + number / RATE - time.monotonic()))
        picture = stamped(self._pictures[number % len(self._pictures)], number)
        self.captured_at.append(time.monotonic())
        return Frame(number, self.captured_at[-1] - self._opened_at, 1 / RATE, picture)

    def close(self) -> None:
        """There is nothing to release."""


def stamped(picture: NDArray[np.uint8], number: int) -> NDArray[np.uint8]:
    """A copy that carries its number in its first pixel, so that a detector's input can be told apart."""
    copy = picture.copy()
    copy[0, 0] = number & 0xFF, number >> 8 & 0xFF, number >> 16 & 0xFF
    return copy


def stamp_of(picture: NDArray[np.uint8]) -> int:
    """The number that `stamped` wrote."""
    low, middle, high = (int(value) for value in picture[0, 0])
    return low | middle << 8 | high << 16
