"""Keeps what is told from flickering: it changes once something lasts, and stays long enough to be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Steady(Generic[T]):
    """Follows a value that may change with every result.

    Args:
        begins_after_s: How long a value must last before it is shown, in seconds.
        stays_s: How long it is shown at least, in seconds.

    Attributes:
        shown: The value to show; None before the first.
    """

    def __init__(self, begins_after_s: Callable[[T], float], stays_s: Callable[[T], float]) -> None:
        self.shown: T | None = None
        self._begins_after_s = begins_after_s
        self._stays_s = stays_s
        self._wanted: T | None = None
        self._wanted_since_s = 0.0
        self._shown_since_s = 0.0

    def update(self, value: T, now_s: float) -> T:
        """The value to show now.

        Args:
            value: The newest.
            now_s: Seconds of any clock that does not run backwards.
        """
        if value != self._wanted:
            self._wanted, self._wanted_since_s = value, now_s
        if self.shown is None or (value != self.shown and self._lasts(value, now_s) and self._was_read(now_s)):
            self.shown, self._shown_since_s = value, now_s
        return self.shown

    def _lasts(self, value: T, now_s: float) -> bool:
        return now_s - self._wanted_since_s >= self._begins_after_s(value)

    def _was_read(self, now_s: float) -> bool:
        return self.shown is None or now_s - self._shown_since_s >= self._stays_s(self.shown)
