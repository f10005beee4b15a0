"""The colours of a person's hair, face and clothing, to find them again in the same session."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.results import Appearance, Box

# Hair, face and chest around the middle of the face's box, in sides of the box: left, top, right, bottom.
_PARTS = ((-0.6, -1.0, 0.6, -0.4), (-0.35, -0.3, 0.35, 0.4), (-0.9, 0.8, 0.9, 1.6))
# Of a part that reaches over the picture's edge, at least this share must be in it.
_LEAST_SEEN = 0.4
# Rows and columns of pixels that are looked at, at most.
_SAMPLES = 24
_HUES, _GRAYS = 8, 6
# Below this saturation (0 to 255) a camera's hue is noise, and the brightness says more.
_LEAST_SATURATION = 40


def measure_appearance(frame_bgr: NDArray[np.uint8], box: Box) -> Appearance:
    """How much of each colour there is in a person's hair, face and clothing.

    Histograms of colours as a means to find the same thing again: Swain and Ballard 1991, "Color indexing". This tells
    people apart who are dressed differently, for the minutes of one session. It is no identification: it holds nothing
    of the shape of a face, says nothing of who somebody is, does not outlast a change of clothes or light, and is
    dropped with the frame's result and never stored.

    Args:
        frame_bgr: uint8 [height, width, 3], 0 to 255.
        box: The face, in pixels of the frame.

    Returns:
        Three parts (hair, face, chest) of 14 shares each, 0 to 1, summing to 1: 8 hues of coloured pixels, then 6
        steps of brightness of the grey ones. A part outside the frame is empty.
    """
    side = math.sqrt(max(1.0, box.width * box.height))
    x, y = box.center
    return tuple(
        _colors(frame_bgr, (x + left * side, y + top * side, x + right * side, y + bottom * side))
        for left, top, right, bottom in _PARTS
    )


def _colors(frame_bgr: NDArray[np.uint8], corners: tuple[float, float, float, float]) -> tuple[float, ...]:
    height, width = frame_bgr.shape[:2]
    left, top = max(0, round(corners[0])), max(0, round(corners[1]))
    right, bottom = min(width, round(corners[2])), min(height, round(corners[3]))
    whole = (corners[2] - corners[0]) * (corners[3] - corners[1])
    if right <= left or bottom <= top or (right - left) * (bottom - top) < _LEAST_SEEN * whole:
        return ()
    # Single pixels and no averages: a histogram needs no more, and averaging a large face takes 1 ms.
    sample = frame_bgr[top : bottom : 1 + (bottom - top) // _SAMPLES, left : right : 1 + (right - left) // _SAMPLES]
    hue, saturation, value = cv2.split(cv2.cvtColor(np.ascontiguousarray(sample), cv2.COLOR_BGR2HSV))
    # OpenCV's hues go to 179. Red lies at both ends of the circle, so the borders are moved by half a step.
    hues = (hue.astype(np.int32) * _HUES + 90) // 180 % _HUES
    grays = _HUES + value.astype(np.int32) * _GRAYS // 256
    steps = np.where(saturation >= _LEAST_SATURATION, hues, grays)
    counts = np.bincount(steps.ravel(), minlength=_HUES + _GRAYS)
    return tuple((counts / counts.sum()).tolist())
