"""How long a start takes: the program itself is started, and its log tells when it was ready."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from statistics import median

from emotion_gui.bench.program import environment_in, program
from emotion_gui.bench.table import SkippedError
from emotion_gui.core.milestones import FIRST_FACE_NAMED, WINDOW_OPEN

_STARTS, _QUICK_STARTS = 5, 2
_READY_WITHIN_S = 60.0
_TIME_FORMAT, _TIME_LENGTH = "%Y-%m-%d %H:%M:%S,%f", len("2026-01-31 23:59:59,999")


def measure(*, quick: bool) -> dict[str, float]:
    """Start the window on the demo clip some times, with empty user folders; the first start, cold, does not count.

    Returns:
        Medians `window_s`, until the window is painted, and `first_label_s`, until a face has its name; both from the
        moment the process was asked for.

    Raises:
        SkippedError: The window did not open or no face was named in time.
    """
    starts = [_start() for _ in range(1 + (_QUICK_STARTS if quick else _STARTS))][1:]
    return {
        "window_s": median(window_s for window_s, _ in starts),
        "first_label_s": median(label_s for _, label_s in starts),
    }


def _start() -> tuple[float, float]:
    """Start the program once; returns the seconds until its window was open and until a face was named."""
    with tempfile.TemporaryDirectory() as folder:
        asked_at = time.time()
        with _window(Path(folder)) as child:
            while child.poll() is None and time.time() - asked_at < _READY_WITHIN_S:
                moments = logged_moments(_log_text(Path(folder)))
                if WINDOW_OPEN in moments and FIRST_FACE_NAMED in moments:
                    return moments[WINDOW_OPEN] - asked_at, moments[FIRST_FACE_NAMED] - asked_at
                time.sleep(0.1)
    raise SkippedError("The window did not open, or no face was named within a minute.")


@contextmanager
def _window(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The program on the demo clip."""
    command = [*program(), "gui", "--source", "demo"]
    child = subprocess.Popen(command, env=environment_in(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield child
    finally:
        child.terminate()
        child.wait()


def _log_text(folder: Path) -> str:
    paths = sorted(folder.rglob("*.log"))
    return paths[0].read_text(encoding="utf-8") if paths else ""


def logged_moments(text: str) -> dict[str, float]:
    """When each message stands in a log for the first time, in seconds since the epoch.

    Args:
        text: Lines of 'YYYY-MM-DD HH:MM:SS,mmm LEVEL THREAD NAME: MESSAGE' in local time; others are passed over.
    """
    moments: dict[str, float] = {}
    for line in text.splitlines():
        stamp, (_, separator, message) = line[:_TIME_LENGTH], line[_TIME_LENGTH:].partition(": ")
        try:
            moment = datetime.strptime(stamp, _TIME_FORMAT).astimezone()
        except ValueError:
            continue
        if separator:
            moments.setdefault(message, moment.timestamp())
    return moments
