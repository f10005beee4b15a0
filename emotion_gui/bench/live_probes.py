"""What watches the live window while it is measured, without changing what it does."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from emotion_gui.bench.portrait import PortraitSource, stamp_of
from emotion_gui.controller.backends import AskLabels, Backends
from emotion_gui.controller.interview import InterviewController
from emotion_gui.core.results import DetectedFace
from emotion_gui.core.settings import Settings
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.vision.classifiers import EmotionClassifier
from emotion_gui.vision.face_detectors import FaceDetector

if TYPE_CHECKING:
    from emotion_gui.pipeline.live import Picture


class ResultLog:
    """When each frame had its probabilities.

    Attributes:
        at: Seconds of `time.monotonic`, by number of the frame.
    """

    def __init__(self) -> None:
        self.at: dict[int, float] = {}
        self._number = 0

    def begin(self, number: int) -> None:
        self._number = number

    def end(self) -> None:
        self.at[self._number] = time.monotonic()


class _WatchedDetector:
    """A detector that notes which frame it was given."""

    def __init__(self, detector: FaceDetector, log: ResultLog) -> None:
        self._detector = detector
        self._log = log

    def detect(self, frame_bgr: NDArray[np.uint8]) -> list[DetectedFace]:
        self._log.begin(stamp_of(frame_bgr))
        return self._detector.detect(frame_bgr)


class _WatchedClassifier:
    """A classifier that notes when it was done."""

    def __init__(self, classifier: EmotionClassifier, log: ResultLog) -> None:
        self.card = classifier.card
        self.sha256 = classifier.sha256
        self.input_side = classifier.input_side
        self._classifier = classifier
        self._log = log

    def probabilities(self, faces_gray: list[NDArray[np.uint8]]) -> NDArray[np.float32]:
        scores = self._classifier.probabilities(faces_gray)
        self._log.end()
        return scores


def observed_backends(source: PortraitSource, log: ResultLog) -> Backends:
    """The program's own detector and model, watched, on the portrait in place of a camera."""
    own = Backends()

    def create_detector(name: str) -> FaceDetector:
        return _WatchedDetector(own.create_detector(name), log)

    def load_classifier(path: Path | None, ask_labels: AskLabels) -> EmotionClassifier:
        return _WatchedClassifier(own.load_classifier(path, ask_labels), log)

    return Backends(lambda _: source, create_detector, load_classifier, own.list_cameras)


class ObservedController(InterviewController):
    """The program's controller; notes which pictures the window took and when they were drawn.

    Args:
        store: As for `InterviewController`, like `settings_path` and `backends`.
        after_drawing: Calls a function when the window has drawn what it holds: Tk's `after_idle`.

    Attributes:
        shown: For every picture, when it was captured and when it was drawn, in seconds of `time.monotonic`.
        charts_at: When the window took a new picture of the pie and bars, likewise.
    """

    def __init__(
        self,
        store: SessionStore,
        settings_path: Path,
        *,
        backends: Backends,
        after_drawing: Callable[[Callable[[], None]], object],
    ) -> None:
        super().__init__(store, Settings(), settings_path, backends)
        self.shown: list[tuple[float, float]] = []
        self.charts_at: list[float] = []
        self._after_drawing = after_drawing

    def take_picture(self) -> Picture | None:
        picture = super().take_picture()
        if picture is not None:
            captured_at = picture.captured_at
            self._after_drawing(lambda: self.shown.append((captured_at, time.monotonic())))
        return picture

    def take_charts(self) -> NDArray[np.uint8] | None:
        charts = super().take_charts()
        if charts is not None:
            self.charts_at.append(time.monotonic())
        return charts
