"""From a face in a frame to the array that the model takes: the one copy, used by the program and by `train`."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

FACE_SIDE = 48


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
