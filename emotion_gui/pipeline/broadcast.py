"""The newest value for any number of readers, of whom none waits for another."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

T = TypeVar("T")


class Broadcast(Generic[T]):
    """What one thread puts, many threads read; a slow reader misses values and holds nobody up.

    Attributes:
        readers: How many read now.
    """

    def __init__(self, most_readers: int) -> None:
        self.readers = 0
        self._most_readers = most_readers
        self._condition = threading.Condition()
        self._value: T | None = None
        self._number = 0

    def put(self, value: T | None) -> None:
        """Show another value; None says that there is nothing to show any more."""
        with self._condition:
            self._value = value
            self._number += 1
            self._condition.notify_all()

    @contextmanager
    def reader(self) -> Iterator[Reader[T] | None]:
        """Read within; None where as many as may do so already."""
        with self._condition:
            admitted = self.readers < self._most_readers
            self.readers += admitted
        try:
            yield Reader(self) if admitted else None
        finally:
            with self._condition:
                self.readers -= admitted

    def _after(self, number: int, timeout_s: float) -> tuple[int, T | None]:
        with self._condition:
            self._condition.wait_for(lambda: self._number != number, timeout_s)
            return self._number, self._value


class Reader(Generic[T]):
    """One of those who read; used by one thread."""

    def __init__(self, broadcast: Broadcast[T]) -> None:
        self._broadcast = broadcast
        self._seen = 0

    def next(self, timeout_s: float) -> T | None:
        """The newest value as soon as it is another than the last; that again after `timeout_s` seconds."""
        self._seen, value = self._broadcast._after(self._seen, timeout_s)
        return value
