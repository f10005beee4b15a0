"""Numbers for faces that stay the same from frame to frame."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from emotion_gui.core.results import Appearance, Box
from emotion_gui.tracking.assignment import cheapest_assignment
from emotion_gui.tracking.likeness import blended, difference
from emotion_gui.tracking.motion import Motion

# All costs are negative logarithms of how likely something is, in the units of `Motion.surprise`.
# A face that nobody has seen before: it may be anywhere in a picture of some hundred faces' area, and is rare.
_NEWCOMER = 4.0
# Whoever was not seen in the last frame is less likely to be seen in this one: one of two places for one face.
_UNSEEN = 1.5
# How much an appearance speaks for or against the same person. On the development photos, moved by 7 % and lit from
# 0.8 to 1.25 times as bright, the same person differs by 0.16 (median; nine of ten under 0.26), two by 0.34 to 0.45.
_NEUTRAL_DIFFERENCE, _PER_DIFFERENCE = 0.27, 25.0
_MOST_FOR, _MOST_AGAINST = -2.5, 6.0
# Found again by appearance alone: this much alike, and everybody else that much less.
_ALIKE, _OTHERS_LESS = 0.2, 1.5
# A person who comes into the picture is seen in part first; so long may it take until an appearance is clear.
_YOUNG_S = 3.0
# Where somebody is once a source begins anew is about as sure as after this time out of sight.
_ANEW_S = 1.0
# An appearance follows the light of the day and not a passer-by.
_APPEARANCE_LASTS_S = 3.0
# What was seen once and never again was no face; its number is not kept for as long as a person's.
_GLIMPSE_S, _GLIMPSE_SIGHTINGS, _GLIMPSE_MISSED = 1.0, 3, 3
# Clothes of somebody this near, in sides, get into each other's appearance.
_APART = 1.6


@dataclass(frozen=True, slots=True)
class Sighting:
    """A face in one frame.

    Attributes:
        box: Where it is, in pixels of the frame.
        appearance: Colours of its person; empty where they are not known.
    """

    box: Box
    appearance: Appearance = ()


@dataclass(slots=True)
class _Track:
    number: int
    motion: Motion
    appearance: Appearance
    begun_s: float
    seen_s: float
    sightings: int = 1
    missed: int = 0
    # Set by what makes the last place worthless: a cut, or a source that begins anew.
    displaced: bool = False

    def see(self, time_s: float, sighting: Sighting, *, clear: bool) -> None:
        passed_s = time_s - self.seen_s
        expected = Motion.begin(sighting.box) if self.displaced else self.motion.after(passed_s)
        self.motion = expected.corrected(sighting.box)
        if clear or not self.appearance:
            weight = max(1 / (self.sightings + 1), 1 - math.exp(-passed_s / _APPEARANCE_LASTS_S))
            self.appearance = blended(self.appearance, sighting.appearance, min(0.5, weight))
        self.displaced, self.seen_s = False, time_s
        self.sightings += 1
        self.missed = 0


class Tracker:
    """Follows faces by where they should be by now, by their size and by their colours.

    A face's place, size and speed are estimated and foretold as in SORT (Bewley et al. 2016, "Simple online and
    realtime tracking"), but by time and not by frames, so that any rate of results and any gap does; all faces of a
    frame are given out together at the least cost. Colours decide where two are near each other, and find somebody who
    comes back elsewhere. The same results give the same numbers.

    Attributes:
        keep_s: Seconds for which a face that is not seen is looked for where it was.
        held: Numbers of persons who are remembered beyond that, to be found again by appearance.
    """

    def __init__(self, keep_s: float = 2.0) -> None:
        self.keep_s = keep_s
        self.held: frozenset[int] = frozenset()
        self._tracks: list[_Track] = []
        self._next = 1
        self._time_s = 0.0

    def update(self, time_s: float, sightings: Sequence[Sighting]) -> list[int]:
        """The number of each face of a frame, from 1.

        Args:
            time_s: When the frame was taken, in seconds; where it is before that of the last call, the source has begun
                anew, and persons are found again by their appearance or at the place where they were.
            sightings: The faces.
        """
        if time_s < self._time_s:
            self.begin_anew(time_s)
        self._time_s = time_s
        self._tracks = [track for track in self._tracks if self._is_kept(track)]
        clear = [self._stands_apart(sighting, sightings) for sighting in sightings]
        found = self._assign(sightings)
        for track in self._tracks:
            track.missed += 1
        for index, sighting in enumerate(sightings):
            track = found[index] or self._welcome(sighting)
            if found[index]:
                track.see(time_s, sighting, clear=clear[index])
            found[index] = track
        self._find_again()
        return [track.number for track in found if track]

    def begin_anew(self, time_s: float) -> None:
        """Take everybody as just lost: the source shows another moment, of which this is the time in seconds."""
        self._time_s = time_s
        for track in self._tracks:
            track.motion = track.motion.at_rest()
            track.seen_s = track.begun_s = time_s - _ANEW_S
            track.displaced = True

    def _is_kept(self, track: _Track) -> bool:
        away_s = self._time_s - track.seen_s
        if track.number in self.held:
            return True
        glimpsed = track.sightings < _GLIMPSE_SIGHTINGS and track.missed >= _GLIMPSE_MISSED
        return away_s <= (min(self.keep_s, _GLIMPSE_S) if glimpsed else self.keep_s)

    @staticmethod
    def _stands_apart(sighting: Sighting, others: Sequence[Sighting]) -> bool:
        x, y = sighting.box.center
        reach = _APART * sighting.box.width
        return all(
            other is sighting or abs(other.box.center[0] - x) > reach or abs(other.box.center[1] - y) > 2 * reach
            for other in others
        )

    def _assign(self, sightings: Sequence[Sighting]) -> list[_Track | None]:
        """Whose each face is; None for those that were not there before."""
        if not sightings:
            return []
        near = [track for track in self._tracks if self._time_s - track.seen_s <= self.keep_s]
        costs = np.full((len(sightings), len(near) + len(sightings)), _NEWCOMER)
        for column, track in enumerate(near):
            expected = track.motion.after(self._time_s - track.seen_s)
            unseen = _UNSEEN if track.missed else 0.0
            for row, sighting in enumerate(sightings):
                costs[row, column] = expected.surprise(sighting.box) + _strangeness(track, sighting) + unseen
        columns = cheapest_assignment(costs)
        taken = [near[column] if column < len(near) else None for column in columns]
        return [
            track if track and costs[row, column] < _NEWCOMER else None
            for row, (track, column) in enumerate(zip(taken, columns, strict=True))
        ]

    def _welcome(self, sighting: Sighting) -> _Track:
        track = _Track(self._next, Motion.begin(sighting.box), sighting.appearance, self._time_s, self._time_s)
        self._next += 1
        self._tracks.append(track)
        return track

    def _find_again(self) -> None:
        """Give newcomers back the number of somebody who was lost and looks like nobody else.

        A newcomer's track goes on as the lost person's, so whoever is lost must have been gone before it began.
        """
        young = [t for t in self._tracks if t.seen_s == self._time_s and t.begun_s > self._time_s - _YOUNG_S]
        for newcomer in young:
            lost = [track for track in self._tracks if track.seen_s < newcomer.begun_s]
            looks = [(difference(track.appearance, newcomer.appearance), track) for track in self._tracks]
            known = sorted(((d, t) for d, t in looks if d is not None and t is not newcomer), key=lambda pair: pair[0])
            if not known or known[0][1] not in lost or known[0][0] > _ALIKE:
                continue
            if len(known) > 1 and known[1][0] <= _OTHERS_LESS * known[0][0]:
                continue
            self._merge(known[0][1], newcomer)

    def _merge(self, lost: _Track, newcomer: _Track) -> None:
        self._tracks = [track for track in self._tracks if track is not lost]
        newcomer.number = lost.number
        newcomer.begun_s = lost.begun_s
        newcomer.sightings += lost.sightings
        newcomer.appearance = blended(lost.appearance, newcomer.appearance, 0.2)


def _strangeness(track: _Track, sighting: Sighting) -> float:
    """How much the appearance speaks against the same person."""
    apart = difference(track.appearance, sighting.appearance)
    if apart is None:
        return 0.0
    return min(_MOST_AGAINST, max(_MOST_FOR, _PER_DIFFERENCE * (apart - _NEUTRAL_DIFFERENCE)))
