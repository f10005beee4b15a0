"""Footage under harder conditions: another crop, a tilted head, dim light, a noisy webcam."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.results import Box, DetectedFace
from emotion_gui.vision.face_detectors import FaceDetector

Image = NDArray[np.uint8]
Place = tuple[float, float]

_TIGHTER, _LOOSER = 0.85, 1.15
_TILT_DEGREES = 15.0
_DIM = 0.4
_NOISE_SD = 8.0


@dataclass(frozen=True)
class Variation:
    """One way to make it harder; each changes one thing only.

    Attributes:
        title: What it is called in the report.
        change: Takes a frame uint8 [height, width, 3] BGR and gives it changed, at the same size.
        turned_degrees: By how much the frame is turned about its middle, counter-clockwise.
        crop: Side of the crop in sides of the usual one.
    """

    title: str
    change: Callable[[Image], Image] = lambda image: image
    turned_degrees: float = 0.0
    crop: float = 1.0

    def place(self, place: Place, size_wh: tuple[int, int]) -> Place:
        """Where a point of the frame, in pixels, is after the change."""
        angle = math.radians(self.turned_degrees)
        middle_x, middle_y = size_wh[0] / 2, size_wh[1] / 2
        x, y = place[0] - middle_x, place[1] - middle_y
        # Rows count downward, so that counter-clockwise is to the eye what clockwise is in the formula.
        return (
            middle_x + math.cos(angle) * x + math.sin(angle) * y,
            middle_y - math.sin(angle) * x + math.cos(angle) * y,
        )


def _tilted(degrees: float) -> Callable[[Image], Image]:
    def change(image: Image) -> Image:
        height, width = image.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
        turned = cv2.warpAffine(image, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(turned, dtype=np.uint8)

    return change


def _dimmed(image: Image) -> Image:
    return (image * np.float32(_DIM)).astype(np.uint8)


def _noisy(image: Image) -> Image:
    # Seeded by the picture, so that every frame has noise of its own and every run the same.
    random = np.random.default_rng(int(image[::16, ::16].sum()))
    noise = random.standard_normal(image.shape, np.float32) * np.float32(_NOISE_SD)
    return np.clip(image + noise, 0, 255).astype(np.uint8)


AS_IT_IS = Variation("as it is")
VARIATIONS: Mapping[str, Variation] = {
    "tighter": Variation(f"crop x {_TIGHTER:g}", crop=_TIGHTER),
    "looser": Variation(f"crop x {_LOOSER:g}", crop=_LOOSER),
    "left": Variation(f"tilted {_TILT_DEGREES:g} degrees left", _tilted(_TILT_DEGREES), _TILT_DEGREES),
    "right": Variation(f"tilted {_TILT_DEGREES:g} degrees right", _tilted(-_TILT_DEGREES), -_TILT_DEGREES),
    "dim": Variation(f"light x {_DIM:g}", _dimmed),
    "noise": Variation(f"noise, sd {_NOISE_SD:g} of 255", _noisy),
}


class SharedDetector:
    """Finds the faces of a frame once for all models, in boxes that make the crop as large as asked for."""

    def __init__(self, detector: FaceDetector, crop: float = 1.0) -> None:
        self._detector = detector
        self._crop = crop
        self._frame: Image | None = None
        self._faces: list[DetectedFace] = []

    def detect(self, frame_bgr: Image) -> list[DetectedFace]:
        """See `FaceDetector.detect`; the same array asked for again is not looked at again."""
        if frame_bgr is not self._frame:
            self._frame = frame_bgr
            self._faces = [
                replace(face, box=_resized(face.box, self._crop)) for face in self._detector.detect(frame_bgr)
            ]
        return self._faces


def _resized(box: Box, factor: float) -> Box:
    width, height = factor * box.width, factor * box.height
    return Box(box.center[0] - width / 2, box.center[1] - height / 2, width, height)
