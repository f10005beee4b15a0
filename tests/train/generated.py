"""Generated faces, a few hundred at most: noise whose mean tells the label, so that a net can learn them at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTION_NAMES
from train.data.faces import PUBLIC_TEST, TRAINING, Faces
from train.data.targets import VOTE_NAMES

VOTE_OF_LABEL = ("anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral")


def votes(**counts: int) -> NDArray[np.uint8]:
    """One row of FER+ votes, uint8 [1, 10]; what is not named got none."""
    return np.array([[counts.get(name, 0) for name in VOTE_NAMES]], np.uint8)


def make_faces(per_label: int, *, public_per_label: int = 0, seed: int = 0) -> Faces:
    """Faces of every label, whose FER+ votes agree with it by eight to two."""
    random = np.random.default_rng(seed)
    count = per_label + public_per_label
    labels = np.tile(np.arange(len(EMOTION_NAMES), dtype=np.uint8), count)
    # A bright bar at a height of its own for each label: after standardisation of the brightness it still shows.
    images = random.integers(0, 120, (len(labels), 48, 48), np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[6 * label : 6 * label + 8] += 120
    usage = np.repeat([TRAINING, PUBLIC_TEST], [7 * per_label, 7 * public_per_label])
    ballots = np.concatenate([votes(**{VOTE_OF_LABEL[label]: 8, "unknown": 2}) for label in labels])
    return Faces(images, labels, usage, np.arange(len(labels), dtype=np.int32), ballots)


def write_csv(path: Path, rows: Iterable[tuple[object, object, object]]) -> Path:
    """A file as Kaggle has it, of (emotion, pixels, usage)."""
    lines = ["emotion,pixels,Usage", *(",".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
    return path


def csv_rows(faces: Faces) -> list[tuple[object, object, object]]:
    """Rows for `write_csv`."""
    pixels = [" ".join(map(str, image.ravel())) for image in faces.images]
    return list(zip(faces.labels, pixels, faces.usage, strict=True))


def write_votes(path: Path, faces: Faces) -> Path:
    """A file as FER+ has it; its names of pictures drift from the rows, as in the real one."""
    lines = ["Usage,Image name," + ",".join(VOTE_NAMES)]
    for number, (usage, row) in enumerate(zip(faces.usage, faces.votes, strict=True)):
        lines.append(f"{usage},fer{number + 7:07d}.png," + ",".join(map(str, row)))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
    return path
