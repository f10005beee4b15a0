"""Shots whose brightness tells their moment, and what a video says about it."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.results import FaceResult
from emotion_gui.pipeline.shot import Shot
from emotion_gui.vision.annotate import AnnotationStyle
from emotion_gui.vision.frame import Frame

_PERIOD = 200


def shot_of(number: int, size_wh: tuple[int, int] = (64, 48), faces: tuple[FaceResult, ...] = ()) -> Shot:
    """The picture with this number: flat grey, with a brightness of its own within 20 neighbours."""
    image = np.full((size_wh[1], size_wh[0], 3), 10 + 10 * number % _PERIOD, np.uint8)
    return Shot(Frame(number, number / 30, 1 / 30, image), faces, AnnotationStyle(), mirror=False)


def number_of(picture: NDArray[np.uint8]) -> int:
    """The number, up to multiples of 20, of a picture that `shot_of` made and a codec has changed a little."""
    return round((float(picture.mean()) - 10) / 10)


def pictures_of(path: Path) -> list[NDArray[np.uint8]]:
    """Every picture of a video file, BGR."""
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    pictures = []
    while (read := capture.read())[0]:
        pictures.append(np.asarray(read[1], dtype=np.uint8))
    capture.release()
    return pictures
