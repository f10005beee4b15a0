"""Waiting for what other threads do, without guessing how long it takes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

_LONGEST_S = 20.0


def wait_for(condition: Callable[[], object], what: str = "the condition", *, longest_s: float = _LONGEST_S) -> None:
    """Return as soon as the condition holds; fail when it does not within a time that no healthy machine needs."""
    pause, end = threading.Event(), time.monotonic() + longest_s
    while not condition():
        assert time.monotonic() < end, f"{what} did not come about in {longest_s:g} s"
        pause.wait(0.005)
