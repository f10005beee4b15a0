"""Bars in the terminal: one for each recording that is being analysed, and one for all with the time left."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from tqdm import tqdm

from emotion_gui.batch.plan import Outcome, OutcomeState, Recording

_FORMAT = "{desc} {percentage:3.0f}% |{bar}| {elapsed}, {remaining} left"
_NAME_WIDTH = 28
_DRAW_EVERY_S = 0.1


class Progress:
    """Shown where a person watches, and nowhere else.

    The overall bar goes by bytes, which are known before anything is opened.
    """

    def __init__(self, recordings: Sequence[Recording], *, quiet: bool) -> None:
        self._quiet = quiet
        self._hidden = quiet or not sys.stderr.isatty()
        self._recordings = recordings
        self._bars: dict[int, tqdm[None]] = {}
        self._shares = [0.0] * len(recordings)
        self._ended = 0
        self._drawn_at = 0.0
        # A cluster's recordings are waited for by a thread each.
        self._lock = threading.Lock()
        # One bar says all where there is one recording.
        self._all = self._bar(self._count(), sum(map(_weight, recordings)), 0) if len(recordings) > 1 else None

    def tell(self, sentence: str) -> None:
        """Say something beside the bars, unless nothing is to be said."""
        if not self._quiet:
            tqdm.write(sentence, file=sys.stderr)

    def show(self, number: int, share: float) -> None:
        """Say how far a recording is, 0 to 1."""
        now = time.monotonic()
        if self._hidden or now - self._drawn_at < _DRAW_EVERY_S:
            return
        with self._lock:
            self._drawn_at = now
            if number not in self._bars:
                name = self._recordings[number].source.title
                self._bars[number] = self._bar(_fitting(name), 1.0, self._free_line())
            self._move(number, share)
            self._bars[number].n = share
            self._bars[number].refresh()

    def end(self, number: int, outcome: Outcome) -> None:
        """Print the reports of a recording and take its bar away."""
        with self._lock:
            bar = self._bars.pop(number, None)
            if bar is not None:
                bar.close()
            self._ended += 1
            if not self._hidden:
                if self._all is not None and outcome.state is OutcomeState.SKIPPED:
                    # What took no time says nothing of the time left.
                    self._all.initial += _weight(self._recordings[number])
                self._move(number, 1.0)
        for path in outcome.reports:
            # Beside the bars; where there are none, as `print` does.
            tqdm.write(str(path), file=sys.stdout)

    def _move(self, number: int, share: float) -> None:
        if self._all is None:
            return
        passed = max(0.0, share - self._shares[number])
        self._shares[number] += passed
        self._all.set_description_str(self._count(), refresh=False)
        # Not `update`: the time left goes by the mean rate, which does not jump as recordings begin and end.
        self._all.n += passed * _weight(self._recordings[number])
        self._all.refresh()

    def _count(self) -> str:
        return f"{self._ended} of {len(self._recordings)}".ljust(_NAME_WIDTH)

    def _free_line(self) -> int:
        used = {-bar.pos if bar.pos < 0 else bar.pos for bar in self._bars.values()}
        first = 1 if self._all is not None else 0
        return next(line for line in range(first, first + len(used) + 1) if line not in used)

    def _bar(self, name: str, total: float, line: int) -> tqdm[None]:
        return tqdm(
            desc=name,
            total=total,
            position=line,
            leave=False,
            disable=self._hidden,
            file=sys.stderr,
            bar_format=_FORMAT,
            smoothing=0.05,
            dynamic_ncols=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for bar in (*self._bars.values(), *((self._all,) if self._all is not None else ())):
            bar.close()


def _weight(recording: Recording) -> float:
    return float(max(1, recording.bytes))


def _fitting(name: str) -> str:
    return name.ljust(_NAME_WIDTH) if len(name) <= _NAME_WIDTH else f"{name[: _NAME_WIDTH - 1]}…"
