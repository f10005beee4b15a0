"""Trying something on an unknown file in a process of its own, so that a crash there is not a crash here."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

# Starting Python, NumPy and a runtime takes 0.5 s on a laptop and ten times that behind a virus scanner.
_LIMIT_S = 30.0


def goes_well(attempt: Callable[[Path], object], path: Path, limit_s: float = _LIMIT_S) -> bool:
    """Whether `attempt(path)` returns within `limit_s` seconds, and neither raises nor ends its process.

    Args:
        attempt: A function at the top of a module; imported anew in the child process.
        path: What it gets.
        limit_s: After so many seconds the child is ended and the attempt has failed.
    """
    # 'spawn' on every system: a fork would copy locks that other threads hold at that moment.
    child = multiprocessing.get_context("spawn").Process(target=_run_silently, args=(attempt, path), daemon=True)
    try:
        child.start()
    except OSError:
        # The system is out of processes or memory: what could not be tried is not known to go well.
        return False
    child.join(limit_s)
    if child.is_alive():
        child.kill()
        child.join()
    went_well = child.exitcode == 0
    child.close()
    return went_well


def _run_silently(attempt: Callable[[Path], object], path: Path) -> None:
    sink = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        # A windowed program has no such descriptors.
        with suppress(OSError):
            os.dup2(sink, descriptor)
    # An exception ends the process with status 1; its traceback goes nowhere.
    attempt(path)
