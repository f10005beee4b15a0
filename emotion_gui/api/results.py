"""What scripts get: plain typed values, and the same as tables of pandas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from emotion_gui.core.brief_changes import BriefChange
from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.errors import AppError
from emotion_gui.core.nervousness import Judgement
from emotion_gui.core.results import FaceResult
from emotion_gui.core.session import SessionEvent, SessionFrame
from emotion_gui.core.statistics import EmotionStatistics
from emotion_gui.core.timeline import Timeline

if TYPE_CHECKING:
    import pandas as pd

_BOX = ("x", "y", "width", "height")
_NAMES = tuple(emotion.value for emotion in EMOTIONS)


@dataclass(frozen=True)
class ImageResult:
    """The faces of one picture, from left to right.

    >>> import emotion_gui
    >>> from emotion_gui.api.examples import portrait_file
    >>> result = emotion_gui.analyze_image(portrait_file())
    >>> table = result.to_pandas()
    >>> list(table.columns[:7])
    ['face', 'x', 'y', 'width', 'height', 'label', 'confidence']
    >>> table["label"].tolist()
    ['neutral']

    Attributes:
        faces: Each with `label`, `confidence`, `probabilities` in the order of `Emotion`, `box` in pixels, `quality`
            and `problem`, which says why it would not count in a session.
        size_wh: Width and height of the picture in pixels.
    """

    faces: tuple[FaceResult, ...]
    size_wh: tuple[int, int]

    def to_pandas(self) -> pd.DataFrame:
        """One row for each face.

        Raises:
            AppError: pandas is not installed.
        """
        return _table([_row(face) for face in self.faces], _COLUMNS)


@dataclass(frozen=True)
class RecordingResult:
    """A recording as a session counts it: by time, so that the rate of results plays no part.

    Attributes:
        frames: Every analysed frame with its faces and the seconds that it stands for.
        statistics: Counted times.
        timeline: The course in steps of half a second.
        judgement: The verdict by the settings' rule, with its reason.
        events: When the candidate was chosen, lost and found again.
        brief_changes: Bursts of another expression.
        model_name: Name of the model from its card.
        model_sha256: Hash of the model file.
    """

    frames: tuple[SessionFrame, ...]
    statistics: EmotionStatistics
    timeline: Timeline
    judgement: Judgement
    events: tuple[SessionEvent, ...]
    brief_changes: tuple[BriefChange, ...]
    model_name: str
    model_sha256: str

    @property
    def shares(self) -> dict[Emotion, float]:
        """Share of the usable face time for each expression, 0 to 1."""
        return self.statistics.shares()

    def to_pandas(self) -> pd.DataFrame:
        """One row for each face of each frame, with the columns of `ImageResult.to_pandas` and the frame's before them.

        Raises:
            AppError: pandas is not installed.
        """
        rows = [
            (frame.time_s, frame.duration_s, frame.frame, *_row(face)) for frame in self.frames for face in frame.faces
        ]
        return _table(rows, ("time_s", "duration_s", "frame", *_COLUMNS))

    def timeline_to_pandas(self) -> pd.DataFrame:
        """One row for each half second: usable face time and the mean probabilities, indexed by `time_s`.

        Raises:
            AppError: pandas is not installed.
        """
        rows = [(step.start_s, step.face_s, *step.probabilities) for step in self.timeline]
        return _table(rows, ("time_s", "face_s", *_NAMES)).set_index("time_s")


_COLUMNS = (
    *("face", *_BOX, "label", "confidence", *_NAMES, *(f"raw_{name}" for name in _NAMES)),
    *("track", "candidate", "counts", "problem", "detector_score", "side_px", "light", "sharpness", "turn"),
)


def _row(face: FaceResult) -> tuple[object, ...]:
    box, quality = face.box, face.quality
    measured = (quality.side_px, quality.light, quality.sharpness, quality.turn) if quality else (None,) * 4
    return (
        *(face.face, box.x, box.y, box.width, box.height, face.label.value, face.confidence),
        *face.probabilities,
        *(face.raw or face.probabilities),
        *(face.track, face.candidate, face.counts, face.problem.value if face.problem else "", face.detector_score),
        *measured,
    )


def _table(rows: Sequence[tuple[object, ...]], columns: tuple[str, ...]) -> pd.DataFrame:
    try:
        import pandas as pd
    except ImportError as error:
        raise AppError("pandas is not installed.", "Install it with the extra [api], or by itself.") from error
    return pd.DataFrame(rows, columns=list(columns))
