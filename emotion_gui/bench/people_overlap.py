"""The usual small tracker, to compare with: whose last box overlaps most."""

from __future__ import annotations

from collections.abc import Sequence

from emotion_gui.core.results import Box
from emotion_gui.tracking.track import Sighting

# Of many trackers by overlap; SORT (Bewley et al. 2016) uses it.
_LEAST_OVERLAP = 0.3


class OverlapTracker:
    """Gives each box the number of the box of the last results that it overlaps most, pair by pair.

    Args:
        keep_s: Seconds for which the number of a face that is not seen is kept.
    """

    def __init__(self, keep_s: float) -> None:
        self._keep_s = keep_s
        self._last: dict[int, tuple[Box, float]] = {}
        self._next = 1

    def update(self, time_s: float, sightings: Sequence[Sighting]) -> list[int]:
        """The number of each face of a frame, from 1."""
        self._last = {n: (box, seen_s) for n, (box, seen_s) in self._last.items() if time_s - seen_s <= self._keep_s}
        pairs = sorted(
            (
                (overlap(box, sighting.box), index, number)
                for number, (box, _) in self._last.items()
                for index, sighting in enumerate(sightings)
            ),
            reverse=True,
        )
        given: dict[int, int] = {}
        for share, index, number in pairs:
            if share >= _LEAST_OVERLAP and index not in given and number not in given.values():
                given[index] = number
        for index, sighting in enumerate(sightings):
            if index not in given:
                given[index] = self._next
                self._next += 1
            self._last[given[index]] = sighting.box, time_s
        return [given[index] for index in range(len(sightings))]


def overlap(first: Box, second: Box) -> float:
    """Shared area of two boxes over their joint area, 0 to 1 (intersection over union)."""
    width = min(first.x + first.width, second.x + second.width) - max(first.x, second.x)
    height = min(first.y + first.height, second.y + second.height) - max(first.y, second.y)
    shared = max(0.0, width) * max(0.0, height)
    joint = first.width * first.height + second.width * second.height - shared
    return shared / joint if joint > 0 else 0.0
