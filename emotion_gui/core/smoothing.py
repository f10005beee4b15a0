"""Probabilities over time: steady enough to read, at any rate of results."""

from __future__ import annotations

import math
from collections.abc import Sequence


class Smoother:
    """An exponential mean of one person's probabilities; its memory is a time and not a number of frames.

    Attributes:
        time_constant_s: After this many seconds a new expression has 63 % of the weight; 0 keeps nothing.
        updated_s: Time of the newest result in seconds.
    """

    def __init__(self, time_constant_s: float) -> None:
        self.time_constant_s = time_constant_s
        self._mean: tuple[float, ...] = ()
        self.updated_s = 0.0

    def update(self, time_s: float, probabilities: Sequence[float]) -> tuple[float, ...]:
        """The mean after one more result.

        Args:
            time_s: When its frame was taken, in seconds.
            probabilities: Seven values from 0 to 1, summing to 1 or, without unknown classes, all 0.
        """
        passed_s = max(0.0, time_s - self.updated_s)
        keep = math.exp(-passed_s / self.time_constant_s) if self._mean and self.time_constant_s > 0 else 0.0
        old = self._mean or tuple(probabilities)
        self._mean = tuple(keep * mean + (1 - keep) * new for mean, new in zip(old, probabilities, strict=True))
        self.updated_s = time_s
        return self._mean
