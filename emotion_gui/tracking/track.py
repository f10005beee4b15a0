"""One person who is followed: a number, a movement and colours."""

from __future__ import annotations

import math
from dataclasses import dataclass

from emotion_gui.core.results import Appearance, Box
from emotion_gui.tracking.likeness import blended, difference
from emotion_gui.tracking.motion import Motion

# How much an appearance speaks for or against the same person. On the development photos, moved by 7 % and lit from
# 0.8 to 1.25 times as bright, the same person differs by 0.16 (median; nine of ten under 0.26), two by 0.34 to 0.45.
_NEUTRAL_DIFFERENCE, _PER_DIFFERENCE = 0.27, 25.0
_MOST_FOR, _MOST_AGAINST = -2.5, 6.0
# An appearance follows the light of the day and not a passer-by.
_APPEARANCE_LASTS_S = 3.0


@dataclass(frozen=True, slots=True)
class Sighting:
    """A face in one frame.

    Attributes:
        box: Where it is, in pixels of the frame.
        appearance: Colours of its person; empty where they are not known.
    """

    box: Box
    appearance: Appearance = ()


@dataclass(slots=True, eq=False)
class Track:
    """Somebody who was seen.

    Attributes:
        number: Who it is, from 1.
        motion: Where they were when last seen, and how they moved.
        appearance: Their colours; empty where they are not known.
        begun_s: When they came, in seconds.
        seen_s: When they were last seen.
        sightings: How often.
        missed: Frames since then.
        displaced: Whether the last place is worth nothing, because the source has begun anew.
    """

    number: int
    motion: Motion
    appearance: Appearance
    begun_s: float
    seen_s: float
    sightings: int = 1
    missed: int = 0
    displaced: bool = False

    def expected(self, time_s: float) -> Motion:
        """Where they should be by now."""
        return self.motion.after(time_s - self.seen_s)

    def strangeness(self, sighting: Sighting) -> float:
        """How much the appearance speaks against the same person, in the units of `Motion.surprise`."""
        apart = difference(self.appearance, sighting.appearance)
        if apart is None:
            return 0.0
        return min(_MOST_AGAINST, max(_MOST_FOR, _PER_DIFFERENCE * (apart - _NEUTRAL_DIFFERENCE)))

    def see(self, time_s: float, sighting: Sighting, *, clear: bool) -> None:
        """Take a face as theirs.

        Args:
            time_s: When the frame was taken.
            sighting: The face.
            clear: Whether its colours are of nobody else.
        """
        passed_s = time_s - self.seen_s
        expected = Motion.begin(sighting.box) if self.displaced else self.motion.after(passed_s)
        self.motion = expected.corrected(sighting.box)
        if clear or not self.appearance:
            weight = max(1 / (self.sightings + 1), 1 - math.exp(-passed_s / _APPEARANCE_LASTS_S))
            self.appearance = blended(self.appearance, sighting.appearance, min(0.5, weight))
        self.displaced, self.seen_s = False, time_s
        self.sightings += 1
        self.missed = 0
