"""Single pictures on the disk."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.atomic_file import atomic_path
from emotion_gui.pipeline.shot import Shot


def save_png(path: Path, picture: NDArray[np.uint8]) -> None:
    """Write a picture, whole or not at all; one that is there is replaced, its folder made.

    Args:
        path: Where to.
        picture: Grey, uint8 [height, width], or RGB, uint8 [height, width, 3].

    Raises:
        OSError: It cannot be written.
    """
    if picture.ndim == 3:
        picture = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), dtype=np.uint8)
    # Encoded in memory, because OpenCV opens no path with other letters than the system's own on Windows.
    encoded = cv2.imencode(".png", picture)[1].tobytes()
    with atomic_path(path) as temporary:
        temporary.write_bytes(encoded)


def save_snapshot(path: Path, shot: Shot) -> None:
    """Write a picture as the window shows it, at the source's full size.

    Raises:
        OSError: It cannot be written.
    """
    save_png(path, shot.composed(shot.size_wh))
