"""What the sources on `cv2.VideoCapture` have in common."""

from __future__ import annotations

from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

# A missing camera is told in one sentence of ours; OpenCV's own lines in the terminal are noise beside it.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

_SLOWEST_FPS, _FASTEST_FPS, _USUAL_FPS = 1.0, 240.0, 30.0


class Capture(Protocol):
    """The part of `cv2.VideoCapture` that the sources use; tests bring their own."""

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        """True where pictures can be asked for."""

    def read(self) -> tuple[bool, Any]:
        """Whether there was a picture, and the picture."""

    def get(self, propId: int) -> float:  # noqa: N803 - OpenCV's name
        """A property; 0 where it is not known."""

    def set(self, propId: int, value: float) -> bool:  # noqa: N803 - OpenCV's name
        """Ask for a property; the device may choose otherwise."""

    def release(self) -> None:
        """Let go of the device or file."""


def read_bgr(capture: Capture) -> NDArray[np.uint8] | None:
    """The next picture, uint8 [height, width, 3] in 0 to 255; None where there is none or it cannot be decoded."""
    return as_bgr(*capture.read())


def as_bgr(done: bool, picture: Any) -> NDArray[np.uint8] | None:
    """What OpenCV answered as a picture; None where there is none."""
    if not done or picture is None or picture.size == 0:
        return None
    # Infrared cameras may hand over grey.
    if picture.ndim == 2:
        picture = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
    return np.asarray(picture, dtype=np.uint8)


def frame_interval_s(capture: Capture) -> float:
    """Seconds between two pictures as the source states them; 1/30 where it states none or a nonsensical rate.

    Browser recordings, for one, name their clock (1000 per second) as their rate.
    """
    fps = capture.get(cv2.CAP_PROP_FPS)
    return 1.0 / (fps if _SLOWEST_FPS <= fps <= _FASTEST_FPS else _USUAL_FPS)
