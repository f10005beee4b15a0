"""The record after each epoch."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from typing import Any

import keras

from emotion_gui.core.errors import AppError
from train.config import TrainConfig
from train.learning.checkpoints import Checkpoints, History, accuracy_key, training_accuracy_key
from train.learning.held_out import HeldOutJudge
from train.learning.history_file import write_history
from train.learning.schedules import stands_still


class EpochRecord(keras.callbacks.Callback):  # type: ignore[misc]  # keras has no type information
    """Judges the averaged weights on the held-out faces after each epoch, saves, reports, and ends what stands still.

    Must follow `WeightAverage` in the list of callbacks, and come before those that read the figures from `logs`.

    Args:
        averaged: What `WeightAverage` writes to.
        judge: Of the held-out faces.
        checkpoints: Of the run.
        history: Of the run up to now; each epoch's record is added to it.
        config: Of the run.
    """

    def __init__(
        self,
        averaged: keras.Model,
        judge: HeldOutJudge,
        *,
        checkpoints: Checkpoints,
        history: History,
        config: TrainConfig,
    ) -> None:
        super().__init__()
        self._averaged = averaged
        self._judge = judge
        self._checkpoints = checkpoints
        self._history = history
        self._config = config
        self._begin_s = 0.0

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        self._begin_s = time.monotonic()

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        learned = {} if logs is None else logs
        loss = float(learned.get("loss", math.nan))
        if not math.isfinite(loss):
            raise AppError(
                f"The loss is no number any more in epoch {epoch + 1}.",
                "Begin again in another folder with a smaller --learning-rate or more --warmup-epochs.",
            )
        images = self.params["steps"] * self._config.batch_size
        record = {
            "epoch": epoch + 1,
            "loss": loss,
            "learning_rate": float(keras.ops.convert_to_numpy(self.model.optimizer.learning_rate)),
            "images_per_s": round(images / (time.monotonic() - self._begin_s), 1),
            **self._training_accuracies(learned),
            **self._judge.figures(self._averaged),
        }
        # For TensorBoard and whatever else follows.
        learned.update({key: value for key, value in record.items() if key != "epoch"})
        self._keep(record)
        print(self._line(record, time.monotonic() - self._begin_s), flush=True)

    def _keep(self, record: dict[str, Any]) -> None:
        self._history.append(record)
        self._checkpoints.save(self.model, self._averaged, self._history)
        write_history(self._history, self._checkpoints.folder)
        config = self._config
        if stands_still(self._history[config.network.frozen_epochs :], config.heads, config.stop_patience):
            self.model.stop_training = True

    def _training_accuracies(self, logs: Mapping[str, float]) -> dict[str, float]:
        # Keras leaves the name of an only head away.
        return {
            training_accuracy_key(head): float(logs.get(f"{head}_accuracy", logs.get("accuracy", math.nan)))
            for head in self._config.heads
        }

    def _line(self, record: Mapping[str, Any], seconds: float) -> str:
        epoch, epochs = record["epoch"], self._config.epochs
        figures = ", ".join(f"{head} {100 * record[accuracy_key(head)]:.1f} %" for head in self._config.heads)
        return (
            f"Epoch {epoch} of {epochs}: loss {record['loss']:.3f}; on held-out faces {figures}; "
            f"{record['images_per_s']:.0f} images/s; about {(epochs - epoch) * seconds / 60:.0f} min left"
        )
