"""Pieces that several networks are built of."""

from __future__ import annotations

import keras
from keras import layers

from emotion_gui.vision.preprocessing import FACE_SIDE


def normalized_face() -> tuple[keras.KerasTensor, keras.KerasTensor]:
    """The input float32 [n, 48, 48, 1], 0 to 255, and the same with mean 0 and deviation 1 for each face.

    The room's light and the camera's exposure are no part of an expression.
    """
    face = keras.Input((FACE_SIDE, FACE_SIDE, 1), name="face")
    x = layers.Rescaling(1 / 255, dtype="float32")(face)
    x = layers.LayerNormalization(axis=(1, 2, 3), center=False, scale=False, epsilon=1e-4, dtype="float32")(x)
    return face, x


def scaled_face(low: float) -> tuple[keras.KerasTensor, keras.KerasTensor]:
    """The input float32 [n, 48, 48, 1], 0 to 255, and the same from `low` to 1."""
    face = keras.Input((FACE_SIDE, FACE_SIDE, 1), name="face")
    return face, layers.Rescaling((1 - low) / 255, offset=low, dtype="float32")(face)


def normalized(x: keras.KerasTensor, dtype: str) -> keras.KerasTensor:
    """Batch normalisation with Keras' own settings."""
    return layers.BatchNormalization(dtype=dtype)(x)


def convolution(x: keras.KerasTensor, width: int, size: int, *, dtype: str, strides: int = 1) -> keras.KerasTensor:
    """A convolution without bias and its batch normalisation."""
    x = layers.Conv2D(
        width, size, strides, padding="same", use_bias=False, kernel_initializer="he_normal", dtype=dtype
    )(x)
    return layers.BatchNormalization(momentum=0.9, dtype=dtype)(x)


def residual_block(x: keras.KerasTensor, width: int, *, dtype: str) -> keras.KerasTensor:
    """Two 3x3 convolutions with a short cut (He et al. 2015, https://arxiv.org/abs/1512.03385)."""
    shortcut = x if x.shape[-1] == width else convolution(x, width, 1, dtype=dtype)
    x = layers.ReLU(dtype=dtype)(convolution(x, width, 3, dtype=dtype))
    x = convolution(x, width, 3, dtype=dtype)
    return layers.ReLU(dtype=dtype)(layers.Add(dtype=dtype)([x, shortcut]))


def separable_block(x: keras.KerasTensor, width: int, *, dtype: str) -> keras.KerasTensor:
    """Two separable convolutions and a pool, with a strided short cut: half the side (Arriaga et al. 2017)."""
    shortcut = layers.Conv2D(width, 1, 2, padding="same", use_bias=False, dtype=dtype)(x)
    shortcut = normalized(shortcut, dtype)
    x = layers.SeparableConv2D(width, 3, padding="same", use_bias=False, dtype=dtype)(x)
    x = layers.ReLU(dtype=dtype)(normalized(x, dtype))
    x = layers.SeparableConv2D(width, 3, padding="same", use_bias=False, dtype=dtype)(x)
    x = layers.MaxPooling2D(3, 2, padding="same", dtype=dtype)(normalized(x, dtype))
    return layers.Add(dtype=dtype)([x, shortcut])


def flat_features(x: keras.KerasTensor, dropout: float) -> keras.KerasTensor:
    """Features [n, m] that are flat already: in float32, with dropout."""
    return layers.Dropout(dropout, dtype="float32")(x)


def pooled(x: keras.KerasTensor, dropout: float) -> keras.KerasTensor:
    """Features [n, channels]: the mean of each channel, with dropout."""
    return flat_features(layers.GlobalAveragePooling2D(dtype="float32")(x), dropout)
