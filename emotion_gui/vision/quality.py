"""How well a face can be judged: size, light, sharpness, and how far it is turned.

Every measure is taken where the model looks: on the crop at the model's size, whatever the size of the face in its
frame. `emotion-gui bench --quality` shows what each of them makes of good and of spoilt footage.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.results import DetectedFace, FaceQuality

# Share of the crop's side at each edge that is left out: hair and background tell nothing of the face.
_EDGE = 1 / 6
# The two blurs that are compared, in pixels of the crop. The finer one is no finer because single pixels are noise.
_FINE, _COARSE = 0.8, 2.0
# Share of the pixels that are its edges: eyes, brows, nose, mouth.
_EDGES = 0.2
# Pixels at the crop's edge where a gradient is only half known.
_BORDER = 2
_NO_EDGE = 1e-6
# How far the tip of the nose lies before the line between the ears, in halves of their distance: about 12 cm and
# 14 cm for an adult.
_NOSE_DEPTH = 1.7


def measure_quality(crop_gray: NDArray[np.uint8], face: DetectedFace) -> FaceQuality:
    """Measure one face; about 0.1 ms.

    Args:
        crop_gray: The face as the model takes it, uint8 [side, side], 0 to 255.
        face: The face in its frame.
    """
    return FaceQuality(
        side_px=math.sqrt(max(0.0, face.box.width * face.box.height)),
        light=lightness(crop_gray),
        sharpness=sharpness(crop_gray),
        turn=turn(face),
    )


def lightness(crop_gray: NDArray[np.uint8]) -> float:
    """How light a face looks, 0 (black) to 100 (white).

    The median grey of its middle as CIE 1976 lightness L* (ISO/CIE 11664-4), with the greys decoded as sRGB
    (IEC 61966-2-1): equal steps look equal, which neither grey values nor their mean in light do. The median because
    glasses, a beard and bright reflections are not the light that falls on a face.

    Args:
        crop_gray: uint8 [side, side], 0 to 255.
    """
    edge = round(_EDGE * len(crop_gray))
    gray = float(np.median(crop_gray[edge : len(crop_gray) - edge, edge : len(crop_gray) - edge])) / 255
    light = gray / 12.92 if gray <= 0.04045 else ((gray + 0.055) / 1.055) ** 2.4
    return 116 * math.cbrt(light) - 16 if light > (6 / 29) ** 3 else light * (29 / 3) ** 3


def sharpness(crop_gray: NDArray[np.uint8]) -> float:
    """How sharp the face's edges are at the model's size, 0 (a blur) to 100 (a step from pixel to pixel).

    A sharp edge loses more of its steepness when it is blurred than a blurred one does: the ratio of the gradients
    under a finer and a coarser blur tells how blurred an edge was before (Zhuo and Sim 2011, "Defocus map estimation
    from a single image"). It is taken over the strongest edges of the coarse picture, so that noise, which has
    none, does not pass for sharpness; as a ratio it is the same in any light and contrast; and the direction with the
    blunter edges decides, so that a face that moves aside is blurred. The variance of the Laplacian, which is usual,
    falls to a twentieth in dim light and rises with noise.

    Args:
        crop_gray: uint8 [side, side], 0 to 255.
    """
    gray = crop_gray.astype(np.float32)
    fine, coarse = (np.asarray(cv2.GaussianBlur(gray, (0, 0), blur), np.float32) for blur in (_FINE, _COARSE))
    ratio = min(_steepness(fine, coarse, 1, 0), _steepness(fine, coarse, 0, 1))
    # An ideal edge under a Gaussian blur of s is as steep as 1 / s.
    return 100 * min(1.0, max(0.0, (ratio - 1) / (_COARSE / _FINE - 1)))


def _steepness(fine: NDArray[np.float32], coarse: NDArray[np.float32], across: int, down: int) -> float:
    """How much steeper the strongest edges of `coarse` are in `fine`, in one direction."""
    inner = slice(_BORDER, -_BORDER)
    steep = cv2.Sobel(fine, cv2.CV_32F, across, down)[inner, inner] ** 2
    blunt = cv2.Sobel(coarse, cv2.CV_32F, across, down)[inner, inner] ** 2
    edges = blunt >= np.partition(blunt, place := int((1 - _EDGES) * blunt.size), axis=None)[place]
    return math.sqrt(float(steep[edges].mean()) / max(float(blunt[edges].mean()), _NO_EDGE))


def turn(face: DetectedFace) -> float:
    """How far the head is turned aside, 0 (to the camera) to 1 (profile): the angle in quarter turns.

    From where the tip of the nose stands between the ears, along the line between the eyes, so that a head that is
    tilted is not taken for one that is turned. Nodding is left out: what moves the mouth would pass for it.

    Args:
        face: The face; 0 where its nose and ears are not known, as with the Haar cascade, which finds none that is
            turned by much.
    """
    if face.eyes is None or face.nose is None or face.ears is None:
        return 0.0
    (left_x, left_y), (right_x, right_y) = face.eyes
    tilt = math.atan2(right_y - left_y, right_x - left_x)

    def along(point: tuple[float, float]) -> float:
        return point[0] * math.cos(tilt) + point[1] * math.sin(tilt)

    left, right = map(along, face.ears)
    off = abs(along(face.nose) - (left + right) / 2)
    return min(1.0, math.atan2(off, _NOSE_DEPTH * max(0.0, (right - left) / 2)) / (math.pi / 2))
