"""Networks by name: each takes a grey face and gives features; the two heads are put on top of any of them."""

from __future__ import annotations

from collections.abc import Callable

import keras
from keras import layers

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.vision.preprocessing import FACE_SIDE

# One head per way of labelling: FER-2013's own label and the FER+ votes disagree on a third of the faces.
HEADS = ("fer2013", "ferplus")


def residual_vgg(dtype: str, dropout: float) -> keras.Model:
    """VGG's plain stages of 3x3 convolutions, each with a short cut (He et al. 2015): 1.2 M weights.

    Args:
        dtype: Keras dtype policy of the convolutions.
        dropout: Share of features left out while training, 0 to 1.

    Returns:
        A model from float32 [n, 48, 48, 1], 0 to 255, to features [n, 256].
    """
    face, x = _normalized_face()
    widths = (32, 64, 128, 256)
    for stage, width in enumerate(widths):
        x = _residual_block(x, width, dtype)
        if stage < len(widths) - 1:
            x = layers.MaxPooling2D(dtype=dtype)(x)
    return keras.Model(face, _pooled(x, dropout), name="residual_vgg")


def compact_resnet(dtype: str, dropout: float) -> keras.Model:
    """Four residual blocks (He et al. 2015) behind a strided stem: 1.5 M weights.

    A stem that halves the face at once leaves the time to the deeper stages, where a face's parts are told apart: a
    fifth faster to train here than `residual_vgg` for twice its depth at 12 and 6 pixels.

    Args:
        dtype: Keras dtype policy of the convolutions.
        dropout: Share of features left out while training, 0 to 1.

    Returns:
        A model from float32 [n, 48, 48, 1], 0 to 255, to features [n, 256].
    """
    face, x = _normalized_face()
    x = layers.ReLU(dtype=dtype)(_convolution(x, 48, 5, dtype, strides=2))
    x = _residual_block(x, 64, dtype)
    for width, blocks in ((128, 2), (256, 1)):
        x = layers.MaxPooling2D(dtype=dtype)(x)
        for _ in range(blocks):
            x = _residual_block(x, width, dtype)
    return keras.Model(face, _pooled(x, dropout), name="compact_resnet")


ARCHITECTURES: dict[str, Callable[[str, float], keras.Model]] = {
    "residual_vgg": residual_vgg,
    "compact_resnet": compact_resnet,
}


def build_two_headed(architecture: str, *, dtype: str, dropout: float) -> keras.Model:
    """A trunk with one head per way of labelling.

    Args:
        architecture: Key of `ARCHITECTURES`.
        dtype: Keras dtype policy of the trunk; the heads compute in float32.
        dropout: Share of features left out while training, 0 to 1.

    Returns:
        A model from float32 [n, 48, 48, 1], 0 to 255, to a dict of logits float32 [n, 7] by the names of `HEADS`.
    """
    trunk = ARCHITECTURES[architecture](dtype, dropout)
    outputs = {name: _head(name)(trunk.output) for name in HEADS}
    return keras.Model(trunk.input, outputs, name=f"{architecture}_two_headed")


def build_single_head(two_headed: keras.Model, head: str, temperature: float) -> keras.Model:
    """The model to publish: float32, one head, probabilities.

    The temperature (Guo et al. 2017, https://arxiv.org/abs/1706.04599) divides the head's weights and bias, which
    divides its logits, so that no further layer is needed.

    Args:
        two_headed: What `build_two_headed` gave, trained; its dtype must be float32.
        head: One of `HEADS`.
        temperature: More than 0; above 1 makes the probabilities less certain.

    Returns:
        A model from float32 [n, 48, 48, 1], 0 to 255, to probabilities float32 [n, 7] in FER-2013 order.
    """
    trained = two_headed.get_layer(head)
    published = layers.Dense(len(EMOTION_NAMES), activation="softmax", dtype="float32", name="probabilities")
    model = keras.Model(two_headed.input, published(trained.input), name=head)
    published.set_weights([weights / temperature for weights in trained.get_weights()])
    return model


def _head(name: str) -> layers.Dense:
    return layers.Dense(len(EMOTION_NAMES), dtype="float32", name=name)


def _normalized_face() -> tuple[keras.KerasTensor, keras.KerasTensor]:
    face = keras.Input((FACE_SIDE, FACE_SIDE, 1), name="face")
    x = layers.Rescaling(1 / 255, dtype="float32")(face)
    # Each face to mean 0 and deviation 1: the room's light and the camera's exposure are no part of an expression.
    x = layers.LayerNormalization(axis=(1, 2, 3), center=False, scale=False, epsilon=1e-4, dtype="float32")(x)
    return face, x


def _residual_block(x: keras.KerasTensor, width: int, dtype: str) -> keras.KerasTensor:
    shortcut = x if x.shape[-1] == width else _convolution(x, width, 1, dtype)
    x = layers.ReLU(dtype=dtype)(_convolution(x, width, 3, dtype))
    x = _convolution(x, width, 3, dtype)
    return layers.ReLU(dtype=dtype)(layers.Add(dtype=dtype)([x, shortcut]))


def _convolution(x: keras.KerasTensor, width: int, size: int, dtype: str, strides: int = 1) -> keras.KerasTensor:
    x = layers.Conv2D(
        width, size, strides, padding="same", use_bias=False, kernel_initializer="he_normal", dtype=dtype
    )(x)
    return layers.BatchNormalization(momentum=0.9, dtype=dtype)(x)


def _pooled(x: keras.KerasTensor, dropout: float) -> keras.KerasTensor:
    x = layers.GlobalAveragePooling2D(dtype="float32")(x)
    return layers.Dropout(dropout, dtype="float32")(x)
