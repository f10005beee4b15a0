"""What finds faces: one file per detector, one table."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.results import DetectedFace


class FaceDetector(Protocol):
    """Finds the faces of a frame; used by one thread at a time."""

    def detect(self, frame_bgr: NDArray[np.uint8]) -> list[DetectedFace]:
        """All faces, in no particular order.

        Args:
            frame_bgr: uint8 [height, width, 3], 0 to 255.
        """


# Named as strings, so that choosing one detector does not load the other; build.spec reads this table too.
FACE_DETECTORS: dict[str, str] = {
    "blazeface": "emotion_gui.vision.face_detectors.blazeface:BlazeFaceDetector",
    "haar": "emotion_gui.vision.face_detectors.haar:HaarDetector",
}


def create_detector(name: str) -> FaceDetector:
    """Load a detector by its key in `FACE_DETECTORS`.

    Raises:
        KeyError: There is no such detector.
        ModelError: Its model file is missing from the installation.
    """
    module, _, class_name = FACE_DETECTORS[name].partition(":")
    return cast(FaceDetector, getattr(import_module(module), class_name)())
