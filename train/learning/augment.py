"""Variations of training faces: what a webcam and a detector's crop may do to the same expression."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from emotion_gui.vision.preprocessing import resize_face
from train.config import AugmentConfig

Face = NDArray[np.uint8]
# A face of this many pixels still shows its expression; smaller ones the program ignores.
_SMALLEST_SIDE = 24
# A smaller rectangle covers nothing that matters (Zhong et al. 2017, section 3.2).
_SMALLEST_AREA = 0.02


def augment(face: Face, config: AugmentConfig, random: np.random.Generator) -> Face:
    """One face, varied at random.

    Args:
        face: uint8 [48, 48], 0 to 255.
        config: How far.
        random: Source of the draws.

    Returns:
        uint8 [48, 48], 0 to 255; the input is left as it is.
    """
    varied = _moved(face, config, random)
    if random.random() < config.blur_probability:
        varied = _blurred(varied, random)
    varied = _relit(varied, config, random)
    if random.random() < config.noise_probability:
        varied = _noisy(varied, config, random)
    if random.random() < config.erase_probability:
        varied = _erased(varied, config, random)
    return varied


def _moved(face: Face, config: AugmentConfig, random: np.random.Generator) -> Face:
    """Turned, scaled, moved and perhaps mirrored, in one resampling."""
    side = face.shape[0]
    center = (side - 1) / 2
    angle_deg = random.uniform(-config.rotation_deg, config.rotation_deg)
    # Drawn in logarithms, so that growing and shrinking by the same factor are equally likely.
    scale = np.exp(random.uniform(-1, 1) * np.log1p(config.scale))
    matrix = cv2.getRotationMatrix2D((center, center), angle_deg, scale)
    if random.random() < config.flip_probability:
        matrix[:, 2] += matrix[:, 0] * (side - 1)
        matrix[:, 0] *= -1
    matrix[:, 2] += random.uniform(-config.shift, config.shift, size=2) * side
    moved = cv2.warpAffine(face, matrix, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, dtype=np.uint8)


def _blurred(face: Face, random: np.random.Generator) -> Face:
    small = resize_face(face, int(random.integers(_SMALLEST_SIDE, face.shape[0])))
    return resize_face(small, face.shape[0])


def _relit(face: Face, config: AugmentConfig, random: np.random.Generator) -> Face:
    """Another contrast, brightness and tone curve, by one table of 256 levels."""
    contrast = random.uniform(1 - config.contrast, 1 + config.contrast)
    brightness = random.uniform(-config.brightness, config.brightness)
    gamma = np.exp(random.uniform(-1, 1) * np.log(config.gamma))
    levels = 255 * (np.arange(256) / 255) ** gamma
    table = np.clip((levels - 128) * contrast + 128 + brightness, 0, 255).astype(np.uint8)
    return np.asarray(table[face], dtype=np.uint8)


def _noisy(face: Face, config: AugmentConfig, random: np.random.Generator) -> Face:
    deviation = random.uniform(0, config.noise)
    noise = random.standard_normal(face.shape, dtype=np.float32) * deviation
    return np.clip(face + noise, 0, 255).astype(np.uint8)


def _erased(face: Face, config: AugmentConfig, random: np.random.Generator) -> Face:
    """A rectangle of one random grey level over the face: a hand, a microphone, a strand of hair."""
    side = face.shape[0]
    area = random.uniform(min(_SMALLEST_AREA, config.erase_area), config.erase_area) * side * side
    ratio = np.exp(random.uniform(-1, 1) * np.log(3))
    height = min(side, max(1, round(np.sqrt(area * ratio))))
    width = min(side, max(1, round(np.sqrt(area / ratio))))
    top = random.integers(0, side - height + 1)
    left = random.integers(0, side - width + 1)
    covered = face.copy()
    covered[top : top + height, left : left + width] = random.integers(0, 256)
    return covered
