"""What happens beside the steps of `fit`: the mean of the weights, and the record after each epoch."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from emotion_gui.vision.preprocessing import to_model_input
from train.data.faces import Faces
from train.data.targets import UNLABELED, majority_label
from train.learning.checkpoints import Checkpoints, History, accuracy_key


class WeightAverage(keras.callbacks.Callback):  # type: ignore[misc]  # keras has no type information
    """Keeps the exponential moving average of the weights in a second model (Polyak averaging).

    Keras' own `use_ema` averages trainable weights only and leaves the batch normalisation's moments to the newest
    weights, which they then do not fit.
    """

    def __init__(self, averaged: keras.Model, decay: float) -> None:
        super().__init__()
        self._averaged = averaged
        self._decay = decay
        self._weights: list[Any] = []

    def on_train_begin(self, logs: Mapping[str, float] | None = None) -> None:
        self._weights = [np.array(weight) for weight in self._averaged.get_weights()]

    def on_train_batch_end(self, batch: int, logs: Mapping[str, float] | None = None) -> None:
        step = int(self.model.optimizer.iterations)
        # A short memory at first: the mean must not be held down by the random weights it began with.
        decay = min(self._decay, (1 + step) / (10 + step))
        for mean, newest in zip(self._weights, self.model.get_weights(), strict=True):
            np.add(mean, (1 - decay) * (newest - mean), out=mean)

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        self._averaged.set_weights(self._weights)


class EpochRecord(keras.callbacks.Callback):  # type: ignore[misc]  # keras has no type information
    """Judges the averaged weights on the held-out faces after each epoch, saves and reports.

    Must follow `WeightAverage` in the list of callbacks.
    """

    def __init__(
        self, averaged: keras.Model, held_out: Faces, checkpoints: Checkpoints, *, epochs: int, faces_per_epoch: int
    ) -> None:
        super().__init__()
        self._averaged = averaged
        self._images = to_model_input(list(held_out.images))
        self._labels = {"fer2013": held_out.labels.astype(np.int64), "ferplus": majority_label(held_out.votes)}
        self._checkpoints = checkpoints
        self._history: History = checkpoints.history()
        self._epochs = epochs
        self._faces_per_epoch = faces_per_epoch
        self._begin_s = 0.0

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        self._begin_s = time.monotonic()

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        images_per_s = self._faces_per_epoch / (time.monotonic() - self._begin_s)
        record = {
            "epoch": epoch + 1,
            "loss": float((logs or {}).get("loss", float("nan"))),
            "learning_rate": float(self.model.optimizer.learning_rate),
            "images_per_s": round(images_per_s, 1),
            **self._held_out_accuracies(),
        }
        self._history.append(record)
        self._checkpoints.save(self.model, self._averaged, self._history)
        seconds = time.monotonic() - self._begin_s
        print(self._line(record, seconds), flush=True)

    def _held_out_accuracies(self) -> dict[str, float]:
        logits = self._averaged.predict(self._images, batch_size=256, verbose=0)
        accuracies = {}
        for head in self._checkpoints.heads:
            labels = self._labels[head]
            known = labels != UNLABELED
            right = logits[head][known].argmax(axis=1) == labels[known]
            accuracies[accuracy_key(head)] = float(right.mean()) if known.any() else 0.0
        return accuracies

    def _line(self, record: Mapping[str, Any], seconds: float) -> str:
        figures = ", ".join(f"{head} {100 * record[accuracy_key(head)]:.1f} %" for head in self._checkpoints.heads)
        minutes_left = (self._epochs - record["epoch"]) * seconds / 60
        return (
            f"Epoch {record['epoch']} of {self._epochs}: loss {record['loss']:.3f}; on held-out faces {figures}; "
            f"{record['images_per_s']:.0f} images/s; about {minutes_left:.0f} min left"
        )
