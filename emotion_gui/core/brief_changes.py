"""Bursts of another expression against the smoothed course: 'brief changes'."""

from __future__ import annotations

from dataclasses import dataclass

from emotion_gui.core.emotions import Emotion


@dataclass(frozen=True, slots=True)
class BriefChange:
    """One burst.

    Attributes:
        time_s: Session time of its beginning in seconds.
        duration_s: How long it lasted, less than half a second.
        emotion: What flashed up.
        strength: By how much its raw probability rose over its smoothed one at most, 0 to 1.
    """

    time_s: float
    duration_s: float
    emotion: Emotion
    strength: float
