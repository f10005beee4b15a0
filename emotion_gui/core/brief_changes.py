"""Bursts of another expression against the smoothed course: 'brief changes'."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from emotion_gui.core.baseline import AppliedBaseline
from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.results import FaceResult
from emotion_gui.core.smoothing import Smoother
from emotion_gui.core.statistics import EmotionStatistics
from emotion_gui.core.translation import N_

NOTE = N_(
    "Brief changes are weak evidence: on talking faces most are shapes of the mouth in speech, and a model that "
    "changes its mind over a face of 48 pixels has seen no micro-expression. Real ones are rare and occur in sincere "
    "expressions too (Porter and ten Brinke 2008), and they are no good way to tell what a person hides (Burgoon "
    "2018). Compare the rate with the same person's rate at rest, and draw no conclusion from it alone."
)

# A micro-expression lasts half a second at most (Yan, Wu, Liang, Chen and Fu 2013); what lasts longer is the course.
LONGEST_S = 0.5
# On the real clips of the benchmark a face at rest shows no burst at all, also with noise, dim light and faces of 47
# pixels. On faces that talk and grimace 12 of 45 bursts are over after one or two results at 30 a second (33 or 67 ms).
# Their strength, 0.21 to 0.92, hardly tells them from longer ones (area under the ROC curve 0.61): the length must.
_SHORTEST_S = 0.1
# At any rate of results: what only one of them says is not to be told from a mistake.
_FEWEST_RESULTS = 2
# A model that wavers between two readings of the same face moves by less.
_WEAKEST = 0.3
# The course that a burst rises from; one for all, so that the user's choice of steadier labels changes no rate.
_COURSE_S = 0.4
# The burst is over once the course is back for this long: a single result in between does not cut it in two.
_SETTLED_S = 0.1
# Over a longer gap nobody knows what the face did.
_LONGEST_GAP_S = 0.25
# Fewer results a second than this see no burst twice, and no rate can be told.
_FEWEST_PER_S = 8.0
# Sums of frame times are not exact: three frames at 30 a second make a tenth of a second.
_ROUNDING_S = 0.002


@dataclass(frozen=True, slots=True)
class BriefChange:
    """One burst.

    Attributes:
        time_s: Session time of its beginning in seconds.
        duration_s: How long it lasted, less than half a second.
        emotion: What flashed up; never neutral, which is no expression.
        strength: By how much its raw probability rose at most over the smoothed one just before the burst, 0 to 1.
    """

    time_s: float
    duration_s: float
    emotion: Emotion
    strength: float


@dataclass(slots=True)
class _Burst:
    """The raw label is another than the course's.

    Attributes:
        begin_s: Time of the last result before it.
        end_s: Time of its newest result.
        before: The smoothed probabilities just before it.
        results: How many results of each label it has.
        peaks: Its highest raw probabilities.
    """

    begin_s: float
    end_s: float
    before: tuple[float, ...]
    results: Counter[Emotion] = field(default_factory=Counter)
    peaks: list[float] = field(default_factory=lambda: [0.0] * len(EMOTIONS))

    @property
    def duration_s(self) -> float:
        return self.end_s - self.begin_s

    def add(self, time_s: float, raw: Sequence[float]) -> None:
        self.end_s = time_s
        self.results[_label(raw)] += 1
        self.peaks = [max(pair) for pair in zip(self.peaks, raw, strict=True)]

    def change(self) -> BriefChange | None:
        """What the record keeps of it; None where it is too short, too weak, or a fall back to neutral."""
        emotion, _ = self.results.most_common(1)[0]
        index = EMOTIONS.index(emotion)
        strength = self.peaks[index] - self.before[index]
        long_enough = self.duration_s >= _SHORTEST_S - _ROUNDING_S and self.results.total() >= _FEWEST_RESULTS
        if not long_enough or strength < _WEAKEST or emotion is Emotion.NEUTRAL:
            return None
        return BriefChange(self.begin_s, self.duration_s, emotion, min(1.0, strength))


class BriefChangeDetector:
    """Finds bursts in one person's results as they come.

    A burst leaves the smoothed course for another raw label and comes back to the course within half a second. What
    does not come back is a new course. The probabilities are those before the correction by a personal baseline, so
    that the rate at rest and the rate afterwards are measured alike.

    The rate of bursts depends on the rate of results only where it must: length and strength are measured in time and
    against the course before the burst, so 30 and 15 results a second find as many (10 and 9 on the real clips). At 10
    a second those of less than 0.2 s are seen twice only by chance (5), and below 8 `brief_change_rates` tells no rate.
    """

    def __init__(self) -> None:
        self._track = 0
        self._begin()

    def _begin(self) -> None:
        self._smoother = Smoother(_COURSE_S)
        self._begun_s: float | None = None
        self._course: Emotion | None = None
        self._burst: _Burst | None = None

    def add(self, time_s: float, face: FaceResult | None) -> BriefChange | None:
        """Take in one result.

        Args:
            time_s: Its time in seconds; not before that of the last one.
            face: The person's face; None where it is not there or cannot be judged.

        Returns:
            The burst that was found to be over, if one was.
        """
        if face is None:
            return None
        if face.track != self._track or time_s - self._smoother.updated_s > _LONGEST_GAP_S:
            self._track = face.track
            self._begin()
        raw = face.raw or face.probabilities
        begin_s, before = self._smoother.updated_s, self._smoother.mean
        smoothed = self._smoother.update(time_s, raw)
        if self._begun_s is None:
            self._begun_s = time_s
        elif self._course is None:
            self._find_course(time_s, _label(raw), _label(smoothed))
        elif _label(raw) is not self._course:
            self._burst = self._burst or _Burst(begin_s, begin_s, before)
            self._burst.add(time_s, raw)
            if self._burst.duration_s >= LONGEST_S - _ROUNDING_S:
                self._burst = self._course = None
        elif self._burst and time_s - self._burst.end_s >= _SETTLED_S - _ROUNDING_S:
            burst, self._burst = self._burst, None
            return burst.change()
        return None

    def _find_course(self, time_s: float, label: Emotion, smoothed: Emotion) -> None:
        # The mean of the first results is little more than they are.
        if label is smoothed and self._begun_s is not None and time_s - self._begun_s >= LONGEST_S:
            self._course = label


def _label(probabilities: Sequence[float]) -> Emotion:
    return EMOTIONS[max(range(len(EMOTIONS)), key=probabilities.__getitem__)]


@dataclass(frozen=True)
class BriefChangeRates:
    """Brief changes for a minute of usable face time; None where it cannot be told.

    Attributes:
        session: In the session.
        baseline: At rest, while the newest baseline was taken.
    """

    session: float | None
    baseline: float | None


def brief_change_rates(
    changes: Collection[BriefChange], statistics: EmotionStatistics, baselines: Sequence[AppliedBaseline]
) -> BriefChangeRates:
    """How often there were brief changes, beside the same at rest; show `NOTE` with it.

    Args:
        changes: Those of a session.
        statistics: The session's totals.
        baselines: The session's, in order of time.
    """
    usable_s = statistics.face_duration_s
    # With too few results a second no burst is seen twice, and 0 would be a lie.
    dense = statistics.frames_with_face >= _FEWEST_PER_S * usable_s
    rest = baselines[-1].baseline if baselines else None
    return BriefChangeRates(
        rate_per_minute(len(changes), usable_s) if dense else None,
        rate_per_minute(rest.brief_changes, rest.usable_s) if rest else None,
    )


def rate_per_minute(changes: int, usable_s: float) -> float | None:
    """So many in so many seconds, for a minute; None for no time."""
    return 60 * changes / usable_s if usable_s > 0 else None
