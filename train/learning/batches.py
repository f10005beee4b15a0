"""Batches of varied faces for `keras.Model.fit`, on any backend."""

from __future__ import annotations

from collections.abc import Mapping

import keras
import numpy as np
from numpy.typing import NDArray

from emotion_gui.vision.preprocessing import to_model_input
from train.config import TrainConfig
from train.data.faces import Faces
from train.learning.augment import augment
from train.learning.lessons import Lessons

# Inputs, then targets and sample weights by head.
Batch = tuple[NDArray[np.float32], dict[str, NDArray[np.float32]], dict[str, NDArray[np.float32]]]


class AugmentedBatches(keras.utils.PyDataset):  # type: ignore[misc]  # keras has no type information
    """All faces once per epoch, in a new order and newly varied.

    Every draw follows from the seed, the epoch and the batch, so that a run that was interrupted goes on as it
    would have, and threads cannot change the result.

    Attributes:
        epoch: Whose batches these are, from 0; `SetEpoch` keeps it. Keras' own sign of an epoch's end also comes once
            before the first.
    """

    def __init__(self, faces: Faces, lessons: Lessons, config: TrainConfig) -> None:
        super().__init__(workers=1, use_multiprocessing=False, max_queue_size=16)
        self._faces = faces
        self._lessons = lessons
        self._config = config
        self.epoch = 0

    def __len__(self) -> int:
        """Full batches only: a last small one would shake the batch normalisation."""
        return max(1, len(self._faces) // self._config.batch_size)

    def __getitem__(self, index: int) -> Batch:
        config = self._config
        order = np.random.default_rng((config.seed, self.epoch)).permutation(len(self._faces))
        chosen = order[index * config.batch_size : (index + 1) * config.batch_size]
        random = np.random.default_rng((config.seed, self.epoch, index))
        varied = [augment(self._faces.images[face], config.augment, random) for face in chosen]
        targets = {head: self._lessons.targets[head][chosen] for head in config.heads}
        weights = {head: self._lessons.weights[head][chosen] for head in config.heads}
        return to_model_input(varied), targets, weights


class SetEpoch(keras.callbacks.Callback):  # type: ignore[misc]  # keras has no type information
    """Tells batches which epoch has begun."""

    def __init__(self, batches: AugmentedBatches) -> None:
        super().__init__()
        self._batches = batches

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        self._batches.epoch = epoch
