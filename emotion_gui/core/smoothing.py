"""Probabilities over time: steady enough to read, at any rate of results."""

from __future__ import annotations

import math
from collections.abc import Sequence


class Smoother:
    """An exponential mean of one person's probabilities; its memory is a time and not a number of frames.

    Each result stands for the time since the one before it, as it does in the session's totals. The mean follows
    dm/dt = (p - m) / T exactly for probabilities that stay the same from one result to the next, so that more results
    of the same say nothing new.

    On the clips of the footage benchmark a mean of logarithms has as few changes of the label for 30 ms less of delay
    at the median, but leaves an expression of which the model was very sure later (0.53 against 0.40 s at worst); a
    median over 0.5 s does no better than this mean.

    Attributes:
        time_constant_s: T: after this many seconds a new expression has 63 % of the weight; 0 keeps nothing.
        mean: The mean after the newest result; empty before the first.
        updated_s: Time of the newest result in seconds.
    """

    def __init__(self, time_constant_s: float) -> None:
        self.time_constant_s = time_constant_s
        self.mean: tuple[float, ...] = ()
        self.updated_s = 0.0

    def update(self, time_s: float, probabilities: Sequence[float]) -> tuple[float, ...]:
        """Take in one more result.

        Args:
            time_s: When its frame was taken, in seconds.
            probabilities: Seven values from 0 to 1, summing to 1 or, without unknown classes, all 0.

        Returns:
            The mean after it, in the same form.
        """
        self.mean = self.peek(time_s, probabilities)
        self.updated_s = time_s
        return self.mean

    def peek(self, time_s: float, probabilities: Sequence[float]) -> tuple[float, ...]:
        """What `update` would give; the result leaves no trace, as one that cannot be judged must not."""
        passed_s = max(0.0, time_s - self.updated_s)
        keep = math.exp(-passed_s / self.time_constant_s) if self.mean and self.time_constant_s > 0 else 0.0
        old = self.mean or tuple(probabilities)
        return tuple(keep * mean + (1 - keep) * new for mean, new in zip(old, probabilities, strict=True))
