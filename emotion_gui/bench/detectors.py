"""Both face detectors on the user's own photos: time, faces found, false faces."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.errors import SourceError
from emotion_gui.vision.face_detectors import FACE_DETECTORS, create_detector
from emotion_gui.vision.sources.images import open_images

_ROUNDS = 7


@dataclass(frozen=True)
class PhotoResult:
    """What one detector found in one photo.

    Attributes:
        photo: The file's name.
        size_wh: Width and height in pixels.
        detector: Key of the detector.
        faces: How many it found.
        milliseconds: Median time.
        people: False for a photo known to show nobody, where every face is a false one.
    """

    photo: str
    size_wh: tuple[int, int]
    detector: str
    faces: int
    milliseconds: float
    people: bool


def compare_detectors(folder: Path, no_people: Collection[str] = ()) -> list[PhotoResult]:
    """Run every detector over every photo of a folder, taking turns so that a busy machine is unfair to none.

    Args:
        folder: Where the photos are.
        no_people: Names of those that show nobody.

    Raises:
        SourceError: There is no such folder, or no photo in it.
    """
    if not folder.is_dir():
        raise SourceError(f"There is no folder '{folder}'.", "Name one with photos.")
    detectors = {name: create_detector(name) for name in FACE_DETECTORS}
    results = []
    for photo, image in _photos(folder):
        times: dict[str, list[float]] = {name: [] for name in detectors}
        faces = dict.fromkeys(detectors, 0)
        for _ in range(_ROUNDS):
            for name, detector in detectors.items():
                begin = time.perf_counter()
                faces[name] = len(detector.detect(image))
                times[name].append(1000 * (time.perf_counter() - begin))
        size_wh = image.shape[1], image.shape[0]
        results += [
            PhotoResult(photo, size_wh, name, faces[name], median(times[name]), photo not in no_people)
            for name in detectors
        ]
    if not results:
        raise SourceError(f"There is no photo in '{folder}'.", "Name a folder with png, jpg, bmp, webp or tif files.")
    return results


def _photos(folder: Path) -> Iterator[tuple[str, NDArray[np.uint8]]]:
    for path in sorted(folder.iterdir()):
        try:
            source = open_images(str(path)) if path.is_file() else None
            frame = source.read() if source else None
        except SourceError:
            # A folder of photos may hold a text file; the comparison is of what can be seen.
            continue
        if frame is not None:
            yield path.name, frame.image_bgr


def detector_table(results: list[PhotoResult]) -> str:
    """The comparison for reading, with a line of sums for each detector."""
    lines = [f"{'photo':<24} {'size':>11} {'detector':>10} {'faces':>6} {'ms':>8}"]
    for result in results:
        size = f"{result.size_wh[0]}x{result.size_wh[1]}"
        remark = "" if result.people else "  (nobody in it)"
        lines.append(
            f"{result.photo:<24} {size:>11} {result.detector:>10} {result.faces:>6} {result.milliseconds:>8.1f}{remark}"
        )
    for name in FACE_DETECTORS:
        own = [result for result in results if result.detector == name]
        found = sum(result.faces for result in own if result.people)
        false = sum(result.faces for result in own if not result.people)
        times = median(result.milliseconds for result in own) if own else 0.0
        lines.append(
            f"{name}: {found} faces on photos of people, {false} false faces on those of nobody, {times:.1f} ms median"
        )
    return "\n".join(lines)
