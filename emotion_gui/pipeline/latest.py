"""A slot that holds only the newest value."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class LatestSlot(Generic[T]):
    """Hands the newest value from one thread to another; an older one that nobody took is dropped and counted.

    Neither side ever waits for the other to make room, so no join can hang on a full queue.
    """

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._value: T | None = None
        self.dropped = 0

    def put(self, value: T) -> None:
        with self._condition:
            if self._value is not None:
                self.dropped += 1
            self._value = value
            self._condition.notify()

    def take(self, timeout_s: float = 0.0) -> T | None:
        """The newest value, once; None when none comes within `timeout_s` seconds."""
        with self._condition:
            if self._value is None and timeout_s > 0:
                self._condition.wait(timeout_s)
            value, self._value = self._value, None
            return value
