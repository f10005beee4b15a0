"""A user's own labelled faces, and which of them are kept back to judge by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTION_NAMES
from train.data.faces import DataError, pixel_groups
from train.data.folder_form import read_folder
from train.data.targets import UNLABELED, original_label

# With fewer, one picture decides what is learnt and none is left to judge by.
FEWEST = 5
_FOLDERS = f"Give a folder with one folder of face pictures per expression: {', '.join(EMOTION_NAMES)}."


@dataclass(frozen=True)
class Corrections:
    """Faces with the label that the user gave.

    Attributes:
        images: uint8 [n, 48, 48], grey, 0 to 255.
        labels: int64 [n], place among the model's classes.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.labels)

    def select(self, chosen: NDArray[np.bool_]) -> Corrections:
        """Those at a mask, bool [n]."""
        return Corrections(self.images[chosen], self.labels[chosen])

    def counts(self, classes: Sequence[str]) -> dict[str, int]:
        """How many there are of each class that has any."""
        return {name: int(n) for place, name in enumerate(classes) if (n := (self.labels == place).sum())}


def read_corrections(folder: Path, classes: tuple[str, ...]) -> tuple[Corrections, list[str]]:
    """Read `CLASS/*.png`, of any size and colour; class names as people have them.

    Args:
        folder: The user's.
        classes: Names of what the model tells apart; faces of others are left out.

    Returns:
        The corrections, and what the user should know about pictures that were left out.

    Raises:
        DataError: There are too few different ones, all are of one class, or the same picture is in two classes.
    """
    if not folder.is_dir():
        raise DataError(f"'{folder}' is no folder.", _FOLDERS)
    reading = read_folder(folder)
    notes = [line for problems in reading.problems for line in problems.lines()] + list(reading.notes)
    places = original_label(reading.faces.labels, classes)
    known = places != UNLABELED
    if not known.all():
        notes.append(f"{(~known).sum()} pictures of expressions that the model does not name are left out.")
    corrections = Corrections(reading.faces.images[known], places[known])
    _refuse_unusable(corrections, folder, classes)
    return corrections, notes


def _refuse_unusable(corrections: Corrections, folder: Path, classes: tuple[str, ...]) -> None:
    groups = pixel_groups(corrections.images)
    different = len(np.unique(groups))
    if different < FEWEST:
        raise DataError(
            f"'{folder.name}' has {different} different usable pictures; at least {FEWEST} are needed.", _FOLDERS
        )
    counts = corrections.counts(classes)
    if len(counts) == 1:
        raise DataError(
            f"All pictures in '{folder.name}' are labelled {next(iter(counts))}; from these the model would learn to "
            "say nothing else.",
            "Add pictures of at least one other expression.",
        )
    if len(counts) == different:
        raise DataError(
            f"No expression has two different pictures in '{folder.name}', so that none can be kept back to judge by.",
            "Add pictures.",
        )
    for group in np.unique(groups):
        names = [classes[place] for place in np.unique(corrections.labels[groups == group])]
        if len(names) > 1:
            raise DataError(
                f"The same picture is in the folders {' and '.join(names)} of '{folder.name}'.", "Leave it in one."
            )


def split_corrections(corrections: Corrections, parts: int, seed: int) -> tuple[Corrections, Corrections]:
    """Keep some back, of each class one part in `parts`, copies of a picture on one side, at least one picture.

    Returns:
        Those to learn from and those to judge by.
    """
    random = np.random.default_rng(seed)
    groups = pixel_groups(corrections.images)
    kept_back = np.zeros(len(corrections), dtype=bool)
    # The largest class first: where all are too small for a part of their own, it gives the one picture.
    for place in sorted(set(corrections.labels), key=lambda place: -(corrections.labels == place).sum()):
        own = random.permutation(np.unique(groups[corrections.labels == place]))
        wanted = len(own) // parts or int(len(own) > 1 and not kept_back.any())
        kept_back |= np.isin(groups, own[:wanted])
    return corrections.select(~kept_back), corrections.select(kept_back)
