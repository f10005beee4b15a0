"""What is known about one analysed frame: plain numbers, no pixels."""

from __future__ import annotations

from dataclasses import dataclass

from emotion_gui.core.emotions import EMOTIONS, Emotion


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle in pixels of the source frame; x, y is its top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def center(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class DetectedFace:
    """A face that a detector found.

    Attributes:
        box: Where it is, in pixels of the frame; may reach over the frame's edge.
        score: The detector's own confidence, 0 to 1; 1.0 for detectors that have none.
        eyes: Pixel positions (x, y) of the eye on the picture's left and the one on its right; None if not known.
    """

    box: Box
    score: float
    eyes: tuple[tuple[float, float], tuple[float, float]] | None = None


@dataclass(frozen=True, slots=True)
class FaceResult:
    """One face of one frame with the model's probabilities.

    Attributes:
        face: Number of the face within its frame, from 0, left to right.
        box: Where it is, in pixels of the frame.
        detector_score: The detector's confidence, 0 to 1.
        probabilities: Seven values from 0 to 1 in the order of `EMOTIONS`; 0 for a class the model does not know.
    """

    face: int
    box: Box
    detector_score: float
    probabilities: tuple[float, ...]

    @property
    def label(self) -> Emotion:
        """The most probable emotion; the first in FER-2013 order where two are equal."""
        return EMOTIONS[max(range(len(EMOTIONS)), key=self.probabilities.__getitem__)]

    @property
    def confidence(self) -> float:
        """Probability of `label`, 0 to 1."""
        return max(self.probabilities)


@dataclass(frozen=True, slots=True)
class FrameResult:
    """Everything found in one frame.

    Attributes:
        frame: Number of the frame in its source, from 0; gaps are frames that were shown but not analysed.
        time_s: When it was taken, in seconds since the source began; never runs backwards.
        interval_s: The source's nominal time between two frames, in seconds.
        faces: The faces, left to right; empty where there is none.
    """

    frame: int
    time_s: float
    interval_s: float
    faces: tuple[FaceResult, ...]
