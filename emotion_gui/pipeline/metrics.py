"""How often something happens."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable


class RateMeter:
    """Events a second over the last few seconds."""

    def __init__(self, window_s: float = 2.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._window_s = window_s
        self._clock = clock
        self._times: deque[float] = deque()

    def tick(self) -> None:
        self._times.append(self._clock())
        self._forget()

    @property
    def rate(self) -> float:
        """Events a second; 0 while there were fewer than two."""
        self._forget()
        if len(self._times) < 2:
            return 0.0
        return (len(self._times) - 1) / max(self._times[-1] - self._times[0], 1e-9)

    def _forget(self) -> None:
        begin = self._clock() - self._window_s
        while self._times and self._times[0] < begin:
            self._times.popleft()
