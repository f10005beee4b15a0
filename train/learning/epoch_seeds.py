"""Gives dropout new seeds in each epoch."""

from __future__ import annotations

from collections.abc import Mapping

import keras
import numpy as np


class EpochSeeds(keras.callbacks.Callback):  # type: ignore[misc]  # keras has no type information
    """Derives the state of every layer's random numbers from the run's seed and the epoch.

    Keras does not keep that state with the weights: without this, a run that goes on would drop other features than
    one that was never interrupted.
    """

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._seed = seed

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        if keras.backend.backend() == "torch":
            # There Keras' dropout draws from PyTorch's own numbers, not from its layer's.
            keras.utils.set_random_seed(int(np.random.SeedSequence((self._seed, epoch)).generate_state(1)[0]))
        states = [variable for variable in self.model.variables if variable.name == "seed_generator_state"]
        for place, state in enumerate(states):
            drawn = np.random.SeedSequence((self._seed, epoch, place)).generate_state(2)
            # Some backends keep seeds as int32.
            state.assign((drawn >> 1).astype(keras.backend.standardize_dtype(state.dtype)))
