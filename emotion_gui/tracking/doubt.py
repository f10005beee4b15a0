"""Two people who were too near each other to tell: both ways are followed until one is the likelier."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from emotion_gui.tracking.motion import Motion
from emotion_gui.tracking.track import Sighting, Track

# All in the units of `Motion.surprise`, and chosen on simulated crossings of two people without colours.
# What is this much less likely the other way round is beyond doubt.
_DOUBTFUL = 5.0
# Decided, and the other way is no longer followed.
_DECIDED = 2.0
# It is neither after so many seconds, when both have turned to what they do now.
_LONGEST_S = 1.0
# Further apart than this, in sides, nobody is taken for another.
_REACH = 3.0


@dataclass(slots=True)
class _Place:
    """Where somebody would be, and when that was so, in seconds."""

    motion: Motion
    time_s: float

    def see(self, time_s: float, sighting: Sighting) -> float:
        """Take a face as theirs; returns how little it was expected."""
        expected = self.motion.after(time_s - self.time_s)
        self.motion, self.time_s = expected.corrected(sighting.box), time_s
        return expected.surprise(sighting.box)


class _Doubt:
    """Two people, and where each would be if the faces given to the other one were theirs."""

    def __init__(self, pair: tuple[Track, Track], time_s: float) -> None:
        self.pair = pair
        self.begun_s = time_s
        first, second = pair
        # By whose faces they are now: the other one's places.
        self._others = (_Place(second.motion, second.seen_s), _Place(first.motion, first.seen_s))
        # How much less likely it is that they were mixed up, as a negative logarithm.
        self.score = 0.0

    def weigh(self, time_s: float, seen: Mapping[Track, Sighting]) -> None:
        """Take what the faces of a frame say; called before the tracks have them."""
        for own, other, place in zip(self.pair, reversed(self.pair), self._others, strict=True):
            if own in seen:
                sighting = seen[own]
                self.score -= own.expected(time_s).surprise(sighting.box) + own.strangeness(sighting)
                self.score += place.see(time_s, sighting) + other.strangeness(sighting)

    def is_over(self, time_s: float) -> bool:
        return self.score >= _DECIDED or time_s - self.begun_s >= _LONGEST_S

    def exchange(self) -> None:
        """Let each go on where the other one was; what was thought until now is the doubt from now on."""
        first, second = self.pair
        thought = (_Place(first.motion, first.seen_s), _Place(second.motion, second.seen_s))
        second_place, first_place = self._others
        first.motion, first.seen_s = first_place.motion, first_place.time_s
        second.motion, second.seen_s = second_place.motion, second_place.time_s
        first.missed, second.missed = second.missed, first.missed
        self._others = (thought[1], thought[0])
        self.score = -self.score


class Doubts:
    """Who may have been taken for whom a moment ago.

    A frame alone does not say who comes out of a crossing first; the next ones do, since nobody turns round in the very
    moment in which they are hidden. It is the idea of multiple hypothesis tracking (Reid 1979, "An algorithm for
    tracking multiple targets"), kept to two hypotheses for two people.
    """

    def __init__(self) -> None:
        self._open: list[_Doubt] = []

    def clear(self) -> None:
        self._open.clear()

    def weigh(self, time_s: float, seen: Mapping[Track, Sighting], tracks: Sequence[Track]) -> None:
        """Hear what the faces of a frame say, and doubt where they say too little.

        Args:
            time_s: When the frame was taken, in seconds.
            seen: Whose each face is thought to be; the tracks do not have them yet.
            tracks: Everybody who may be before the camera.
        """
        self._open = [doubt for doubt in self._open if all(track in tracks for track in doubt.pair)]
        for doubt in self._open:
            doubt.weigh(time_s, seen)
        doubted = {track for doubt in self._open for track in doubt.pair}
        free = [track for track in tracks if track not in doubted and not track.displaced]
        for pair in combinations(free, 2):
            if doubted.isdisjoint(pair) and _may_be_mixed_up(pair, seen):
                doubt = _Doubt(pair, time_s)
                doubt.weigh(time_s, seen)
                if doubt.score < _DOUBTFUL:
                    self._open.append(doubt)
                    doubted.update(pair)

    def settle(self, time_s: float) -> dict[Track, Track]:
        """Take the likelier way wherever that is the other one by now; called when the tracks have the frame's faces.

        Returns:
            For those who were mixed up: whose faces they had.
        """
        mixed_up: dict[Track, Track] = {}
        for doubt in self._open:
            if doubt.score < 0:
                doubt.exchange()
                first, second = doubt.pair
                mixed_up |= {first: second, second: first}
        self._open = [doubt for doubt in self._open if not doubt.is_over(time_s)]
        return mixed_up


def _may_be_mixed_up(pair: tuple[Track, Track], seen: Mapping[Track, Sighting]) -> bool:
    """Whether one of them was hidden, now or in the last frame, and the other one is seen near where they were."""
    if not any(track.missed or track not in seen for track in pair):
        return False
    for own, other in (pair, reversed(pair)):
        if own in seen:
            (x, y), reach = seen[own].box.center, _REACH * other.motion.side
            if math.hypot(x - other.motion.x.value, y - other.motion.y.value) < reach:
                return True
    return False
