"""Small recordings and images made on the spot, so that no test depends on footage."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 96, 64


def picture(number: int) -> NDArray[np.uint8]:
    """uint8 [64, 96, 3] BGR; a grey that tells the number, with a red left edge."""
    image = np.full((HEIGHT, WIDTH, 3), 20 + number % 10 * 20, np.uint8)
    image[:, :16] = (0, 0, 255)
    return image


def write_clip(path: Path, *, frames: int = 12, fps: float = 20, codec: str = "mp4v") -> Path:
    """A clip of `frames` pictures; the suffix of `path` names the container."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*codec), fps, (WIDTH, HEIGHT))
    assert writer.isOpened()
    for number in range(frames):
        writer.write(picture(number))
    writer.release()
    return path
