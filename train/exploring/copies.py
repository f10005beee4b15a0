"""Pictures that stand in the data more than once, pixel for pixel, and whether their labels agree."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.atomic_file import atomic_path
from emotion_gui.core.emotions import EMOTION_NAMES
from train.data.faces import Faces, pixel_groups
from train.data.targets import UNLABELED, majority_label

_COLUMNS = ("picture", "faces_with_it", "labels_conflict", "row", "usage", "label", "ferplus_majority")


@dataclass(frozen=True)
class CopyGroup:
    """The faces that are one picture.

    Attributes:
        indices: Where they stand in the faces, int64 [2 or more], ascending.
        labels: Their labels, uint8, in the same order.
    """

    indices: NDArray[np.int64]
    labels: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.indices)

    @property
    def conflicting(self) -> bool:
        """Whether not all have the same label."""
        return bool((self.labels != self.labels[0]).any())


def copy_groups(faces: Faces) -> list[CopyGroup]:
    """Every picture that stands more than once, the most repeated first, else in the order of the data."""
    numbers = pixel_groups(faces.images)
    order = np.argsort(numbers, kind="stable")
    runs = np.split(order, np.flatnonzero(np.diff(numbers[order])) + 1)
    repeated = [run for run in runs if len(run) > 1]
    return [CopyGroup(run, faces.labels[run]) for run in sorted(repeated, key=len, reverse=True)]


def write_copies(faces: Faces, groups: list[CopyGroup], path: Path) -> None:
    """Write a csv with one line per face of every group.

    Columns: `picture` (number of the group, from 1), `faces_with_it`, `labels_conflict` (yes or no), `row` (of
    FER-2013's csv, from 0), `usage`, `label`, `ferplus_majority` (empty where tied or without votes).

    Raises:
        OSError: The folder cannot be written, or the disk is full.
    """
    majority = majority_label(faces.votes)
    with atomic_path(path) as temporary, temporary.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        for number, group in enumerate(groups, start=1):
            conflict = "yes" if group.conflicting else "no"
            for index in group.indices:
                named = "" if majority[index] == UNLABELED else EMOTION_NAMES[majority[index]]
                label = EMOTION_NAMES[faces.labels[index]]
                writer.writerow((number, len(group), conflict, faces.rows[index], faces.usage[index], label, named))
