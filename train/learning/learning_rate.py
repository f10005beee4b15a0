"""Sets the learning rate before every step."""

from __future__ import annotations

from collections.abc import Mapping

import keras

from train.config import TrainConfig
from train.learning.checkpoints import History
from train.learning.schedules import cuts_of, rate_at_step


class LearningRate(keras.callbacks.Callback):  # type: ignore[misc]  # keras has no type information
    """Gives the optimizer the rate of `train.learning.schedules`.

    Keras' own schedules cannot follow a plateau, and its plateau callback forgets what it saw when a run is
    interrupted.
    """

    def __init__(self, config: TrainConfig, history: History, steps_per_epoch: int) -> None:
        super().__init__()
        self._config = config
        self._history = history
        self._steps = steps_per_epoch
        self._first_step = 0
        self._cuts = 0

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        self._first_step = epoch * self._steps
        self._cuts = cuts_of(self._history, self._config.optimizer)

    def on_train_batch_begin(self, batch: int, logs: Mapping[str, float] | None = None) -> None:
        self.model.optimizer.learning_rate = rate_at_step(
            self._config.optimizer,
            self._first_step + batch,
            steps_per_epoch=self._steps,
            epochs=self._config.epochs,
            cuts=self._cuts,
        )
