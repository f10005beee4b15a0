"""How steady labels are over time and what that costs in delay, for one face that is watched alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from emotion_gui.core.brief_changes import BriefChangeDetector
from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.results import FaceResult
from emotion_gui.core.smoothing import Smoother

# Beside the one of the settings, for the choice of it.
TIME_CONSTANTS_MS = (0, 200, 300, 400, 500, 600)
# What changes the raw label is a new expression if it was not there for so long and then stays for so long.
_BEFORE_S, _STAYS_S = 0.3, 0.5
# Over a longer gap the face is somebody's whom nobody watched.
_LONGEST_GAP_S = 0.5
# A label that comes later than this came for another reason.
_LATEST_S = 1.0
_ROUNDING_S = 1e-6


@dataclass
class Course:
    """The results of one clip in which there was one face alone.

    Attributes:
        file: The clip.
        moments: Time in seconds and the face, in order of time.
    """

    file: str
    moments: list[tuple[float, FaceResult]] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """Time between neighbouring results, without gaps."""
        return sum(end - begin for (begin, _), (end, _) in pairwise(self.moments) if end - begin <= _LONGEST_GAP_S)

    @property
    def brief_changes(self) -> int:
        """Bursts that a session would list."""
        detector = BriefChangeDetector()
        return sum(detector.add(time_s, face) is not None for time_s, face in self.moments)

    def labels(self, time_constant_s: float) -> list[tuple[float, Emotion]]:
        """What is shown, with its time in seconds."""
        smoother, shown = Smoother(time_constant_s), []
        for time_s, face in self.moments:
            if time_s - smoother.updated_s > _LONGEST_GAP_S:
                smoother = Smoother(time_constant_s)
            mean = smoother.update(time_s, face.probabilities)
            shown.append((time_s, EMOTIONS[max(range(len(EMOTIONS)), key=mean.__getitem__)]))
        return shown


@dataclass(frozen=True)
class Steadiness:
    """What one time constant makes of clips.

    Attributes:
        seconds: Time that was watched.
        changes: How often the label changed.
        delays_s: From the raw label's change to the shown one's, for each new expression that stayed.
        missed: New expressions that stayed for half a second and were not shown within one.
    """

    seconds: float
    changes: int
    delays_s: tuple[float, ...]
    missed: int = 0

    @property
    def changes_per_s(self) -> float:
        return self.changes / self.seconds if self.seconds else 0.0

    @property
    def delay_s(self) -> float | None:
        """The median; None where no new expression came and stayed."""
        return median(self.delays_s) if self.delays_s else None

    @property
    def longest_s(self) -> float | None:
        return max(self.delays_s, default=None)


def steadiness(courses: Sequence[Course], time_constant_s: float) -> Steadiness:
    """Measure one time constant over clips.

    Args:
        courses: The clips.
        time_constant_s: Of the smoothing in seconds; 0 for raw labels.
    """
    changes, delays = 0, []
    for course in courses:
        shown = course.labels(time_constant_s)
        changes += sum(
            before is not after for (begin, before), (end, after) in pairwise(shown) if end - begin <= _LONGEST_GAP_S
        )
        raw = course.labels(0.0)
        delays += [
            _delay(shown, onset_s, emotion)
            for onset_s, emotion in _onsets(raw)
            # What is shown all along has no delay.
            if time_constant_s == 0 or _before(shown, onset_s) is not emotion
        ]
    noticed = tuple(delay_s for delay_s in delays if delay_s is not None)
    return Steadiness(sum(course.seconds for course in courses), changes, noticed, len(delays) - len(noticed))


def _onsets(raw: Sequence[tuple[float, Emotion]]) -> Iterator[tuple[float, Emotion]]:
    """When an expression came that was not there before and stayed, and which."""
    for (last_s, before), (time_s, label) in pairwise(raw):
        earlier = [other for at_s, other in raw if time_s - _BEFORE_S - _ROUNDING_S <= at_s < time_s]
        later = [other for at_s, other in raw if time_s <= at_s <= time_s + _STAYS_S + _ROUNDING_S]
        stays = all(other is label for other in later) and raw[-1][0] >= time_s + _STAYS_S
        alone = time_s - last_s <= _LONGEST_GAP_S
        if alone and label is not before and label not in earlier and stays:
            yield time_s, label


def _delay(shown: Sequence[tuple[float, Emotion]], onset_s: float, emotion: Emotion) -> float | None:
    delays = (time_s - onset_s for time_s, label in shown if time_s >= onset_s and label is emotion)
    return next((delay_s for delay_s in delays if delay_s <= _LATEST_S), None)


def _before(shown: Sequence[tuple[float, Emotion]], onset_s: float) -> Emotion | None:
    return next((label for time_s, label in reversed(shown) if time_s < onset_s), None)
