"""From a face in a frame to the array that the model takes: the one copy, used by the program and by `train`."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.results import DetectedFace

FACE_SIDE = 48

# How FER-2013 frames a face, in units of the side of BlazeFace's box: measured on its Training faces by
# `emotion-gui bench --crop` (median of the side 1.16, quartiles 1.06 and 1.30; of the centre 0.04 above the box's,
# quartiles 0.08 and -0.01). The box is the unit because it spreads no more than the distance of the eyes and does not
# shrink when a head turns.
CROP_SIDE = 1.16
CROP_LIFT = 0.04
# Beyond this a face is larger than any frame that the program shows.
_MOST_OVERSAMPLING = 16


def to_gray(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Grey of a picture.

    Args:
        image: uint8 [height, width] grey, [height, width, 3] BGR or [height, width, 4] BGRA, 0 to 255.

    Returns:
        uint8 [height, width], 0 to 255, by OpenCV's weights (0.299 R + 0.587 G + 0.114 B).
    """
    if image.ndim == 2:
        return image
    code = cv2.COLOR_BGR2GRAY if image.shape[2] == 3 else cv2.COLOR_BGRA2GRAY
    return np.asarray(cv2.cvtColor(image, code), dtype=np.uint8)


def resize_face(face_gray: NDArray[np.uint8], side: int = FACE_SIDE) -> NDArray[np.uint8]:
    """A grey crop at the model's size.

    Shrinking averages areas, as FER-2013's own small faces were made from larger pictures; growing interpolates.

    Args:
        face_gray: uint8 [height, width], 0 to 255.
        side: Width and height of the result in pixels.

    Returns:
        uint8 [side, side], 0 to 255.
    """
    if face_gray.shape == (side, side):
        return face_gray
    shrinking = min(face_gray.shape) > side
    method = cv2.INTER_AREA if shrinking else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(face_gray, (side, side), interpolation=method), dtype=np.uint8)


def to_model_input(faces_gray: list[NDArray[np.uint8]]) -> NDArray[np.float32]:
    """The batch that a model takes; rescaling is a layer of the model itself.

    Args:
        faces_gray: Square crops, uint8 [48, 48], 0 to 255.

    Returns:
        float32 [n, 48, 48, 1], 0 to 255.
    """
    return np.stack(faces_gray).astype(np.float32)[..., np.newaxis]


def crop_face(frame_bgr: NDArray[np.uint8], face: DetectedFace, side: int = FACE_SIDE) -> NDArray[np.uint8]:
    """A face as the model was trained on it: square, grey, upright by its eyes, framed as FER-2013 frames faces.

    Where the crop reaches over the frame's edge, the edge's pixels are repeated.

    Args:
        frame_bgr: uint8 [height, width, 3] or grey [height, width], 0 to 255.
        face: The face with its box; without eyes it is taken as upright.
        side: Width and height of the result in pixels.

    Returns:
        uint8 [side, side], 0 to 255.
    """
    box = face.box
    crop_px = CROP_SIDE * (box.width + box.height) / 2
    # Warped at a whole multiple of the final size and then averaged, so that a large face does not alias.
    oversampling = max(1, min(_MOST_OVERSAMPLING, round(crop_px / side)))
    canvas = side * oversampling
    matrix = _upright(face, scale=canvas / max(crop_px, 1.0), canvas=canvas)
    warped = cv2.warpAffine(
        frame_bgr, matrix, (canvas, canvas), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return resize_face(to_gray(np.asarray(warped, dtype=np.uint8)), side)


def _upright(face: DetectedFace, *, scale: float, canvas: int) -> NDArray[np.float64]:
    """Affine map, float64 [2, 3], from frame pixels to the crop's."""
    angle = 0.0
    if face.eyes:
        (left_x, left_y), (right_x, right_y) = face.eyes
        angle = math.atan2(right_y - left_y, right_x - left_x)
    cosine, sine = scale * math.cos(angle), scale * math.sin(angle)
    turn = np.array([[cosine, sine], [-sine, cosine]])
    lift = CROP_LIFT * (face.box.width + face.box.height) / 2 * scale
    middle = (canvas - 1) / 2
    shift = np.array([middle, middle + lift]) - turn @ np.array(face.box.center)
    return np.hstack([turn, shift[:, np.newaxis]])
