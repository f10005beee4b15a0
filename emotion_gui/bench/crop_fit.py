"""How the training faces are framed, in units of each detector's box: where the constants of the crop come from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.errors import SourceError
from emotion_gui.core.results import Box
from emotion_gui.vision.face_detectors import blazeface, haar
from emotion_gui.vision.preprocessing import to_gray

# Large enough for the cascade, with as much around it as a detector needs to see a face and not a texture.
_SIDE_PX, _BORDER_PX = 160, 120
# Fine steps: the seeds' 1.3 would round every size to the next third.
_FINE_STEP = 1.05


@dataclass(frozen=True)
class Spread:
    """Median and quartiles of one measure."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: NDArray[np.float64]) -> Spread:
        low, middle, high = np.percentile(values, [25, 50, 75])
        return cls(float(middle), float(low), float(high))

    def __str__(self) -> str:
        return f"{self.median:.3f} (quartiles {self.low:.3f} and {self.high:.3f})"


@dataclass(frozen=True)
class CropFit:
    """What was measured over many training faces.

    Attributes:
        faces: How many were looked at.
        found: In how many BlazeFace found exactly one face.
        side: Side of the training picture in sides of BlazeFace's box.
        lift: Its middle above the box's, in the same unit.
        both: In how many of these Haar's cascade found the same face.
        haar_side: Side of BlazeFace's box in sides of Haar's.
        haar_drop: Its middle below Haar's, in sides of Haar's.
    """

    faces: int
    found: int
    side: Spread
    lift: Spread
    both: int
    haar_side: Spread
    haar_drop: Spread

    def __str__(self) -> str:
        return (
            f"{self.faces} faces, found in {self.found}:\n"
            f"  crop side {self.side} boxes of BlazeFace\n"
            f"  crop lift {self.lift} boxes\n"
            f"found by both detectors in {self.both}:\n"
            f"  box of BlazeFace {self.haar_side} squares of Haar\n"
            f"  its drop {self.haar_drop} squares"
        )


def fit_crop(folder: Path, most: int = 3000, seed: int = 0) -> CropFit:
    """Measure how a folder of training faces frames its faces.

    Args:
        folder: FER-2013 as PNG files, at any depth (`train/happy/...`).
        most: How many faces to look at, drawn at random.
        seed: Of the draw.

    Raises:
        SourceError: There are too few faces to measure.
    """
    paths = sorted(folder.rglob("*.png"))
    chosen = np.random.default_rng(seed).permutation(len(paths))[:most]
    detector = blazeface.BlazeFaceDetector()
    cascade = cv2.CascadeClassifier(str(haar.cascade_path()))
    crops: list[tuple[float, float]] = []
    pairs: list[tuple[float, float]] = []
    for index in chosen:
        picture = _roomy(paths[index])
        faces = detector.detect(picture)
        if len(faces) != 1:
            continue
        box = faces[0].box
        crops.append((_SIDE_PX / box.width, (box.center[1] - picture.shape[0] / 2) / box.width))
        square = _same_face(cascade.detectMultiScale(to_gray(picture), _FINE_STEP, 5), box)
        if square:
            pairs.append((box.width / square.width, (box.center[1] - square.center[1]) / square.width))
    if not crops or not pairs:
        raise SourceError(f"No face was found in the pictures of '{folder}'.", "Give FER-2013 as folders of PNG files.")
    crop, pair = np.array(crops), np.array(pairs)
    return CropFit(
        len(chosen),
        len(crops),
        Spread.of(crop[:, 0]),
        Spread.of(crop[:, 1]),
        len(pairs),
        Spread.of(pair[:, 0]),
        Spread.of(pair[:, 1]),
    )


def _roomy(path: Path) -> NDArray[np.uint8]:
    """The face enlarged, with its edges repeated around it, uint8 BGR."""
    face = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
    large = cv2.resize(np.asarray(face), (_SIDE_PX, _SIDE_PX), interpolation=cv2.INTER_CUBIC)
    border = (_BORDER_PX,) * 4
    return np.asarray(cv2.copyMakeBorder(large, *border, cv2.BORDER_REPLICATE), dtype=np.uint8)


def _same_face(squares: object, box: Box) -> Box | None:
    """The square of Haar's that shows the face in `box`."""
    for row in np.asarray(squares, dtype=np.float64).reshape(-1, 4):
        square = Box(*(float(value) for value in row))
        distance = np.hypot(square.center[0] - box.center[0], square.center[1] - box.center[1])
        if distance < 0.3 * square.width:
            return square
    return None
