"""Makes practice faces in the form of FER-2013: a small `fer2013.csv` with `fer2013new.csv` to try `train` on.

    python assets/make_practice_faces.py FOLDER [FACES]

All show one portrait, warped into seven expressions, moved, turned and lit at random. A network that learns them has
learnt one face's warps and nothing of people: they are for trying the commands, not for a model to use.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import cv2
import numpy as np
from face_warp import Expression, FaceWarp, Image, Map, Pose, Pull
from make_demo_clip import EXPRESSIONS, find_landmarks, read_portrait

from emotion_gui.core.emotions import EMOTION_NAMES
from train.data.targets import VOTE_NAMES

SIDE = 48
FACES = 420
# By label: the name of the FER+ votes for it.
_VOTE_OF_LABEL = ("anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral")
# Middle and side of the crop, in pixels of the portrait, as FER-2013 frames faces.
_MIDDLE, _CROP = (263.0, 208.0), 215.0
_OVERSAMPLING = 3
_TEST_SHARE = 5
_MOVES = {
    **EXPRESSIONS,
    "angry": Expression(
        (
            Pull((107, 336), (0.0, 0.07), 0.07),
            Pull((70, 300), (0.0, -0.02), 0.08),
            Pull((61,), (0.03, 0.02), 0.07),
            Pull((291,), (-0.03, 0.02), 0.07),
            Pull((17,), (0.0, -0.03), 0.05),
        )
    ),
    "disgust": Expression(
        (
            Pull((48, 278), (0.0, -0.05), 0.06),
            Pull((13,), (0.0, -0.05), 0.05),
            Pull((107, 336), (0.0, 0.05), 0.07),
            Pull((145, 374), (0.0, -0.03), 0.04),
        ),
        jaw=0.03,
        teeth=0.5,
    ),
    "fear": Expression(
        (
            Pull((107, 336), (0.0, -0.07), 0.08),
            Pull((159, 386), (0.0, -0.025), 0.03),
            Pull((145, 374), (0.0, 0.02), 0.03),
            Pull((61,), (-0.05, 0.03), 0.08),
            Pull((291,), (0.05, 0.03), 0.08),
        ),
        jaw=0.07,
        teeth=0.2,
        roundness=0.9,
    ),
}
_MOVE_OF_LABEL = ("angry", "disgust", "fear", "smile", "sad", "surprise", None)


def make(folder: Path, count: int = FACES) -> tuple[Path, Path]:
    """Write `fer2013.csv` and `fer2013new.csv`.

    Args:
        folder: Where; created when missing.
        count: How many faces, every fifth of them for PublicTest.

    Returns:
        Both files.

    Raises:
        OSError: They cannot be written.
    """
    random = np.random.default_rng(2013)
    portrait = read_portrait()
    warp = FaceWarp(portrait, find_landmarks(portrait), _MOVES)
    folder.mkdir(parents=True, exist_ok=True)
    faces, votes = folder / "fer2013.csv", folder / "fer2013new.csv"
    with faces.open("w", encoding="utf-8", newline="") as face_file, votes.open("w", encoding="utf-8", newline="") as f:
        face_rows, vote_rows = csv.writer(face_file), csv.writer(f)
        face_rows.writerow(("emotion", "pixels", "Usage"))
        vote_rows.writerow(("Usage", "Image name", *VOTE_NAMES))
        for number in range(count):
            label = number % len(EMOTION_NAMES)
            usage = "PublicTest" if number // len(EMOTION_NAMES) % _TEST_SHARE == 0 else "Training"
            face = _face(warp, label, random)
            face_rows.writerow((label, " ".join(map(str, face.ravel())), usage))
            vote_rows.writerow((usage, f"fer{number:07d}.png", *_votes(label, random)))
    return faces, votes


def _face(warp: FaceWarp, label: int, random: np.random.Generator) -> Image:
    move = _MOVE_OF_LABEL[label]
    shares = {} if move is None else {move: random.uniform(0.7, 1.1)}
    pose = Pose(shares, tuple(random.uniform(-6, 6, 2)), random.uniform(-6, 6))
    picture = cv2.cvtColor(warp.render(pose, *_view(random.uniform(0.92, 1.08))), cv2.COLOR_BGR2GRAY)
    small = cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    lit = (small - 128) * random.uniform(0.7, 1.2) + 128 + random.uniform(-25, 25)
    noisy = lit + random.normal(0, 3, lit.shape)
    return np.asarray(np.clip(noisy, 0, 255), np.uint8)


def _view(scale: float) -> tuple[Map, Map]:
    side = SIDE * _OVERSAMPLING
    rows, columns = np.mgrid[0:side, 0:side].astype(np.float32)
    step = _CROP * scale / side
    middle = (side - 1) / 2
    return (
        ((columns - middle) * step + _MIDDLE[0]).astype(np.float32),
        ((rows - middle) * step + _MIDDLE[1]).astype(np.float32),
    )


def _votes(label: int, random: np.random.Generator) -> list[int]:
    """Ten votes: most for the expression, the rest for others."""
    row = [0] * len(VOTE_NAMES)
    row[VOTE_NAMES.index(_VOTE_OF_LABEL[label])] = agreed = int(random.integers(6, 11))
    for _ in range(10 - agreed):
        row[int(random.integers(0, len(VOTE_NAMES) - 2))] += 1
    return row


if __name__ == "__main__":
    if len(sys.argv) not in {2, 3}:
        sys.exit("usage: python assets/make_practice_faces.py FOLDER [FACES]")
    make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) == 3 else FACES)
