"""What happened between two markers: 'question 3' and what the face did until question 4."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.markers import Marker
from emotion_gui.core.nervousness import Judgement, NervousnessRule, judge
from emotion_gui.core.statistics import EmotionStatistics
from emotion_gui.core.timeline import STEP_S, Timeline, TimelineStep


@dataclass
class Segment:
    """One stretch of a session.

    Attributes:
        marker: The note that it begins with; None for what lies before the first one.
        begin_s: Session time of its beginning in seconds.
        end_s: Session time of its end in seconds, pauses included.
        counted_s: Seconds of it that were counted.
        usable_s: Seconds of these with a face that counts. Where several persons count at once, their times may
            overlap within a step, and this is the most that it can be.
        seconds: Face time per emotion in seconds, all faces that count together.
    """

    marker: Marker | None
    begin_s: float
    end_s: float
    counted_s: float = 0.0
    usable_s: float = 0.0
    seconds: dict[Emotion, float] = field(default_factory=lambda: dict.fromkeys(EMOTIONS, 0.0))

    @property
    def shares(self) -> dict[Emotion, float]:
        """Share of its face time per emotion, 0 to 1; all 0 while no time is counted."""
        return self._statistics.shares()

    def judgement(self, rule: NervousnessRule) -> Judgement:
        """What the rule says of this stretch alone; it asks for as many usable seconds as of a whole session."""
        return judge(self._statistics, rule)

    @property
    def _statistics(self) -> EmotionStatistics:
        # The course does not tell why a time was not usable; as if all of it was seen, no reason is guessed.
        return EmotionStatistics(
            seconds=dict(self.seconds),
            duration_s=self.counted_s,
            face_duration_s=self.usable_s,
            seen_duration_s=self.counted_s,
        )


def segments_of(timeline: Timeline, markers: Iterable[Marker]) -> tuple[Segment, ...]:
    """Cut a session at its markers: before the first, between each two, and to the end.

    The course is kept in steps of `STEP_S`. A step in which a marker lies is divided in proportion, as if all of it
    had been the same throughout, so that each figure is exact to half a second and all segments together make up the
    session.

    Args:
        timeline: The course of the session.
        markers: In any order; those beyond the last step begin segments without counted time.

    Returns:
        At least one segment, in order of time. What lies before the first marker is left out where that marker stands
        at the very beginning.
    """
    steps = list(timeline)
    cut = _stretches(sorted(markers, key=attrgetter("time_s")), steps[-1].start_s + STEP_S if steps else 0.0)
    begins_s = [segment.begin_s for segment in cut]
    for step in steps:
        _share_out(step, cut, begins_s)
    if len(cut) > 1 and cut[0].end_s <= cut[0].begin_s:
        cut = cut[1:]
    return tuple(cut)


def marker_at(markers: Sequence[Marker], time_s: float) -> Marker | None:
    """The note whose segment holds this moment; None before the first.

    Args:
        markers: In order of time.
        time_s: Session time in seconds; a marker's own moment belongs to it.
    """
    index = bisect_right(markers, time_s, key=attrgetter("time_s"))
    return markers[index - 1] if index else None


def _stretches(markers: Sequence[Marker], end_s: float) -> list[Segment]:
    """Empty segments that cover everything from 0 on without a gap."""
    begins_s = [0.0, *(max(0.0, marker.time_s) for marker in markers)]
    ends_s = [*begins_s[1:], max(end_s, begins_s[-1])]
    return [
        Segment(marker, begin_s, end_s)
        for marker, begin_s, end_s in zip([None, *markers], begins_s, ends_s, strict=True)
    ]


def _share_out(step: TimelineStep, cut: Sequence[Segment], begins_s: Sequence[float]) -> None:
    """Give each segment its part of a step."""
    step_end_s = step.start_s + STEP_S
    index = max(0, bisect_right(begins_s, step.start_s) - 1)
    while index < len(cut) and (cut[index].begin_s < step_end_s):
        segment = cut[index]
        overlap_s = min(segment.end_s, step_end_s) - max(segment.begin_s, step.start_s)
        _add(segment, step, max(0.0, overlap_s) / STEP_S)
        index += 1


def _add(segment: Segment, step: TimelineStep, part: float) -> None:
    segment.counted_s += step.duration_s * part
    segment.usable_s += min(step.face_s, step.duration_s) * part
    for emotion, seconds in zip(EMOTIONS, step.label_s, strict=True):
        segment.seconds[emotion] += seconds * part
