"""Who takes the steps of a run: one machine alone, or several that answer as one (`train.learning.workers`)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras

    from train.learning.batches import AugmentedBatches


class Alone:
    """This machine trains by itself, on any backend of Keras."""

    def __init__(self, callbacks: Sequence[keras.callbacks.Callback] = ()) -> None:
        """Prepare.

        Args:
            callbacks: Told of every step and epoch after the run's own; each epoch's record is in their `logs`.
        """
        self._callbacks = tuple(callbacks)

    def agree(self, settings: str) -> None:
        """Called before anything is built.

        Args:
            settings: What must be equal on all machines.
        """

    def scope(self) -> AbstractContextManager[object]:
        """Where the network that learns, its optimizer and its state are made."""
        return nullcontext()

    def train(
        self,
        model: keras.Model,
        batches: AugmentedBatches,
        *,
        epochs: range,
        callbacks: Sequence[keras.callbacks.Callback],
    ) -> None:
        """Take the steps of some epochs.

        Args:
            model: Made and compiled in `scope`.
            batches: Of one epoch; a callback tells them which.
            epochs: From 0.
            callbacks: The run's own, called as `keras.Model.fit` does.
        """
        # The batches have an order of their own, which Keras would shuffle by a state that it does not keep.
        model.fit(
            batches,
            initial_epoch=epochs.start,
            epochs=epochs.stop,
            callbacks=[*callbacks, *self._callbacks],
            shuffle=False,
            verbose=0,
        )
