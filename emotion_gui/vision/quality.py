"""How well a face can be judged: size, light, sharpness, and how far it is turned."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.results import DetectedFace, FaceQuality


def measure_quality(crop_gray: NDArray[np.uint8], face: DetectedFace) -> FaceQuality:
    """Measure one face.

    Args:
        crop_gray: The face as the model takes it, uint8 [side, side], 0 to 255.
        face: The face in its frame.
    """
    box = face.box
    return FaceQuality(
        side_px=math.sqrt(max(0.0, box.width * box.height)),
        light=float(crop_gray.mean()),
        # Variance of the Laplacian: Pech-Pacheco et al. 2000, "Diatom autofocusing in brightfield microscopy".
        sharpness=float(cv2.Laplacian(crop_gray, cv2.CV_64F).var()),
        turn=_turn(face),
    )


def _turn(face: DetectedFace) -> float:
    """How far the eyes' middle is from the box's, in half widths of the box."""
    if face.eyes is None or face.box.width <= 0:
        return 0.0
    middle = (face.eyes[0][0] + face.eyes[1][0]) / 2
    return min(1.0, abs(middle - face.box.center[0]) / (face.box.width / 2))
