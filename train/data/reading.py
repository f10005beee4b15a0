"""What every form of the data is read into: faces one by one, and then all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from emotion_gui.vision.preprocessing import FACE_SIDE
from train.data.faces import Faces
from train.data.problems import Problems
from train.data.targets import VOTE_NAMES

PIXELS = FACE_SIDE**2
MOST_VOTES = 10
NO_VOTES = bytes(len(VOTE_NAMES))


class Face(NamedTuple):
    """One face while it is read.

    Attributes:
        pixels: 2304 bytes, row by row, 0 to 255.
        label: FER-2013's own label, 0 to 6.
        usage: One of `train.data.faces.USAGES`.
        row: Row in the csv from 0, unusable rows counted too, or the order in which it was found.
        votes: FER+ votes, 10 bytes in the order of `VOTE_NAMES`.
    """

    pixels: bytes
    label: int
    usage: str
    row: int
    votes: bytes = NO_VOTES


@dataclass(frozen=True)
class Reading:
    """What a form gave.

    Attributes:
        faces: The usable faces; may be none.
        problems: What could not be used, the faces' own problems first.
        notes: What the user may want to know though nothing is wrong, one sentence each.
        row_count: Rows of the csv, unusable ones included, to which votes can be joined; None for other forms.
    """

    faces: Faces
    problems: tuple[Problems, ...] = ()
    notes: tuple[str, ...] = ()
    row_count: int | None = None


def collect(faces: Iterable[Face]) -> Faces:
    """Faces read one by one, as arrays."""
    pixels, labels, votes = bytearray(), bytearray(), bytearray()
    usage: list[str] = []
    rows: list[int] = []
    for face in faces:
        pixels += face.pixels
        labels.append(face.label)
        votes += face.votes
        usage.append(face.usage)
        rows.append(face.row)
    # A view of the bytes: a copy would take the data's memory twice.
    return Faces(
        np.frombuffer(pixels, np.uint8).reshape(-1, FACE_SIDE, FACE_SIDE),
        np.frombuffer(labels, np.uint8),
        np.array(usage, np.str_),
        np.array(rows, np.int32),
        np.frombuffer(votes, np.uint8).reshape(-1, len(VOTE_NAMES)),
    )
