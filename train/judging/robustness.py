"""What a worse picture costs: accuracy on faces that are framed, turned, lit or recorded otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from emotion_gui.vision.preprocessing import resize_face
from train.data.faces import Faces
from train.data.targets import UNLABELED
from train.judging.evaluate import labels_among

Face = NDArray[np.uint8]
Score = Callable[[NDArray[np.uint8]], NDArray[np.float32]]


@dataclass(frozen=True)
class Change:
    """One way in which a picture may be worse.

    Attributes:
        group: What kind of change it is: 'crop', 'rotation', 'shift', 'light', 'blur' or 'noise'.
        description: The change in words.
        apply: From a face uint8 [48, 48] and a source of draws to the changed face, uint8 [48, 48].
    """

    group: str
    description: str
    apply: Callable[[Face, np.random.Generator], Face]


def robustness(
    score: Score, images: NDArray[np.uint8], labels: NDArray[np.integer], *, seed: int = 0
) -> list[dict[str, Any]]:
    """Accuracy on changed faces, the same at every call.

    A looser crop shows what lies around the face, which FER-2013's pictures no longer hold: there, and where a turned
    or moved face leaves a gap, the edge's pixels are repeated, as `emotion_gui.vision.preprocessing.crop_face` does at
    the edge of a frame. Blur is the loss of detail of a face that was smaller in the frame; noise is Gaussian and the
    same for all three colours, which is the worst case for a grey picture.

    Args:
        score: From uint8 [n, 48, 48] to probabilities float32 [n, k].
        images: uint8 [n, 48, 48].
        labels: int [n], places among the k outputs; faces that are `UNLABELED` are left out.
        seed: Of the noise.

    Returns:
        One dict per change, the unchanged faces first: `group`, `change`, `n`, `accuracy` (0 to 1) and `loss_points`
        (percentage points below the unchanged faces; negative where the change helps). Empty where no face has a label.
    """
    known = labels != UNLABELED
    chosen, right = images[known], labels[known]
    rows: list[dict[str, Any]] = []
    if not len(right):
        return rows
    # Only for a person who waits: a file or a pipe gets no bar.
    for number, change in enumerate(tqdm(CHANGES, "Worse pictures", disable=None, leave=False)):
        random = np.random.default_rng((seed, number))
        changed = np.stack([change.apply(face, random) for face in chosen])
        accuracy = round(float((score(changed).argmax(axis=1) == right).mean()), 4)
        unchanged = rows[0]["accuracy"] if rows else accuracy
        rows.append(
            {
                "group": change.group,
                "change": change.description,
                "n": len(chosen),
                "accuracy": accuracy,
                "loss_points": round(100 * (unchanged - accuracy), 2),
            }
        )
    return rows


def robustness_figures(score: Score, faces: Faces, *, split: str, kind: str, classes: Sequence[str]) -> dict[str, Any]:
    """The robustness table with what it was measured on, as a card keeps it under `robustness`.

    Args:
        score: From uint8 [n, 48, 48] to probabilities float32 [n, k], in the order of `classes`.
        faces: The split's faces.
        split: Its name.
        kind: `ORIGINAL` or `MAJORITY`.
        classes: Names of the k emotions that the model tells apart.

    Returns:
        `split`, `labels`, and `rows` as `robustness` gives them.
    """
    return {
        "split": split,
        "labels": kind,
        "rows": robustness(score, faces.images, labels_among(faces, kind, classes)),
    }


def _unchanged(face: Face, _: np.random.Generator) -> Face:
    return face


def _moved(
    face: Face,
    _: np.random.Generator,
    *,
    zoom: float = 1.0,
    angle_deg: float = 0.0,
    shift: tuple[float, float] = (0, 0),
) -> Face:
    """Enlarged, turned counter-clockwise, and moved by shares of the side to the right and down."""
    side = face.shape[0]
    center = (side - 1) / 2
    matrix = cv2.getRotationMatrix2D((center, center), angle_deg, zoom)
    matrix[:, 2] += np.array(shift) * side
    moved = cv2.warpAffine(face, matrix, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, dtype=np.uint8)


def _lit(face: Face, _: np.random.Generator, *, gain: float = 1.0, offset: float = 0.0) -> Face:
    return _clipped(face * gain + offset)


def _blurred(face: Face, _: np.random.Generator, *, side: int) -> Face:
    return resize_face(resize_face(face, side), face.shape[0])


def _noisy(face: Face, random: np.random.Generator, *, deviation: float, gain: float = 1.0) -> Face:
    return _clipped(face * gain + random.standard_normal(face.shape) * deviation)


def _clipped(levels: NDArray[np.floating]) -> Face:
    # A camera gives whole grey levels: what dim light takes away does not come back by making the picture brighter.
    return np.asarray(np.clip(np.rint(levels), 0, 255), dtype=np.uint8)


def _crop(width: float) -> Change:
    tighter = "tighter" if width < 1 else "looser"
    return Change("crop", f"crop {width:g} times as wide ({tighter})", partial(_moved, zoom=1 / width))


def _turn(angle_deg: int) -> Change:
    way = "counter-clockwise" if angle_deg > 0 else "clockwise"
    return Change("rotation", f"turned {abs(angle_deg)}° {way}", partial(_moved, angle_deg=angle_deg))


def _shift(right: float, down: float) -> Change:
    way = ("right" if right > 0 else "left") if right else ("down" if down > 0 else "up")
    share = 100 * max(abs(right), abs(down))
    return Change("shift", f"moved {way} by {share:.0f} % of the side", partial(_moved, shift=(right, down)))


CHANGES: tuple[Change, ...] = (
    Change("none", "as they are", _unchanged),
    *(_crop(width) for width in (0.8, 0.9, 1.1, 1.25)),
    *(_turn(angle_deg) for angle_deg in (-20, -15, -10, -5, 5, 10, 15, 20)),
    *(_shift(*way) for way in ((-0.1, 0.0), (0.1, 0.0), (0.0, -0.1), (0.0, 0.1))),
    Change("light", "half as bright", partial(_lit, gain=0.5)),
    Change("light", "a quarter as bright", partial(_lit, gain=0.25)),
    Change("light", "one and a half times as bright", partial(_lit, gain=1.5)),
    Change("light", "50 grey levels darker", partial(_lit, offset=-50.0)),
    Change("light", "50 grey levels brighter", partial(_lit, offset=50.0)),
    *(Change("blur", f"detail of {side} pixels only", partial(_blurred, side=side)) for side in (32, 24, 16)),
    *(Change("noise", f"noise of {level} grey levels", partial(_noisy, deviation=level)) for level in (4, 8, 16)),
    Change("noise", "dim room: a quarter as bright, noise of 4 grey levels", partial(_noisy, deviation=4, gain=0.25)),
)
