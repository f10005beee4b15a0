"""Numbers for faces that stay the same from frame to frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from emotion_gui.core.results import Box

# A face that moved further than its own width between two results may be another person's.
_LEAST_OVERLAP = 0.1


@dataclass(slots=True)
class _Track:
    number: int
    box: Box
    seen_s: float


class Tracker:
    """Follows faces by how far their boxes overlap; a face that is away for a while keeps its number.

    Args:
        keep_s: Seconds for which the number of a face that is not seen is kept.
    """

    def __init__(self, keep_s: float = 2.0) -> None:
        self.keep_s = keep_s
        self._tracks: list[_Track] = []
        self._next = 1

    def update(self, time_s: float, boxes: Sequence[Box]) -> list[int]:
        """The number of each face of a frame, from 1.

        Args:
            time_s: When the frame was taken, in seconds; not before that of the last call.
            boxes: The faces, in pixels of the frame.
        """
        self._tracks = [track for track in self._tracks if time_s - track.seen_s <= self.keep_s]
        pairs = sorted(
            ((overlap(track.box, box), index, track) for track in self._tracks for index, box in enumerate(boxes)),
            key=lambda pair: -pair[0],
        )
        numbers: dict[int, _Track] = {}
        taken: set[int] = set()
        for share, index, track in pairs:
            if share >= _LEAST_OVERLAP and index not in numbers and track.number not in taken:
                numbers[index] = track
                taken.add(track.number)
        for index, box in enumerate(boxes):
            if index not in numbers:
                numbers[index] = _Track(self._next, box, time_s)
                self._tracks.append(numbers[index])
                self._next += 1
            numbers[index].box, numbers[index].seen_s = box, time_s
        return [numbers[index].number for index in range(len(boxes))]


def overlap(first: Box, second: Box) -> float:
    """Shared area of two boxes over their joint area, 0 to 1 (intersection over union)."""
    width = min(first.x + first.width, second.x + second.width) - max(first.x, second.x)
    height = min(first.y + first.height, second.y + second.height) - max(first.y, second.y)
    shared = max(0.0, width) * max(0.0, height)
    joint = first.width * first.height + second.width * second.height - shared
    return shared / joint if joint > 0 else 0.0
