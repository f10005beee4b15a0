"""The steps of tuning: few, small, and never far from where the model was."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np

from train.tuning.batches import TuningBatches
from train.tuning.settings import TuneConfig


def tune(model: keras.Model, batches: TuningBatches, config: TuneConfig) -> list[float]:
    """Train a published model further, in place.

    The moments of batch normalisation stay as they are: those of a few pictures of one person would shift every
    feature for everybody else.

    Args:
        model: From float32 [n, 48, 48, 1], 0 to 255, to probabilities.
        batches: What it learns.
        config: How.

    Returns:
        Mean loss of each epoch.
    """
    # Dropout and the first weights of the optimiser draw from Keras's own source.
    keras.utils.set_random_seed(config.seed)
    for layer in _layers(model):
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False
    # Clipped, because a face that the model is sure of and wrong about has a gradient like no other.
    optimizer = keras.optimizers.SGD(config.learning_rate, momentum=0.9, nesterov=True, clipnorm=1.0)
    model.compile(optimizer, loss=keras.losses.CategoricalCrossentropy(), jit_compile=False)
    start = [keras.ops.convert_to_numpy(variable) for variable in model.trainable_variables]
    losses = []
    steps, step = config.epochs * len(batches), 0
    for epoch in range(config.epochs):
        total = 0.0
        for faces, targets in batches.epoch():
            rate = config.learning_rate * (1 + math.cos(math.pi * step / steps)) / 2
            optimizer.learning_rate.assign(rate)
            total += float(model.train_on_batch(faces, targets))
            _pull_back(model, start, rate * config.pull)
            step += 1
        losses.append(total / len(batches))
        print(f"Epoch {epoch + 1} of {config.epochs}: loss {losses[-1]:.3f}", flush=True)
    return losses


def _layers(layer: keras.Layer) -> Iterator[keras.Layer]:
    """The layer and all within it: a transferred network stands as one layer in its model."""
    yield layer
    for part in getattr(layer, "layers", ()):
        yield from _layers(part)


def _pull_back(model: keras.Model, start: list[np.ndarray[Any, np.dtype[np.float32]]], share: float) -> None:
    for variable, old in zip(model.trainable_variables, start, strict=True):
        variable.assign(variable + share * (old - variable))
