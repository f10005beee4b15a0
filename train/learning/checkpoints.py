"""What a run leaves after each epoch, so that it can be interrupted, judged and published."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import keras

from emotion_gui.core.errors import AppError

_STATE = "state.weights.h5"
_AVERAGE = "average.weights.h5"
_HISTORY = "history.json"
# One dict per epoch: 'epoch' from 1, 'loss' (on the varied training faces), 'learning_rate' (of its last step),
# 'images_per_s', and what the keys below name.
History = list[dict[str, Any]]
# The sum of the heads' losses on the held-out faces, in nats.
HELD_OUT_LOSS = "held_out_loss"


def accuracy_key(head: str) -> str:
    """The history's key of a head's accuracy on the held-out faces, 0 to 1."""
    return f"{head}_held_out_accuracy"


def held_out_loss_key(head: str) -> str:
    """The history's key of a head's mean cross-entropy on the held-out faces, in nats."""
    return f"{head}_held_out_loss"


def training_accuracy_key(head: str) -> str:
    """The history's key of a head's accuracy while it learns, 0 to 1.

    On varied faces, with dropout, by the weights of each step, and weighted as the loss is: lower than on plain faces.
    """
    return f"{head}_training_accuracy"


class Checkpoints:
    """Folders `epoch-NNNN` of one run; kept are the newest and the best of each head.

    Attributes:
        folder: Of the run.
        heads: Of the run.
    """

    def __init__(self, run_folder: Path, heads: tuple[str, ...]) -> None:
        self.folder = run_folder
        self.heads = heads

    def save(self, model: keras.Model, averaged: keras.Model, history: History) -> None:
        """Keep the state after the last epoch of `history`; the folder appears whole or not at all."""
        writing = self.folder / "epoch-writing"
        shutil.rmtree(writing, ignore_errors=True)
        writing.mkdir(parents=True)
        # The compiled model's file holds the optimiser's state too, the averaged one only weights.
        model.save_weights(writing / _STATE)
        averaged.save_weights(writing / _AVERAGE)
        (writing / _HISTORY).write_text(json.dumps(history, indent=1), encoding="utf-8")
        target = self._epoch_folder(len(history))
        shutil.rmtree(target, ignore_errors=True)
        writing.rename(target)
        self._prune(history)

    def history(self) -> History:
        """What was recorded up to the newest checkpoint; empty before the first.

        Raises:
            AppError: The newest checkpoint's record is damaged.
        """
        folders = sorted(self.folder.glob("epoch-[0-9]*"))
        if not folders:
            return []
        try:
            history: History = json.loads((folders[-1] / _HISTORY).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise AppError(
                f"The checkpoint '{folders[-1]}' is damaged.", "Begin a new run in another folder."
            ) from error
        return history

    def load_state(self, model: keras.Model, averaged: keras.Model) -> None:
        """Put the newest checkpoint into both models; `model` must be compiled."""
        newest = self._epoch_folder(len(self.history()))
        # Keras passes over the state of an optimiser that has no variables yet: momentum and the step would be lost,
        # and the learning rate would warm up anew.
        model.optimizer.build(model.trainable_variables)
        model.load_weights(newest / _STATE)
        averaged.load_weights(newest / _AVERAGE)

    def load_best(self, averaged: keras.Model, head: str) -> dict[str, Any]:
        """Put the weights of a head's best epoch on the held-out faces into the model.

        Returns:
            That epoch's record.

        Raises:
            AppError: The run has no checkpoint yet.
        """
        history = self.history()
        if not history:
            raise AppError(
                f"'{self.folder}' holds no finished epoch.", "Let 'python -m train fit' finish at least one."
            )
        best = _best(history, head)
        averaged.load_weights(self._epoch_folder(best["epoch"]) / _AVERAGE)
        return best

    def _epoch_folder(self, epoch: int) -> Path:
        return self.folder / f"epoch-{epoch:04d}"

    def _prune(self, history: History) -> None:
        kept = {len(history)} | {_best(history, head)["epoch"] for head in self.heads}
        for epoch in range(1, len(history)):
            folder = self._epoch_folder(epoch)
            if epoch not in kept:
                shutil.rmtree(folder, ignore_errors=True)
            else:
                # Only the newest can be resumed; the optimiser's state is two thirds of the folder.
                (folder / _STATE).unlink(missing_ok=True)


def _best(history: History, head: str) -> dict[str, Any]:
    return max(history, key=lambda record: float(record[accuracy_key(head)]))
