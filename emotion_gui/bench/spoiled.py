"""Ways to spoil a picture that a person meets before a webcam, in units of the face, so that they are comparable."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
# Takes a frame uint8 [height, width, 3] BGR and the side of its face in pixels; the result may be smaller.
Spoil = Callable[[Image, float], Image]


def _light(factor: float) -> Spoil:
    """More or less light than there was: on a scale of light, as the camera's gain works, and not of greys."""
    gray = np.arange(256) / 255
    light = factor * np.where(gray <= 0.04045, gray / 12.92, ((gray + 0.055) / 1.055) ** 2.4)
    seen = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    table = np.clip(255 * seen + 0.5, 0, 255).astype(np.uint8)
    return lambda image, side_px: np.asarray(table[image], dtype=np.uint8)


def _blur(share: float) -> Spoil:
    return lambda image, side_px: np.asarray(cv2.GaussianBlur(image, (0, 0), share * side_px), dtype=np.uint8)


def _motion(share: float) -> Spoil:
    def change(image: Image, side_px: float) -> Image:
        length = max(1, round(share * side_px))
        return np.asarray(cv2.filter2D(image, -1, np.full((1, length), 1 / length, np.float32)), dtype=np.uint8)

    return change


def _small(face_px: float) -> Spoil:
    def change(image: Image, side_px: float) -> Image:
        scale = min(1.0, face_px / side_px)
        size = max(1, round(scale * image.shape[1])), max(1, round(scale * image.shape[0]))
        return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)

    return change


def _noise(standard_deviation: float) -> Spoil:
    def change(image: Image, side_px: float) -> Image:
        # Seeded by the picture, so that every frame has noise of its own and every run the same.
        random = np.random.default_rng(int(image[::16, ::16].sum()))
        noise = random.standard_normal(image.shape, np.float32) * np.float32(standard_deviation)
        return np.clip(image + noise, 0, 255).astype(np.uint8)

    return change


def _chain(*steps: Spoil) -> Spoil:
    def change(image: Image, side_px: float) -> Image:
        for step in steps:
            image = step(image, side_px)
        return image

    return change


# What is no ground to refuse a face, and what is.
HARMLESS: Mapping[str, Spoil] = {
    "light x 0.1": _light(0.1),
    "face of 64 px": _small(64),
    "blur of 1 % of the face": _blur(0.01),
    "noise, sd 16": _noise(16),
}
SPOILED: Mapping[str, Spoil] = {
    "light x 0.01": _light(0.01),
    "light x 0.02, face 48 px, noise 8": _chain(_small(48), _light(0.02), _noise(8)),
    "light x 16": _light(16),
    "face of 24 px": _small(24),
    "blur of 3 %": _blur(0.03),
    "blur of 4.5 %": _blur(0.045),
    "blur of 4.5 %, noise 16": _chain(_blur(0.045), _noise(16)),
    "blur of 6 %": _blur(0.06),
    "moved by 10 %": _motion(0.1),
    "moved by 20 %": _motion(0.2),
    "moved by 30 %": _motion(0.3),
}
