"""Numbers for faces that stay the same from frame to frame."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from emotion_gui.tracking.assignment import cheapest_assignment
from emotion_gui.tracking.doubt import Doubts
from emotion_gui.tracking.likeness import blended, difference
from emotion_gui.tracking.motion import Motion
from emotion_gui.tracking.track import Sighting, Track

# All costs are negative logarithms of how likely something is, in the units of `Motion.surprise`.
# A face that nobody has seen before: it may be anywhere in a picture of some hundred faces' area, and is rare.
_NEWCOMER = 4.0
# Whoever was not seen in the last frame is less likely to be seen in this one: one of two places for one face.
_UNSEEN = 1.5
# Found again by appearance alone: this much alike, and everybody else that much less.
_ALIKE, _OTHERS_LESS = 0.2, 1.5
# A person who comes into the picture is seen in part first; so long may it take until an appearance is clear.
_YOUNG_S = 3.0
# Where somebody is once a source begins anew is about as sure as after this time out of sight.
_ANEW_S = 1.0
# What was seen once and never again was no face; its number is not kept for as long as a person's.
_GLIMPSE_S, _GLIMPSE_SIGHTINGS, _GLIMPSE_MISSED = 1.0, 3, 3
# Clothes of somebody this near, in sides, get into each other's appearance.
_APART = 1.6


class Tracker:
    """Follows faces by where they should be by now, by their size and by their colours.

    A face's place, size and speed are estimated and foretold as in SORT (Bewley et al. 2016, "Simple online and
    realtime tracking"), but by time and not by frames, so that any rate of results and any gap does; all faces of a
    frame are given out together at the least cost. Colours decide where two are near each other, and find somebody who
    comes back elsewhere. Where a frame does not say who came out of a crossing, the next ones decide. The same results
    give the same numbers.

    Attributes:
        keep_s: Seconds for which a face that is not seen is looked for where it was.
        held: Numbers of persons who are remembered beyond that, to be found again by appearance.
    """

    def __init__(self, keep_s: float = 2.0) -> None:
        self.keep_s = keep_s
        self.held: frozenset[int] = frozenset()
        self._tracks: list[Track] = []
        self._doubts = Doubts()
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
        seen = {track: sighting for track, sighting in zip(found, sightings, strict=True) if track}
        self._doubts.weigh(time_s, seen, self._near())
        for track in self._tracks:
            track.missed += 1
        for index, sighting in enumerate(sightings):
            track = found[index] or self._welcome(sighting)
            if found[index]:
                track.see(time_s, sighting, clear=clear[index])
            found[index] = track
        mixed_up = self._doubts.settle(time_s)
        self._find_again()
        return [mixed_up.get(track, track).number for track in found if track]

    def begin_anew(self, time_s: float) -> None:
        """Take everybody as just lost: the source shows another moment, of which this is the time in seconds."""
        self._time_s = time_s
        self._doubts.clear()
        for track in self._tracks:
            track.motion = track.motion.at_rest()
            track.seen_s = track.begun_s = time_s - _ANEW_S
            track.displaced = True

    def _is_kept(self, track: Track) -> bool:
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

    def _near(self) -> list[Track]:
        """Who may still be where they were."""
        return [track for track in self._tracks if self._time_s - track.seen_s <= self.keep_s]

    def _assign(self, sightings: Sequence[Sighting]) -> list[Track | None]:
        """Whose each face is; None for those that were not there before."""
        if not sightings:
            return []
        near = self._near()
        costs = np.full((len(sightings), len(near) + len(sightings)), _NEWCOMER)
        for column, track in enumerate(near):
            expected = track.expected(self._time_s)
            unseen = _UNSEEN if track.missed else 0.0
            for row, sighting in enumerate(sightings):
                costs[row, column] = expected.surprise(sighting.box) + track.strangeness(sighting) + unseen
        columns = cheapest_assignment(costs)
        taken = [near[column] if column < len(near) else None for column in columns]
        return [
            track if track and costs[row, column] < _NEWCOMER else None
            for row, (track, column) in enumerate(zip(taken, columns, strict=True))
        ]

    def _welcome(self, sighting: Sighting) -> Track:
        track = Track(self._next, Motion.begin(sighting.box), sighting.appearance, self._time_s, self._time_s)
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

    def _merge(self, lost: Track, newcomer: Track) -> None:
        self._tracks = [track for track in self._tracks if track is not lost]
        newcomer.number = lost.number
        newcomer.begun_s = lost.begun_s
        newcomer.sightings += lost.sightings
        newcomer.appearance = blended(lost.appearance, newcomer.appearance, 0.2)
