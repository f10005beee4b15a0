"""How often the tracker takes one person for another, on real clips and on clips made of real photos."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from emotion_gui.bench.footage_bench import frames
from emotion_gui.bench.people_overlap import OverlapTracker
from emotion_gui.bench.people_scenes import SCENES, SceneFrame
from emotion_gui.bench.people_truth import places_at, read_points
from emotion_gui.core.errors import SourceError
from emotion_gui.core.results import DetectedFace
from emotion_gui.core.settings import Settings
from emotion_gui.tracking.track import Sighting
from emotion_gui.tracking.tracker import Tracker
from emotion_gui.vision.appearance import measure_appearance
from emotion_gui.vision.face_detectors import FaceDetector, create_detector
from emotion_gui.vision.sources.images import IMAGE_SUFFIXES

TABLE = "people.csv"
# A good machine, and one that is busy.
RATES = 30.0, 10.0
OURS, PLAIN = "this program", "overlap only"
# A box belongs to the person whose face's middle is this near to its own, in widths of the box.
_NEAR = 0.6


class _Tracker(Protocol):
    def update(self, time_s: float, sightings: Sequence[Sighting]) -> list[int]: ...


@dataclass
class Tally:
    """How one tracker did on one clip.

    Attributes:
        switches: How often a person got a number that another person had before: their data would be mixed up.
        fragments: How often a person got a new number: the candidate would have to be chosen again.
        sightings: Faces of known people that the detector found.
    """

    switches: int = 0
    fragments: int = 0
    sightings: int = 0
    _owners: dict[int, str] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def add(self, person: str, number: int) -> None:
        """Count one face of a known person."""
        self.sightings += 1
        before = self._numbers.get(person)
        if before != number:
            owner = self._owners.setdefault(number, person)
            if owner != person:
                self.switches += 1
            elif before is not None:
                self.fragments += 1
        self._numbers[person] = number


@dataclass(frozen=True)
class ClipResult:
    """One clip at one rate.

    Attributes:
        clip: The file, and what was made of it.
        rate: Results a second.
        people: How many were seen.
        tallies: By tracker, `OURS` and `PLAIN`.
    """

    clip: str
    rate: float
    people: int
    tallies: Mapping[str, Tally]


def compare_trackers(folder: Path, table: Path | None = None, rates: Sequence[float] = RATES) -> list[ClipResult]:
    """Follow the people of every clip that a table speaks of, and of clips made of every photo with two or more.

    Args:
        folder: Where the clips and photos are; folders in it are looked into as well.
        table: Who is where, see `read_points`; `TABLE` in the folder without it, where there is one.
        rates: Results a second.

    Raises:
        AppError: The table or a file cannot be read, or there is nobody to follow.
    """
    if not folder.is_dir():
        raise SourceError(f"There is no folder '{folder}'.", "Name one with clips or photos of several people.")
    detector, results = create_detector(Settings().detector), []
    for rate in rates:
        results += [_follow(clip, scene, detector, rate) for clip, scene in _clips(folder, table, detector, rate)]
    if not results:
        raise SourceError(f"There is nobody to follow in '{folder}'.", "Name a folder with photos of several people.")
    return results


def _clips(
    folder: Path, table: Path | None, detector: FaceDetector, rate: float
) -> Iterator[tuple[str, Iterable[SceneFrame]]]:
    written = table or folder / TABLE
    if table or written.is_file():
        for name, points in read_points(written).items():
            yield name, _watched(folder / name, points, rate)
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in IMAGE_SUFFIXES:
            photo = next(frames(path, None)).image_bgr
            boxes = [face.box for face in sorted(detector.detect(photo), key=lambda face: -face.box.width)]
            if len(boxes) > 1:
                yield from ((f"{path.name}: {name}", make(photo, boxes, rate)) for name, make in SCENES.items())


def _watched(path: Path, points: Mapping[str, list[tuple[float, float, float]]], rate: float) -> Iterator[SceneFrame]:
    for frame in frames(path, rate):
        height, width = frame.image_bgr.shape[:2]
        places = {p: (x * width, y * height) for p, (x, y) in places_at(points, frame.time_s).items()}
        yield SceneFrame(frame.time_s, frame.image_bgr, places)


def _follow(clip: str, scene: Iterable[SceneFrame], detector: FaceDetector, rate: float) -> ClipResult:
    settings = Settings()
    trackers: dict[str, _Tracker] = {OURS: Tracker(settings.away_s), PLAIN: OverlapTracker(settings.away_s)}
    tallies = {name: Tally() for name in trackers}
    people: set[str] = set()
    for frame in scene:
        found = [face for face in detector.detect(frame.image_bgr) if face.box.width >= settings.min_face_px]
        found.sort(key=lambda face: face.box.center)
        names = _names(found, frame.places)
        people.update(names.values())
        sightings = [Sighting(face.box, measure_appearance(frame.image_bgr, face.box)) for face in found]
        for key, tracker in trackers.items():
            numbers = tracker.update(frame.time_s, sightings)
            for index, name in names.items():
                tallies[key].add(name, numbers[index])
    return ClipResult(clip, rate, len(people), tallies)


def _names(found: Sequence[DetectedFace], places: Mapping[str, tuple[float, float]]) -> dict[int, str]:
    """Whose each face is, by its index; each person has one, the nearest."""
    pairs = sorted(
        (math.dist(face.box.center, place) / face.box.width, index, name)
        for index, face in enumerate(found)
        for name, place in places.items()
    )
    names: dict[int, str] = {}
    for distance, index, name in pairs:
        if distance <= _NEAR and index not in names and name not in names.values():
            names[index] = name
    return names


def people_table(results: Sequence[ClipResult]) -> str:
    """The comparison for reading, with the sums and their ratio."""
    lines = [f"{'clip':<44} {'rate':>5} {'people':>6} {'faces':>6}   switches/new numbers: {OURS} | {PLAIN}"]
    for each in results:
        ours, plain = each.tallies[OURS], each.tallies[PLAIN]
        counts = f"{ours.switches:>3}/{ours.fragments:<3} | {plain.switches:>3}/{plain.fragments}"
        lines.append(f"{each.clip[:44]:<44} {each.rate:>5g} {each.people:>6} {ours.sightings:>6}   {counts}")
    sums = {
        name: [sum(getattr(r.tallies[name], k) for r in results) for k in ("switches", "fragments")]
        for name in (OURS, PLAIN)
    }
    for name, (switches, fragments) in sums.items():
        lines.append(f"{name}: {switches} switches, {fragments} new numbers for somebody who had one")
    return "\n".join(lines)


def run_people(folder: Path, table: Path | None, *, quick: bool = False, as_json: bool = False) -> int:
    """Print the comparison, at the lower rate alone where it must be quick; returns the exit code."""
    results = compare_trackers(folder, table, RATES[1:] if quick else RATES)
    print(json.dumps([_as_json(result) for result in results], indent=2) if as_json else people_table(results))
    return 0


def _as_json(result: ClipResult) -> dict[str, Any]:
    counts = {
        name: {"switches": tally.switches, "fragments": tally.fragments, "sightings": tally.sightings}
        for name, tally in result.tallies.items()
    }
    return {"clip": result.clip, "rate": result.rate, "people": result.people, "trackers": counts}
