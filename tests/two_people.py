"""Two people before the camera: a happy one on the left and, further away, a sad one on the right."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from emotion_gui.controller.backends import Backends
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.results import Box, DetectedFace
from emotion_gui.vision.frame import Frame
from tests.fakes import FakeClassifier, FakeSource, picture_of

SIZE_WH = 320, 240
# The left one is nearer: whoever does not choose gets this one.
LEFT, RIGHT = Box(20, 60, 130, 130), Box(200, 70, 100, 100)


class TwoPeopleSource(FakeSource):
    """Their pictures, 320x240, without end."""

    def __init__(self) -> None:
        super().__init__([Emotion.HAPPY], live=True, interval_s=0.01)

    def read(self) -> Frame | None:
        frame = super().read()
        if frame is None:
            return None
        halves = [picture_of(mood, (160, 240)) for mood in (Emotion.HAPPY, Emotion.SAD)]
        return replace(frame, image_bgr=np.hstack(halves))


class TwoPeopleDetector:
    """Knows where they are."""

    def detect(self, _: NDArray[np.uint8]) -> list[DetectedFace]:
        return [DetectedFace(box, 0.9) for box in (LEFT, RIGHT)]


def two_people() -> Backends:
    """All that a controller needs to watch them."""
    return Backends(lambda _: TwoPeopleSource(), lambda _: TwoPeopleDetector(), lambda *_: FakeClassifier(), lambda: ())
