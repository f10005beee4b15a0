"""The running mean of the weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np


class WeightAverage(keras.callbacks.Callback):  # type: ignore[misc]  # keras has no type information
    """Keeps the exponential moving average of the weights in a second model (Polyak averaging).

    Keras' own `use_ema` averages trainable weights only and leaves the batch normalisation's moments to the newest
    weights, which they then do not fit.

    Args:
        averaged: Of the same architecture; takes the mean at the end of each epoch.
        decay: Memory of the mean, per step.
        steps_per_epoch: Of the run.
    """

    def __init__(self, averaged: keras.Model, decay: float, steps_per_epoch: int) -> None:
        super().__init__()
        self._averaged = averaged
        self._decay = decay
        self._steps = steps_per_epoch
        self._first_step = 0
        self._weights: list[Any] = []

    def on_train_begin(self, logs: Mapping[str, float] | None = None) -> None:
        self._weights = [np.array(weight) for weight in self._averaged.get_weights()]

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        self._first_step = epoch * self._steps

    def on_train_batch_end(self, batch: int, logs: Mapping[str, float] | None = None) -> None:
        if keras.backend.backend() == "jax":
            # Keras keeps the newest weights outside the model while JAX trains.
            self.model.jax_state_sync()
        step = self._first_step + batch + 1
        # A short memory at first: the mean must not be held down by the random weights it began with.
        decay = min(self._decay, (1 + step) / (10 + step))
        for mean, newest in zip(self._weights, self.model.get_weights(), strict=True):
            np.add(mean, (1 - decay) * (newest - mean), out=mean)

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        self._averaged.set_weights(self._weights)
