"""The classic: Viola and Jones' cascade of Haar features, as OpenCV ships it and the tutorials use it."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.errors import ModelError
from emotion_gui.core.results import Box, DetectedFace
from emotion_gui.core.translation import _
from emotion_gui.vision.preprocessing import to_gray

_CASCADE = "haarcascade_frontalface_default.xml"
# The usual tutorial's values.
_SCALE_STEP = 1.3
_MIN_NEIGHBORS = 5

# The cascade's squares hold more forehead and less chin than BlazeFace's, which everything after the detector
# expects: a square of this share of it, moved down by this share of its side (medians over FER-2013's Training faces
# that both find, printed by `emotion-gui bench --crop`).
_SIDE = 0.90
_DROP = 0.035


def cascade_path() -> Path:
    """The cascade's file inside the installed OpenCV."""
    return Path(cv2.__file__).parent / "data" / _CASCADE


class HaarDetector:
    """Finds upright faces seen from the front; slow on large pictures, and without eye positions."""

    def __init__(self) -> None:
        self._cascade = cv2.CascadeClassifier(str(cascade_path()))
        if self._cascade.empty():
            raise ModelError(
                _("The Haar face detector is missing from this installation of OpenCV."),
                _("Install opencv-python 4, or choose the BlazeFace detector in the settings."),
            )

    def detect(self, frame_bgr: NDArray[np.uint8]) -> list[DetectedFace]:
        """All faces; their score is 1.0, since the cascade gives none.

        Args:
            frame_bgr: uint8 [height, width, 3], 0 to 255; grey [height, width] is taken as well.
        """
        if not frame_bgr.size:
            return []
        squares = self._cascade.detectMultiScale(to_gray(frame_bgr), _SCALE_STEP, _MIN_NEIGHBORS)
        return [DetectedFace(_like_blazeface(*map(float, square)), 1.0) for square in squares]


def _like_blazeface(x: float, y: float, width: float, height: float) -> Box:
    side = _SIDE * width
    return Box(x + (width - side) / 2, y + (height - side) / 2 + _DROP * height, side, side)
