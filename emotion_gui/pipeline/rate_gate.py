"""Thins out frames evenly."""

from __future__ import annotations


class RateGate:
    """Lets at most so many frames a second through, evenly, by the frames' own time."""

    def __init__(self, max_rate: float | None) -> None:
        self._step_s = 1 / max_rate if max_rate else 0.0
        self._due_s = 0.0
        self._newest_s = 0.0

    def lets_pass(self, time_s: float, interval_s: float) -> bool:
        """Whether the frame taken at `time_s`, in a source with `interval_s` between frames, is due."""
        # Time that runs backwards begins anew; to wait until it is back where it was would lose all of it.
        if time_s < self._newest_s:
            self._due_s = time_s
        self._newest_s = time_s
        # Half a frame early counts as in time: of 30 frames a second, a limit of 30 lets all through though their
        # times are rounded.
        if time_s < self._due_s - interval_s / 2:
            return False
        # After a gap the count begins anew; otherwise a burst would make up for it.
        behind = time_s - self._due_s > self._step_s
        self._due_s = (time_s if behind else self._due_s) + self._step_s
        return True
