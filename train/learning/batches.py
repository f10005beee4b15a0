"""Batches of varied faces for `keras.Model.fit`, on any backend."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from emotion_gui.vision.preprocessing import to_model_input
from train.config import TrainConfig
from train.data.faces import Faces
from train.data.targets import one_hot, vote_distribution
from train.learning.augment import augment

# Inputs, then targets and sample weights by head.
Batch = tuple[NDArray[np.float32], dict[str, NDArray[np.float32]], dict[str, NDArray[np.float32]]]


class AugmentedBatches(keras.utils.PyDataset):  # type: ignore[misc]  # keras has no type information
    """All faces once per epoch, in a new order and newly varied.

    Every draw follows from the seed, the epoch and the batch, so that a run that was interrupted goes on as it
    would have, and threads cannot change the result.
    """

    def __init__(self, faces: Faces, config: TrainConfig, first_epoch: int = 0) -> None:
        super().__init__(workers=1, use_multiprocessing=False, max_queue_size=16)
        self._faces = faces
        self._config = config
        self._epoch = first_epoch
        votes, usable = vote_distribution(faces.votes)
        self._targets = {"fer2013": one_hot(faces.labels), "ferplus": votes}
        self._weights = {"fer2013": np.ones(len(faces), np.float32), "ferplus": usable.astype(np.float32)}

    def __len__(self) -> int:
        """Full batches only: a last small one would shake the batch normalisation."""
        return max(1, len(self._faces) // self._config.batch_size)

    def __getitem__(self, index: int) -> Batch:
        config = self._config
        order = np.random.default_rng((config.seed, self._epoch)).permutation(len(self._faces))
        chosen = order[index * config.batch_size : (index + 1) * config.batch_size]
        random = np.random.default_rng((config.seed, self._epoch, index))
        varied = [augment(self._faces.images[face], config.augment, random) for face in chosen]
        targets = {head: self._targets[head][chosen] for head in config.heads}
        weights = {head: self._weights[head][chosen] for head in config.heads}
        return to_model_input(varied), targets, weights

    def on_epoch_end(self, *_: Any) -> None:
        self._epoch += 1
