"""Models on real footage, through the program's own pipeline, beside what a person sees in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from emotion_gui.bench.footage_labels import Stretch
from emotion_gui.bench.footage_variations import AS_IT_IS, SharedDetector, Variation
from emotion_gui.bench.steadiness import Course
from emotion_gui.core import source_spec
from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.errors import SourceError
from emotion_gui.core.results import FaceResult, FrameResult
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.pipeline.analyzer import FrameAnalyzer
from emotion_gui.pipeline.rate_gate import RateGate
from emotion_gui.vision.classifiers import EmotionClassifier
from emotion_gui.vision.face_detectors import create_detector
from emotion_gui.vision.frame import Frame
from emotion_gui.vision.sources import open_source
from emotion_gui.vision.sources.images import IMAGE_SUFFIXES

# In less time there is nothing to say about changes a second.
_SHORTEST_COURSE_S = 0.5


@dataclass
class StretchResult:
    """What a model made of one stretch; all times in seconds of the recording.

    Attributes:
        stretch: The stretch and what is expected in it.
        watched_s: Time that was analysed.
        found_s: Of it, with the face; where nobody is there, with any face.
        seconds: Of `found_s`, by the expression named.
        confident_s: Sum of time times the label's probability.
        expected_s: Sum of time times the probability of all that was right to name.
    """

    stretch: Stretch
    watched_s: float = 0.0
    found_s: float = 0.0
    seconds: dict[Emotion, float] = field(default_factory=lambda: dict.fromkeys(EMOTIONS, 0.0))
    confident_s: float = 0.0
    expected_s: float = 0.0

    def add(self, interval_s: float, face: FaceResult | None) -> None:
        """Count one frame."""
        self.watched_s += interval_s
        if face is None:
            return
        self.found_s += interval_s
        self.seconds[face.label] += interval_s
        self.confident_s += interval_s * face.confidence
        scores = zip(EMOTIONS, face.probabilities, strict=True)
        self.expected_s += interval_s * sum(score for emotion, score in scores if emotion in self.stretch.expected)

    @property
    def agreed_s(self) -> float:
        """Time in which it was as expected: a right name or, where nobody is there, no face."""
        if self.stretch.nobody:
            return self.watched_s - self.found_s
        return sum(self.seconds[emotion] for emotion in self.stretch.expected)


@dataclass(frozen=True)
class ModelResult:
    """What one model made of all footage.

    Attributes:
        model: The file's name without its suffix.
        sha256: Hash of the file that ran.
        stretches: One for each line of the table.
        flips: How often the label of an only face changed from one frame to the next.
        alone_s: Seconds with an only face in both of two neighbouring frames.
        courses: The clips with an only face, for the figures over time.
    """

    model: str
    sha256: str
    stretches: tuple[StretchResult, ...]
    flips: int
    alone_s: float
    courses: tuple[Course, ...] = ()

    @property
    def judged(self) -> list[StretchResult]:
        """The stretches in which an expression is expected; at a low rate a short one may have no frame."""
        return [each for each in self.stretches if each.stretch.expected and each.watched_s]

    @property
    def agreement(self) -> float:
        """Mean over the files of the share of time in which an expected expression was named, 0 to 1.

        Time without the face counts as not in agreement. Each file counts alike, so that a long clip does not decide.
        """
        return self._mean_over_files(self.judged)

    def agreement_on(self, emotion: Emotion) -> float | None:
        """The same over the stretches in which only this expression is right; None where there is none."""
        only = [each for each in self.judged if each.stretch.expected == {emotion}]
        return self._mean_over_files(only) if only else None

    @property
    def expected_probability(self) -> float:
        """Mean probability given to what was right to name, over the time with a face in judged stretches, 0 to 1."""
        return ratio(sum(each.expected_s for each in self.judged), sum(each.found_s for each in self.judged))

    @property
    def confidence(self) -> float:
        """Mean probability of the label over the same time, 0 to 1."""
        return ratio(sum(each.confident_s for each in self.judged), sum(each.found_s for each in self.judged))

    @property
    def found(self) -> float:
        """Share of time in which the face was found where somebody is there, 0 to 1."""
        peopled = [each for each in self.stretches if not each.stretch.nobody]
        return ratio(sum(each.found_s for each in peopled), sum(each.watched_s for each in peopled))

    @property
    def false_faces(self) -> float:
        """Share of time with a face where nobody is there, 0 to 1."""
        empty = [each for each in self.stretches if each.stretch.nobody]
        return ratio(sum(each.found_s for each in empty), sum(each.watched_s for each in empty))

    @property
    def flips_per_s(self) -> float:
        """Changes of the label a second, over the time with an only face."""
        return ratio(self.flips, self.alone_s)

    @staticmethod
    def _mean_over_files(stretches: Sequence[StretchResult]) -> float:
        files = dict.fromkeys(each.stretch.file for each in stretches)
        own = [[each for each in stretches if each.stretch.file == file] for file in files]
        shares = [ratio(sum(e.agreed_s for e in some), sum(e.watched_s for e in some)) for some in own]
        return ratio(sum(shares), len(shares))


def ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def watch(
    folder: Path,
    stretches: Sequence[Stretch],
    classifiers: Mapping[str, EmotionClassifier],
    *,
    rate: float | None = None,
    variation: Variation = AS_IT_IS,
) -> list[ModelResult]:
    """Run models over footage as the program does with its default settings.

    Args:
        folder: Where the footage is.
        stretches: What is seen in it.
        classifiers: The models by name.
        rate: Frames for one second of a recording at most; None for every frame.
        variation: What is changed before the detector sees a frame.

    Raises:
        SourceError: A file is missing or cannot be read, or it is shorter than the table says.
    """
    settings = Settings()
    detector = SharedDetector(create_detector(settings.detector), variation.crop)
    smallest_px = round(variation.crop * settings.min_face_px)
    analyzers = {name: FrameAnalyzer(detector, each, smallest_px) for name, each in classifiers.items()}
    tallies = {name: _Tally(stretches, variation) for name in classifiers}
    for file in dict.fromkeys(stretch.file for stretch in stretches):
        for frame in frames(folder / file, rate):
            changed = Frame(frame.index, frame.time_s, frame.interval_s, variation.change(frame.image_bgr))
            size_wh = changed.image_bgr.shape[1], changed.image_bgr.shape[0]
            for name, analyzer in analyzers.items():
                tallies[name].add(file, analyzer.analyze(changed), size_wh)
    return [tallies[name].result(name, each.sha256) for name, each in classifiers.items()]


def frames(path: Path, rate: float | None) -> Iterator[Frame]:
    """The frames of a clip or a photo; an interval is the time that its frame stands for.

    Raises:
        SourceError: The file is missing or cannot be read.
    """
    kind = source_spec.IMAGES if path.suffix.lower() in IMAGE_SUFFIXES else source_spec.FILE
    source, gate = open_source(SourceSpec(kind, str(path))), RateGate(rate)
    try:
        while (frame := source.read()) is not None:
            if gate.lets_pass(frame.time_s, frame.interval_s):
                interval_s = max(frame.interval_s, 1 / rate if rate else 0.0)
                yield Frame(frame.index, frame.time_s, interval_s, frame.image_bgr)
    finally:
        source.close()


def faces_at(
    faces: Iterable[FaceResult], stretch: Stretch, size_wh: tuple[int, int], variation: Variation = AS_IT_IS
) -> list[FaceResult]:
    """The faces that a stretch may speak of, the largest first: those over its place, or all where it has none."""
    found = sorted(faces, key=lambda face: -face.box.width)
    if stretch.place is None:
        return found
    x, y = variation.place((stretch.place[0] * size_wh[0], stretch.place[1] * size_wh[1]), size_wh)
    boxes = [(face, face.box) for face in found]
    return [face for face, box in boxes if 0 <= x - box.x <= box.width and 0 <= y - box.y <= box.height]


class _Tally:
    """Counts one model's results."""

    def __init__(self, stretches: Sequence[Stretch], variation: Variation) -> None:
        self._results = [StretchResult(stretch) for stretch in stretches]
        self._variation = variation
        self._only: list[tuple[str, float, Emotion | None]] = []
        self._ends_s: dict[str, float] = {}
        self._courses: dict[str, Course] = {}

    def add(self, file: str, result: FrameResult, size_wh: tuple[int, int]) -> None:
        for each in self._results:
            if each.stretch.file == file and each.stretch.covers(result.time_s):
                faces = faces_at(result.faces, each.stretch, size_wh, self._variation)
                each.add(result.interval_s, faces[0] if faces else None)
        self._ends_s[file] = result.time_s + result.interval_s
        label = result.faces[0].label if len(result.faces) == 1 else None
        self._only.append((file, result.time_s, label))
        if label:
            self._courses.setdefault(file, Course(file)).moments.append((result.time_s, result.faces[0]))

    def result(self, model: str, sha256: str) -> ModelResult:
        for each in self._results:
            if self._ends_s[each.stretch.file] < each.stretch.from_s:
                raise SourceError(
                    f"'{each.stretch.file}' ends before {each.stretch.from_s:g} s.",
                    "Correct the table of what is seen.",
                )
        flips, alone_s = 0, 0.0
        for (file, begin_s, before), (next_file, end_s, after) in pairwise(self._only):
            if file == next_file and before and after:
                flips += before is not after
                alone_s += end_s - begin_s
        courses = tuple(course for course in self._courses.values() if course.seconds >= _SHORTEST_COURSE_S)
        return ModelResult(model, sha256, tuple(self._results), flips, alone_s, courses)
