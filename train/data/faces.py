"""The faces in memory, and how they are divided so that no picture stands on two sides."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.errors import AppError

TRAINING, PUBLIC_TEST, PRIVATE_TEST = "Training", "PublicTest", "PrivateTest"
USAGES = (TRAINING, PUBLIC_TEST, PRIVATE_TEST)


class DataError(AppError):
    """The training data cannot be read or used."""


@dataclass(frozen=True)
class Faces:
    """Faces with what is known about each; all arrays have the same length n.

    Attributes:
        images: uint8 [n, 48, 48], grey, 0 to 255.
        labels: uint8 [n], FER-2013's own label, 0 to 6.
        usage: str [n], one of `USAGES`.
        rows: int32 [n], row in FER-2013's csv from 0, or the order in which the files were read.
        votes: uint8 [n, 10], FER+ votes in the order of `train.data.targets.VOTE_NAMES`; all 0 where there are none.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    usage: NDArray[np.str_]
    rows: NDArray[np.int32]
    votes: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.images)

    def select(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Faces:
        """The faces at a mask or at indices."""
        return Faces(
            self.images[chosen], self.labels[chosen], self.usage[chosen], self.rows[chosen], self.votes[chosen]
        )

    def of_usage(self, usage: str) -> Faces:
        """The faces of one part of FER-2013.

        Raises:
            DataError: There is none.
        """
        faces = self.select(self.usage == usage)
        if not len(faces):
            raise DataError(f"The data has no {usage} faces.", "Give FER-2013 with all its parts.")
        return faces


def pixel_groups(images: NDArray[np.uint8]) -> NDArray[np.int64]:
    """A number per picture that equal pictures share; uint8 [n, height, width] to int64 [n], from 0."""
    numbers: dict[bytes, int] = {}
    return np.array([numbers.setdefault(image.tobytes(), len(numbers)) for image in images], dtype=np.int64)


def has_copy_in(images: NDArray[np.uint8], others: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which pictures of the first array stand pixel for pixel in the second; bool [n]."""
    known = {other.tobytes() for other in others}
    return np.array([image.tobytes() in known for image in images], dtype=bool)


def fingerprint(faces: Faces) -> str:
    """SHA-256 of pictures, labels and votes in their order, 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for array in (faces.images, faces.labels, faces.votes):
        digest.update(array.tobytes())
    return digest.hexdigest()


def without_blank(faces: Faces) -> Faces:
    """The faces that show anything: those of one single grey level are left out (11 in FER-2013's Training)."""
    return faces.select(faces.images.min(axis=(1, 2)) != faces.images.max(axis=(1, 2)))


def split_held_out(faces: Faces, parts: int, seed: int) -> tuple[Faces, Faces]:
    """Divide Training for selection, each label in proportion and copies on one side.

    Args:
        faces: Training faces.
        parts: One part in this many is held out, 2 or more.
        seed: Of the shuffle; the same seed gives the same split.

    Returns:
        The faces to learn from and the held-out ones.

    Raises:
        DataError: A label has fewer faces than parts, or too many faces are copies of each other.
    """
    from sklearn.model_selection import StratifiedGroupKFold

    rarest = np.unique(faces.labels, return_counts=True)[1].min(initial=len(faces))
    if rarest < parts:
        raise DataError(
            f"The rarest label has only {rarest} faces, too few to hold out one in {parts}.",
            "Give more faces of each label.",
        )
    groups = pixel_groups(faces.images)
    folds = StratifiedGroupKFold(n_splits=parts, shuffle=True, random_state=seed)
    if groups.max() + 1 >= parts:
        learn, held_out = next(folds.split(faces.images, faces.labels, groups=groups))
        if len(learn) and len(held_out):
            return faces.select(learn), faces.select(held_out)
    raise DataError(
        f"Too many faces are copies of each other to hold out one in {parts}.", "Give more different faces."
    )
