"""One frame in, its faces with probabilities out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.results import DetectedFace, FaceResult, FrameResult
from emotion_gui.vision.appearance import measure_appearance
from emotion_gui.vision.classifiers import EmotionClassifier
from emotion_gui.vision.face_detectors import FaceDetector
from emotion_gui.vision.frame import Frame
from emotion_gui.vision.preprocessing import crop_face
from emotion_gui.vision.quality import measure_quality


class FrameAnalyzer:
    """Detects, crops and classifies; the same for the window, the command line and the benchmark. No threads."""

    def __init__(self, detector: FaceDetector, classifier: EmotionClassifier, min_face_px: int = 36) -> None:
        """Put the parts together.

        Args:
            detector: Finds the faces.
            classifier: Names their expressions.
            min_face_px: Faces narrower than this many pixels are ignored.
        """
        self._detector = detector
        self._classifier = classifier
        self._min_face_px = min_face_px

    def analyze(self, frame: Frame) -> FrameResult:
        """Find and name every face of a frame; the faces are numbered from left to right."""
        return self.examine(frame)[0]

    def in_order(self, frames: Iterable[Frame]) -> Iterator[FrameResult]:
        """The result of each frame, one after the other."""
        return map(self.analyze, frames)

    def recall(self, frame: Frame, faces: tuple[FaceResult, ...]) -> FrameResult:
        """What `analyze` gave of the same frame before, made again without looking for anything.

        The colours by which persons are found again are stored nowhere; they are measured anew.

        Args:
            frame: The frame.
            faces: Its faces as `analyze` gave them, with or without `FaceResult.appearance`.
        """
        height, width = frame.image_bgr.shape[:2]
        seen = tuple(replace(face, appearance=measure_appearance(frame.image_bgr, face.box)) for face in faces)
        return FrameResult(frame.index, frame.time_s, frame.interval_s, seen, (width, height))

    def examine(self, frame: Frame) -> tuple[FrameResult, tuple[NDArray[np.uint8], ...]]:
        """As `analyze`, and with each face as the model took it: grey, uint8 [side, side], in the same order."""
        found = [face for face in self._detector.detect(frame.image_bgr) if face.box.width >= self._min_face_px]
        found.sort(key=lambda face: face.box.center)
        height, width = frame.image_bgr.shape[:2]
        crops = [crop_face(frame.image_bgr, face, self._classifier.input_side) for face in found]
        faces = self._classify(frame, found, crops)
        return FrameResult(frame.index, frame.time_s, frame.interval_s, faces, (width, height)), tuple(crops)

    def _classify(
        self, frame: Frame, found: list[DetectedFace], crops: list[NDArray[np.uint8]]
    ) -> tuple[FaceResult, ...]:
        if not found:
            return ()
        scores = self._classifier.probabilities(crops)
        return tuple(
            FaceResult(
                number,
                face.box,
                face.score,
                tuple(map(float, row)),
                quality=measure_quality(crop, face),
                appearance=measure_appearance(frame.image_bgr, face.box),
            )
            for number, (face, crop, row) in enumerate(zip(found, crops, scores, strict=True))
        )
