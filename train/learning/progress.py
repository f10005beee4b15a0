"""How far an epoch is."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import keras
from tqdm import tqdm


class Progress(keras.callbacks.Callback):  # type: ignore[misc]  # keras has no type information
    """A bar on a terminal with images per second and the time left; nothing where the output is kept in a file."""

    def __init__(self, epochs: int, batch_size: int) -> None:
        super().__init__()
        self._epochs = epochs
        self._batch_size = batch_size
        self._bar: tqdm[Any] | None = None

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        self._bar = tqdm(
            desc=f"Epoch {epoch + 1} of {self._epochs}",
            total=self.params["steps"] * self._batch_size,
            unit=" images",
            file=sys.stderr,
            # None: only on a terminal.
            disable=None,
            leave=False,
        )

    def on_train_batch_end(self, batch: int, logs: Mapping[str, float] | None = None) -> None:
        if self._bar is not None:
            self._bar.update(self._batch_size)
            self._bar.set_postfix_str(f"loss {float((logs or {}).get('loss', 0)):.3f}", refresh=False)

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        self.close()

    def close(self) -> None:
        """Take the bar off the screen, also after an interruption."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
