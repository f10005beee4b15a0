"""What is known about one analysed frame: plain numbers, no pixels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from emotion_gui.core.emotions import EMOTIONS, Emotion

Point = tuple[float, float]


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
        nose: Pixel position of the tip of the nose; None if not known.
        ears: Pixel positions of the openings of the ears, on the picture's left and right; None if not known.
    """

    box: Box
    score: float
    eyes: tuple[Point, Point] | None = None
    nose: Point | None = None
    ears: tuple[Point, Point] | None = None


class QualityProblem(Enum):
    """Why a face is shown and not counted; the value is what the record keeps."""

    TOO_SMALL = "too small"
    TOO_DARK = "too dark"
    TOO_BRIGHT = "too bright"
    BLURRED = "blurred"
    TURNED_AWAY = "turned away"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class FaceQuality:
    """How well a face can be judged; the detector's score stands beside it in `FaceResult`.

    Attributes:
        side_px: Side of the face's box in pixels of the frame: the square root of its area.
        light: How light the face looks, 0 (black) to 100 (white).
        sharpness: How sharp its edges are at the model's size, 0 (a blur) to 100 (from pixel to pixel).
        turn: How far the head is turned aside, 0 (to the camera) to 1 (profile); 0 where nose and ears are not known.

    `emotion_gui.vision.quality` says how each is measured.
    """

    side_px: float
    light: float
    sharpness: float
    turn: float


# Shares of colours in some parts of a person, for `emotion_gui.tracking`; empty parts are those out of the picture.
Appearance = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class FaceResult:
    """One face of one frame, with the model's probabilities and what became of them.

    Attributes:
        face: Number of the face within its frame, from 0, left to right.
        box: Where it is, in pixels of the frame.
        detector_score: The detector's confidence, 0 to 1.
        probabilities: What is shown and counted: seven values from 0 to 1 in the order of `EMOTIONS`, smoothed over
            time and corrected by the personal baseline where there is one; 0 for a class the model does not know.
        raw: What the model said of this frame alone, in the same form; empty where it is the same.
        smoothed: Smoothed over time and not yet corrected, in the same form; empty where it is the same.
        track: The person's number, the same from frame to frame, from 1; 0 where nobody follows the faces.
        quality: How well the face can be judged; None where it was not measured.
        problem: Why it is not counted although its person would be; None where it can be judged.
        watched: Whether its person is one of those who count: the candidate, or everyone by choice.
        candidate: Whether its person is the session's candidate.
        appearance: Colours by which the person is found again; there from the analysis to the tracking, where it is
            dropped: no session and no record ever has it.
    """

    face: int
    box: Box
    detector_score: float
    probabilities: tuple[float, ...]
    raw: tuple[float, ...] = ()
    smoothed: tuple[float, ...] = ()
    track: int = 0
    quality: FaceQuality | None = None
    problem: QualityProblem | None = None
    watched: bool = True
    candidate: bool = False
    appearance: Appearance = ()

    @property
    def counts(self) -> bool:
        """Whether the session counts it."""
        return self.watched and self.problem is None

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
        size_wh: Width and height of the frame in pixels; zeros where they are not known.
    """

    frame: int
    time_s: float
    interval_s: float
    faces: tuple[FaceResult, ...]
    size_wh: tuple[int, int] = (0, 0)
