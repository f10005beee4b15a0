"""Which faces the quality limits refuse, on footage as it is and spoiled, and how the labels of both fare."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

import numpy as np

from emotion_gui.bench.footage_bench import faces_at, frames, ratio
from emotion_gui.bench.footage_labels import Stretch, read_stretches
from emotion_gui.bench.spoiled import HARMLESS, SPOILED, Spoil
from emotion_gui.core.errors import AppError
from emotion_gui.core.quality import problem_of
from emotion_gui.core.results import Box, DetectedFace, FaceResult
from emotion_gui.core.settings import Settings
from emotion_gui.pipeline.analyzer import FrameAnalyzer
from emotion_gui.vision.classifiers import load_classifier, shipped_model
from emotion_gui.vision.face_detectors import create_detector
from emotion_gui.vision.frame import Frame
from emotion_gui.vision.quality import measure_quality

AS_IT_IS = "as it is"
# Smaller ones than the program looks at, to see what they would be worth.
_SMALLEST_PX = 16
_RATE, _QUICK_RATE = 2.0, 0.7
_COST_ROUNDS = 200


@dataclass
class Tally:
    """Faces that were kept, or those that were refused.

    Attributes:
        faces: How many.
        same: Of these, labelled as the same face is in the footage as it is.
        judged: Of `faces`, those of which a person said what they show.
        right: Of `judged`, labelled so.
    """

    faces: int = 0
    same: int = 0
    judged: int = 0
    right: int = 0

    def add(self, face: FaceResult, before: FaceResult, stretch: Stretch) -> None:
        self.faces += 1
        self.same += face.label is before.label
        self.judged += bool(stretch.expected)
        self.right += face.label in stretch.expected


@dataclass
class QualityRow:
    """What became of the faces in one condition.

    Attributes:
        title: The condition.
        shown: Faces that are there.
        kept: Those found and counted.
        refused: Those found and not counted.
        problems: How many were refused, by their problem.
    """

    title: str
    shown: int = 0
    kept: Tally = field(default_factory=Tally)
    refused: Tally = field(default_factory=Tally)
    problems: dict[str, int] = field(default_factory=dict)

    @property
    def refused_share(self) -> float:
        """Of the faces found, 0 to 1."""
        return ratio(self.refused.faces, self.kept.faces + self.refused.faces)


def run_quality(folder: Path, table: Path | None, *, quick: bool, as_json: bool) -> int:
    """Measure and print.

    Args:
        folder: Where the footage is.
        table: What is seen in it, see `read_stretches`; None for `expected.csv` in that folder.
        quick: Fewer frames.
        as_json: JSON in place of the table.

    Returns:
        The exit code, 0.

    Raises:
        AppError: The folder, the table or a file of footage cannot be used.
    """
    if not folder.is_dir():
        raise AppError(f"There is no folder '{folder}'.", "Name one with clips and photos.")
    stretches = [each for each in read_stretches(table or folder / "expected.csv") if not each.nobody]
    rows = measure(folder, stretches, rate=_QUICK_RATE if quick else _RATE)
    cost_ms = cost_per_face_ms()
    if as_json:
        found = {"cost_ms": cost_ms, "conditions": [asdict(row) | {"refused_share": row.refused_share} for row in rows]}
        print(json.dumps(found, indent=2))
    else:
        print(quality_table(rows))
        print(f"\nCost: {cost_ms:.2f} ms a face")
    return 0


def measure(folder: Path, stretches: Iterable[Stretch], *, rate: float) -> list[QualityRow]:
    """One row for the footage as it is and one for each condition.

    Args:
        folder: Where the footage is.
        stretches: What is seen in it; each names a face.
        rate: Frames for one second of a recording at most.

    Raises:
        SourceError: A file is missing or cannot be read.
    """
    settings, wanted = Settings(), list(stretches)
    analyzer = FrameAnalyzer(create_detector(settings.detector), load_classifier(shipped_model()), _SMALLEST_PX)
    conditions: dict[str, Spoil] = {AS_IT_IS: lambda image, side_px: image, **HARMLESS, **SPOILED}
    rows = {title: QualityRow(title) for title in conditions}
    for file in dict.fromkeys(each.file for each in wanted):
        here = [each for each in wanted if each.file == file]
        for frame in frames(folder / file, rate):
            before = analyzer.analyze(frame).faces
            for face, stretch in _faces_of(before, [s for s in here if s.covers(frame.time_s)], frame):
                for title, spoil in conditions.items():
                    _add(rows[title], analyzer, frame, face=face, stretch=stretch, spoil=spoil)
    return list(rows.values())


def _faces_of(found: Iterable[FaceResult], stretches: list[Stretch], frame: Frame) -> list[tuple[FaceResult, Stretch]]:
    """Each face that a stretch speaks of, once: with the stretch that says most of it."""
    size_wh = frame.image_bgr.shape[1], frame.image_bgr.shape[0]
    chosen: dict[int, tuple[FaceResult, Stretch]] = {}
    for stretch in sorted(stretches, key=lambda each: bool(each.expected)):
        for face in faces_at(found, stretch, size_wh)[:1]:
            chosen[face.face] = face, stretch
    return list(chosen.values())


def _add(
    row: QualityRow, analyzer: FrameAnalyzer, frame: Frame, *, face: FaceResult, stretch: Stretch, spoil: Spoil
) -> None:
    side_px = math.sqrt(face.box.width * face.box.height)
    image = spoil(frame.image_bgr, side_px)
    scale = image.shape[1] / frame.image_bgr.shape[1]
    place = face.box.center[0] * scale, face.box.center[1] * scale
    found = analyzer.analyze(Frame(frame.index, frame.time_s, frame.interval_s, image)).faces
    row.shown += 1
    near = [each for each in found if math.dist(each.box.center, place) < 0.4 * side_px * scale]
    for each in near[:1]:
        problem = each.quality and problem_of(each.quality, each.detector_score, Settings().limits)
        (row.refused if problem else row.kept).add(each, face, stretch)
        if problem:
            row.problems[problem.value] = row.problems.get(problem.value, 0) + 1


def cost_per_face_ms() -> float:
    """Median time to measure one face at the model's size, in milliseconds."""
    crop = np.random.default_rng(0).integers(0, 255, (48, 48), np.uint8)
    face = DetectedFace(Box(0, 0, 48, 48), 1.0, ((16, 18), (32, 18)), (24, 26), ((8, 20), (40, 20)))
    times_s = []
    for _ in range(_COST_ROUNDS):
        begin_s = time.perf_counter()
        measure_quality(crop, face)
        times_s.append(time.perf_counter() - begin_s)
    return 1000 * median(times_s)


def quality_table(rows: Iterable[QualityRow]) -> str:
    """The rows for reading."""
    lines = [
        f"{'':<34} {'faces':>6} {'found':>6} {'refused':>8}   label as before, %    as a person says, %",
        f"{'':<34} {'':>6} {'%':>6} {'%':>8}   {'kept':>7} {'refused':>9}     {'kept':>7} {'refused':>9}   why",
    ]
    for row in rows:
        kept, refused = row.kept, row.refused
        why = ", ".join(f"{name} {count}" for name, count in sorted(row.problems.items(), key=lambda each: -each[1]))
        same = f"{_percent(kept.same, kept.faces):>7} {_percent(refused.same, refused.faces):>9}"
        right = f"{_percent(kept.right, kept.judged):>7} {_percent(refused.right, refused.judged):>9}"
        found = _percent(kept.faces + refused.faces, row.shown)
        share = f"{100 * row.refused_share:.0f}"
        lines.append(f"{row.title:<34} {row.shown:>6} {found:>6} {share:>8}   {same}     {right}   {why}".rstrip())
    return "\n".join(lines)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}" if whole else "-"
