"""Small networks for tests of training: one with dropout and batch normalisation, one with a base to freeze."""

from __future__ import annotations

import keras
from keras import layers

from train.config import NetworkConfig


def small(network: NetworkConfig, dtype: str) -> keras.Model:
    """Features [n, 24 * 8] with dropout, of what the bars of `tests.train.generated` differ in."""
    face = keras.Input((48, 48, 1), name="face")
    x = _body(layers.Rescaling(1 / 255, dtype="float32")(face), dtype)
    return keras.Model(face, layers.Dropout(network.dropout, dtype="float32")(x), name="small")


def small_transfer(network: NetworkConfig, dtype: str) -> keras.Model:
    """The same as a base under a known name, so that `train.networks.transfer` can freeze it."""
    face = keras.Input((48, 48, 1), name="face")
    inside = keras.Input((48, 48, 1))
    base = keras.Model(inside, _body(inside, dtype), name="vgg16_base")
    x = base(layers.Rescaling(1 / 255, dtype="float32")(face))
    return keras.Model(face, layers.Dropout(network.dropout, dtype="float32")(x), name="small_transfer")


def _body(x: keras.KerasTensor, dtype: str) -> keras.KerasTensor:
    x = layers.Conv2D(4, 3, padding="same", use_bias=False, dtype=dtype)(x)
    x = layers.BatchNormalization(momentum=0.5, dtype=dtype)(x)
    x = layers.AveragePooling2D((4, 48), dtype=dtype)(x)
    return layers.Flatten(dtype="float32")(x)
