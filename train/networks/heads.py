"""Heads on a trunk: one per way of labelling while training, one alone in the published model."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import keras
from keras import layers

from emotion_gui.core.errors import AppError
from train.config import NetworkConfig, TrainConfig
from train.networks import ARCHITECTURES


def build_headed(config: TrainConfig, *, dtype: str) -> keras.Model:
    """The run's network with one head per way of labelling.

    Args:
        config: Names the architecture, the heads and the classes.
        dtype: Keras dtype policy of the trunk; the heads compute in float32.

    Returns:
        A model from float32 [n, 48, 48, 1], 0 to 255, to a dict of logits float32 [n, classes] by head.

    Raises:
        AppError: There is no such architecture.
    """
    trunk = _trunk(config.network.architecture)(config.network, dtype)
    outputs = {
        name: layers.Dense(len(config.classes), dtype="float32", name=name)(trunk.output) for name in config.heads
    }
    return keras.Model(trunk.input, outputs, name=f"{config.network.architecture}_with_heads")


def build_single_head(headed: keras.Model, head: str, temperature: float) -> keras.Model:
    """The model to publish: float32, one head, probabilities.

    The temperature (Guo et al. 2017, https://arxiv.org/abs/1706.04599) divides the head's weights and bias, which
    divides its logits, so that no further layer is needed.

    Args:
        headed: What `build_headed` gave, trained; its dtype must be float32.
        head: One of the run's heads.
        temperature: More than 0; above 1 makes the probabilities less certain.

    Returns:
        A model from float32 [n, 48, 48, 1], 0 to 255, to probabilities float32 [n, classes].
    """
    trained = headed.get_layer(head)
    published = layers.Dense(trained.units, activation="softmax", dtype="float32", name="probabilities")
    model = keras.Model(headed.input, published(trained.input), name=head)
    published.set_weights([weights / temperature for weights in trained.get_weights()])
    return model


def _trunk(architecture: str) -> Callable[[NetworkConfig, str], keras.Model]:
    if architecture not in ARCHITECTURES:
        raise AppError(f"There is no network '{architecture}'.", f"Choose from {', '.join(ARCHITECTURES)}.")
    module, function = ARCHITECTURES[architecture].split(":")
    build: Callable[[NetworkConfig, str], keras.Model] = getattr(import_module(module), function)
    return build
