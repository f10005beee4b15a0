"""Takes a personal baseline from a face that rests for some seconds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from emotion_gui.core.baseline import Baseline
from emotion_gui.core.brief_changes import BriefChangeDetector
from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.errors import AppError
from emotion_gui.core.results import FaceResult
from emotion_gui.core.translation import N_, _

# Mean distance from the mean: under 0.1 for resting faces, 0.15 for a model that wavers between 35 and 65 %; 0.20 for
# the talking face of the benchmark's clips and 0.11 to 0.34 for those that grimace, of which the steadiest pass.
_RESTLESS = 0.17
# Such a face may still smile for a second: it does not reach the levels, which hold for the rest of the time.
_LEVEL = 0.8
# A result stands for the time since the one before it, but not for a gap.
_MAX_HOLD_S = 0.5

RESTLESS = N_("The face moved too much to see how it rests.")
RESTLESS_HINT = N_("Ask the candidate to look at the camera without speaking, and try again.")


class RestingFace:
    """The smoothed, uncorrected probabilities of one person at rest.

    Attributes:
        usable_s: Seconds of the face that could be judged so far.
    """

    def __init__(self) -> None:
        self._track = 0
        self._begin()

    def _begin(self) -> None:
        self.usable_s = 0.0
        self._seen: list[tuple[float, tuple[float, ...]]] = []
        self._detector = BriefChangeDetector()
        self._changes = 0
        self._last_s: float | None = None

    def add(self, time_s: float, face: FaceResult | None) -> None:
        """Take in one result; another person's face begins anew.

        Args:
            time_s: Its time in seconds.
            face: The candidate's face; None where it is not there or cannot be judged.
        """
        if face is None:
            self._last_s = None
            return
        if face.track != self._track:
            self._track = face.track
            self._begin()
        if self._last_s is not None:
            held_s = min(max(0.0, time_s - self._last_s), _MAX_HOLD_S)
            self.usable_s += held_s
            self._seen.append((held_s, face.smoothed or face.probabilities))
        self._last_s = time_s
        if self._detector.add(time_s, face):
            self._changes += 1

    def baseline(self) -> Baseline:
        """What was seen so far.

        Raises:
            AppError: The face did not rest, or was not seen at all; the message says what to do.
        """
        if not self.usable_s:
            raise AppError(_(RESTLESS), _(RESTLESS_HINT))
        resting = tuple(
            sum(held_s * values[index] for held_s, values in self._seen) / self.usable_s
            for index in range(len(EMOTIONS))
        )
        distance = sum(held_s * _distance(values, resting) for held_s, values in self._seen) / self.usable_s
        if distance > _RESTLESS:
            raise AppError(_(RESTLESS), _(RESTLESS_HINT))
        levels = tuple(self._level(index) for index in range(len(EMOTIONS)))
        # The record keeps whole seconds.
        taken_at = datetime.now(UTC).replace(microsecond=0)
        return Baseline(resting, self.usable_s, self._changes, taken_at, levels)

    def _level(self, index: int) -> float:
        """What a probability stays under for most of the time."""
        left_s = _LEVEL * self.usable_s
        for value, held_s in sorted((values[index], held_s) for held_s, values in self._seen):
            left_s -= held_s
            if left_s <= 0:
                return value
        return max(values[index] for _, values in self._seen)


def _distance(first: Sequence[float], second: Sequence[float]) -> float:
    """Total variation distance of two distributions, 0 to 1."""
    return sum(abs(a - b) for a, b in zip(first, second, strict=True)) / 2
