"""People who move about: where each is at each moment, what a detector sees of them, and who was taken for whom."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from emotion_gui.bench.people_overlap import overlap
from emotion_gui.core.results import Appearance, Box
from emotion_gui.tracking.track import Sighting
from emotion_gui.tracking.tracker import Tracker

# Of time in seconds: middle x, middle y and side in pixels; None while out of the picture.
Path = Callable[[float], tuple[float, float, float] | None]

# Whoever stands behind another is hidden from this overlap on.
_HIDDEN = 0.25


def dressed(seed: int) -> Appearance:
    """A person's colours, unlike those of any other seed."""
    chance = random.Random(seed)
    parts = []
    for _ in range(3):
        weights = [chance.random() ** 6 for _ in range(14)]
        parts.append(tuple(weight / sum(weights) for weight in weights))
    return tuple(parts)


@dataclass
class Scene:
    """What happens before the camera.

    Attributes:
        paths: One for each person; the first stand in front of the later ones.
        looks: Their colours; empty for none.
        rate: Results a second.
        tremble: Standard deviation of the detector's boxes in sides.
        miss: Chance that it misses a face, 0 to 1.
        gaps: From when to when, in seconds, no results come at all.
        seed: Makes two runs equal.
    """

    paths: Sequence[Path]
    looks: Sequence[Appearance] = ()
    rate: float = 30.0
    tremble: float = 0.02
    miss: float = 0.0
    gaps: Sequence[tuple[float, float]] = ()
    seed: int = 1
    chance: random.Random = field(init=False)

    def frames(self, seconds: float) -> Iterator[tuple[float, dict[int, Sighting]]]:
        """The time of each result, and what is seen of whom in it."""
        self.chance = random.Random(self.seed)
        for index in range(round(seconds * self.rate)):
            time_s = index / self.rate
            if not any(begin <= time_s < end for begin, end in self.gaps):
                yield time_s, self._seen(time_s)

    def separable(self, time_s: float) -> set[int]:
        """Who neither hides anybody nor is hidden: one box for two people could be either's."""
        places = {person: path(time_s) for person, path in enumerate(self.paths)}
        boxes = {person: _box(*place) for person, place in places.items() if place}
        return {p for p, box in boxes.items() if all(p == q or overlap(box, boxes[q]) < _HIDDEN for q in boxes)}

    def _seen(self, time_s: float) -> dict[int, Sighting]:
        shown: dict[int, Box] = {}
        seen: dict[int, Sighting] = {}
        for person, path in enumerate(self.paths):
            place = path(time_s)
            if place is None:
                continue
            box = _box(*place)
            if all(overlap(box, front) < _HIDDEN for front in shown.values()):
                shown[person] = box
                if self.chance.random() >= self.miss:
                    seen[person] = Sighting(self._trembling(*place), self.looks[person] if self.looks else ())
        return seen

    def _trembling(self, x: float, y: float, side: float) -> Box:
        return _box(*(place + self.chance.gauss(0, self.tremble) * side for place in (x, y, side)))


def _box(x: float, y: float, side: float) -> Box:
    return Box(x - side / 2, y - side / 2, side, side)


def numbers_given(scene: Scene, seconds: float, tracker: Tracker | None = None) -> dict[int, list[int]]:
    """The different numbers that each person got while separable, in order; a single one is right."""
    tracker = tracker or Tracker(10.0)
    given: dict[int, list[int]] = {}
    for time_s, seen in scene.frames(seconds):
        # In the order of the picture, as the analysis has them, and not in that of the script.
        apart = scene.separable(time_s)
        people = sorted(seen, key=lambda person: seen[person].box.center)
        for person, number in zip(people, tracker.update(time_s, [seen[p] for p in people]), strict=True):
            if person in apart and given.setdefault(person, [number])[-1] != number:
                given[person].append(number)
    return given


def nobody_mixed_up(given: Mapping[int, Sequence[int]]) -> bool:
    """Whether everybody had one number and no two the same."""
    kept = [numbers[0] for numbers in given.values() if len(numbers) == 1]
    return len(kept) == len(given) == len(set(kept))
