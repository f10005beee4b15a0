"""Which pictures of a recording are analysed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from emotion_gui.pipeline.rate_gate import RateGate
from emotion_gui.vision.frame import Moment


@dataclass(frozen=True, slots=True)
class Selection:
    """What the user wants of a recording.

    Attributes:
        every: One of so many pictures.
        max_rate: Results for one second of the recording at most; None for no limit.
        start_s: Nothing before this second of the recording.
        end_s: Nothing from this second on.
    """

    every: int = 1
    max_rate: float | None = None
    start_s: float = 0.0
    end_s: float = math.inf


class SelectionGate:
    """Lets the selected pictures of one recording through; all of them must pass by, in order."""

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._rate = RateGate(selection.max_rate)
        self._first: int | None = None

    def lets_pass(self, moment: Moment) -> bool:
        """Whether this picture is wanted."""
        if moment.time_s < self._selection.start_s:
            return False
        if self._first is None:
            self._first = moment.index
        if (moment.index - self._first) % self._selection.every:
            return False
        return self._rate.lets_pass(moment.time_s, moment.interval_s)

    def is_behind(self, moment: Moment) -> bool:
        """Whether nothing from this picture on is wanted."""
        return moment.time_s >= self._selection.end_s
