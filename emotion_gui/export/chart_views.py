"""What the live charts show, copied from the running session; needs no drawing library, so any thread may make it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.markers import Marker, marker_title
from emotion_gui.core.statistics import EmotionStatistics
from emotion_gui.core.timeline import STEP_S, Timeline

LIVE_SPAN_S = 60.0
_MOST_MARKS = 100


@dataclass(frozen=True, slots=True)
class ChartsView:
    """What the pie and the bars show, copied from the live totals so that another thread may draw it.

    Attributes:
        shares: Share of face time per emotion in the order of `EMOTIONS`, 0 to 1; all 0 before the first face.
        seconds: Face time per emotion in seconds, same order.
    """

    shares: tuple[float, ...]
    seconds: tuple[float, ...]

    @classmethod
    def of(cls, statistics: EmotionStatistics) -> ChartsView:
        return cls(tuple(statistics.shares().values()), tuple(statistics.seconds[e] for e in EMOTIONS))


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The last minute, copied from the live timeline so that another thread may draw it.

    Attributes:
        starts_s: Session time at which each step begins, rising; a step is absent where nothing was counted.
        probabilities: Mean probabilities of each step in the order of `EMOTIONS`; all 0 where no face was seen.
        marks: Session time in seconds and words of the newest markers, in order of time.
    """

    starts_s: tuple[float, ...]
    probabilities: tuple[tuple[float, ...], ...]
    marks: tuple[tuple[float, str], ...] = ()

    @classmethod
    def of(cls, timeline: Timeline, markers: Sequence[Marker] = (), *, seconds: float = LIVE_SPAN_S) -> TimelineView:
        steps = timeline.last(seconds - STEP_S)
        # The newest that can be seen: markers may be many, and this is copied some times a second.
        newest = list(enumerate(markers, 1))[-_MOST_MARKS:]
        return cls(
            tuple(step.start_s for step in steps),
            tuple(step.probabilities for step in steps),
            tuple((marker.time_s, marker_title(marker, number)) for number, marker in newest),
        )
