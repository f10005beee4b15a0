"""Stand-ins that do what the real parts do, only simpler: pictures whose brightness is their expression."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTION_NAMES, EMOTIONS, Emotion
from emotion_gui.core.errors import SourceError
from emotion_gui.core.model_card import ModelCard
from emotion_gui.core.results import Box, DetectedFace
from emotion_gui.vision.frame import Frame

# Flat pictures have no detail, and black is 'angry': the fakes' faces count only without these limits.
UNLIMITED: dict[str, Any] = {
    "smoothing_ms": 0,
    "quality_min_light": 0,
    "quality_max_light": 100,
    "quality_sharpness": 0,
}
_STEP = 30
_NO_FACE = 255


def picture_of(mood: Emotion | None, size_wh: tuple[int, int] = (160, 120)) -> NDArray[np.uint8]:
    """A flat BGR picture that the fakes read as a face with this expression; None for no face."""
    value = _NO_FACE if mood is None else _STEP * EMOTIONS.index(mood)
    return np.full((size_wh[1], size_wh[0], 3), value, np.uint8)


class FakeSource:
    """Plays a list of moods at a steady rate.

    Attributes:
        closed: How often it was closed.
    """

    def __init__(
        self,
        moods: Sequence[Emotion | None],
        *,
        interval_s: float = 0.001,
        live: bool = False,
        lost_after: int | None = None,
    ) -> None:
        """Prepare the pictures.

        Args:
            moods: One for each frame.
            interval_s: Time between two frames.
            live: Whether it behaves as a camera: no end, blocking reads.
            lost_after: Number of frames after which it raises `SourceError`.
        """
        self.live = live
        self.frame_count = 0 if live else len(moods)
        self.closed = 0
        self._moods = moods
        self._interval_s = interval_s
        self._lost_after = lost_after
        self._next = 0
        self._pause = threading.Event()

    def read(self) -> Frame | None:
        if self._next == self._lost_after:
            raise SourceError("The camera was unplugged.", "Plug it in again.")
        if self.live:
            self._pause.wait(self._interval_s)
        elif self._next == len(self._moods):
            return None
        index = self._next
        self._next += 1
        mood = self._moods[index % len(self._moods)]
        return Frame(index, index * self._interval_s, self._interval_s, picture_of(mood))

    def close(self) -> None:
        self.closed += 1


class FakeDetector:
    """Finds one face in the middle of every picture that `picture_of` made with a mood."""

    def detect(self, frame_bgr: NDArray[np.uint8]) -> list[DetectedFace]:
        if frame_bgr[0, 0, 0] == _NO_FACE:
            return []
        height, width = frame_bgr.shape[:2]
        return [DetectedFace(Box(width / 4, height / 4, width / 2, height / 2), 0.9)]


class FakeClassifier:
    """Names the mood that `picture_of` painted, with probability 0.7."""

    card = ModelCard("fake", EMOTION_NAMES, {"shape": [48, 48, 1], "value_range": [0, 255], "color": "gray"})
    sha256 = "fa" * 32
    input_side = 48

    def __init__(self, on_call: Callable[[], None] = lambda: None) -> None:
        """Take what is called before each batch, to hold the thread or to fail."""
        self._on_call = on_call

    def probabilities(self, faces_gray: list[NDArray[np.uint8]]) -> NDArray[np.float32]:
        self._on_call()
        scores = np.full((len(faces_gray), len(EMOTIONS)), 0.05, np.float32)
        for row, face in zip(scores, faces_gray, strict=True):
            row[round(float(face.mean()) / _STEP)] = 0.7
        return scores
