"""Where to draw the line between faces and what only looks like one: the detector's scores on both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from emotion_gui.bench.footage_bench import faces_at, frames
from emotion_gui.bench.footage_labels import Stretch
from emotion_gui.core.results import FaceResult
from emotion_gui.core.settings import Settings
from emotion_gui.vision.face_detectors import FaceDetector, create_detector
from emotion_gui.vision.face_detectors.blazeface import BlazeFaceDetector
from emotion_gui.vision.frame import Frame

THRESHOLDS = (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)


@dataclass(frozen=True)
class FalseFaceRow:
    """One way to tell faces from what only looks like one.

    Attributes:
        rule: What it is called in the report.
        kept: Real faces that were found.
        real: Real faces that were there, one for each frame and place.
        let_in: Frames without people in which a face was found.
        empty: Frames without people.
    """

    rule: str
    kept: int
    real: int
    let_in: int
    empty: int


@dataclass
class _Scores:
    """Best score of every real face and of every frame without people; 0 where nothing was found."""

    real: list[float]
    empty: list[float]

    def row(self, rule: str, threshold: float) -> FalseFaceRow:
        kept, let_in = (sum(score >= threshold for score in scores) for scores in (self.real, self.empty))
        return FalseFaceRow(rule, kept, len(self.real), let_in, len(self.empty))


def compare_thresholds(folder: Path, stretches: Sequence[Stretch], rate: float | None = None) -> list[FalseFaceRow]:
    """Count the faces kept and the false ones let in by BlazeFace's score alone, and by the program's own way.

    Args:
        folder: Where the footage is.
        stretches: What is seen in it.
        rate: Frames for one second of a recording at most; None for every frame.

    Raises:
        SourceError: A file is missing or cannot be read.
    """
    settings = Settings()
    one_look = BlazeFaceDetector(candidate_score=min(THRESHOLDS), sure_score=0.0)
    scored, ours = _Scores([], []), _Scores([], [])
    program = create_detector(settings.detector)
    for file in dict.fromkeys(stretch.file for stretch in stretches):
        own = [stretch for stretch in stretches if stretch.file == file]
        for frame in frames(folder / file, rate):
            covering = [stretch for stretch in own if stretch.covers(frame.time_s)]
            for detector, scores in ((one_look, scored), (program, ours)):
                _count(_faces(detector, frame, settings.min_face_px), frame, covering, scores)
    rows = [scored.row(f"score {threshold:.2f} at one look", threshold) for threshold in THRESHOLDS]
    return [*rows, ours.row("as the program decides", 1e-6)]


def _faces(detector: FaceDetector, frame: Frame, smallest_px: int) -> list[FaceResult]:
    found = [face for face in detector.detect(frame.image_bgr) if face.box.width >= smallest_px]
    return [FaceResult(number, face.box, face.score, ()) for number, face in enumerate(found)]


def _count(faces: Sequence[FaceResult], frame: Frame, covering: Sequence[Stretch], scores: _Scores) -> None:
    if any(stretch.nobody for stretch in covering):
        scores.empty.append(_best(faces))
    size_wh = frame.image_bgr.shape[1], frame.image_bgr.shape[0]
    scores.real += [_best(faces_at(faces, stretch, size_wh)) for stretch in _faces_there(covering)]


def _best(faces: Sequence[FaceResult]) -> float:
    return max((face.detector_score for face in faces), default=0.0)


def _faces_there(covering: Sequence[Stretch]) -> Iterator[Stretch]:
    """One stretch for every face that is there: several lines may speak of the same one."""
    places = dict.fromkeys(stretch.place for stretch in covering if not stretch.nobody)
    for place in places:
        # The largest face is one of those with a place, where there are any.
        if place is not None or len(places) == 1:
            yield Stretch("", place=place)
