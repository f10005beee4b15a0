"""Teachers' probabilities for the Training faces, from which a small network learns more than from labels alone.

Hinton et al. 2015, "Distilling the Knowledge in a Neural Network" (https://arxiv.org/abs/1503.02531).

A teacher must have been trained with the same seed and the same held-out share as the student: one that learnt from the
student's held-out faces tells it about them, and the figures by which the student is chosen come out too pretty.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.atomic_file import atomic_path
from emotion_gui.core.emotions import EMOTION_NAMES
from train.config import HEADS, TrainConfig
from train.data.faces import DataError, Faces

_READ_ERRORS = (OSError, EOFError, ValueError, KeyError, TypeError, RuntimeError, zipfile.BadZipFile, zlib.error)
_MAKE_ANEW = "Make it again with 'python -m train soften'."


@dataclass(frozen=True)
class Teacher:
    """A model whose probabilities were taken.

    Attributes:
        name: Its card's name.
        head: Whose targets it softens: 'fer2013' or 'ferplus'.
        sha256: Of its file, 64 hexadecimal digits.
        seed: Of the run that made it; None where its card does not say.
        held_out_parts: One part in this many of Training was kept from it; None where its card does not say.
    """

    name: str
    head: str
    sha256: str
    seed: int | None
    held_out_parts: int | None


@dataclass(frozen=True)
class SoftLabels:
    """What the teachers say of each Training face.

    Attributes:
        rows: int32 [n], the faces' rows as in `Faces.rows`, rising.
        pictures: uint32 [n], CRC-32 of each face's pixels, by which other faces are told.
        by_head: float32 [n, 7] by head, in FER-2013 order, each row summing to 1; mean of that head's teachers.
        classes: The emotions that the teachers tell apart, in FER-2013 order; columns of others are 0.
        teachers: Who was asked.
        temperature: By which their logits were divided.
    """

    rows: NDArray[np.int32]
    pictures: NDArray[np.uint32]
    by_head: dict[str, NDArray[np.float32]]
    classes: tuple[str, ...]
    teachers: tuple[Teacher, ...]
    temperature: float = 1.0

    def for_faces(self, faces: Faces, classes: tuple[str, ...] = EMOTION_NAMES) -> dict[str, NDArray[np.float32]]:
        """The teachers' probabilities of some of the faces.

        Args:
            faces: Any of the faces that were given to the teachers, n of them.
            classes: What the student tells apart, in FER-2013 order.

        Returns:
            float32 [n, classes] by head, each row summing to 1.

        Raises:
            DataError: A face was not among those, or the teachers do not know one of the classes.
        """
        unknown = [name for name in classes if name not in self.classes]
        if unknown:
            raise DataError(
                f"The teachers of these soft labels do not know {', '.join(unknown)}.",
                "Ask teachers that tell these emotions apart.",
            )
        places = np.searchsorted(self.rows, faces.rows).clip(max=len(self.rows) - 1)
        same = (self.rows[places] == faces.rows) & (self.pictures[places] == checksums(faces.images))
        if not same.all():
            raise DataError(
                f"The soft labels are of other faces: {np.count_nonzero(~same)} of {len(faces)} are not among them.",
                "Give the data that 'python -m train soften' was given, in the same form.",
            )
        columns = [EMOTION_NAMES.index(name) for name in classes]
        return {head: _normalized(values[places][:, columns]) for head, values in self.by_head.items()}

    def warnings(self, config: TrainConfig) -> list[str]:
        """A sentence for each teacher that may have learnt from the faces that `config` holds out."""
        return [
            f"Teacher '{teacher.name}' was trained with {_division(teacher.seed, teacher.held_out_parts)} and this run "
            f"has {_division(config.seed, config.held_out_parts)}: it may have learnt from this run's held-out faces, "
            "and the held-out figures may be too good."
            for teacher in self.teachers
            if (teacher.seed, teacher.held_out_parts) != (config.seed, config.held_out_parts)
        ]


def checksums(images: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """CRC-32 of each picture; uint8 [n, height, width] to uint32 [n]."""
    return np.array([zlib.crc32(image.tobytes()) for image in images], np.uint32)


def write_soft_labels(labels: SoftLabels, path: Path) -> None:
    """Keep soft labels as an `.npz`, probabilities as float16: half a megabyte for each head of 28,709 faces.

    Raises:
        OSError: The file cannot be written.
    """
    about = {
        "classes": list(labels.classes),
        "temperature": labels.temperature,
        "teachers": [asdict(teacher) for teacher in labels.teachers],
    }
    arrays: dict[str, Any] = {head: values.astype(np.float16) for head, values in labels.by_head.items()}
    arrays |= {"rows": labels.rows, "pictures": labels.pictures, "about": np.array(json.dumps(about))}
    with atomic_path(path) as temporary, temporary.open("wb") as file:
        np.savez_compressed(file, **arrays)


def read_soft_labels(path: Path) -> SoftLabels:
    """Read what `write_soft_labels` wrote.

    Raises:
        DataError: The file cannot be read or holds no usable soft labels.
    """
    try:
        with np.load(path, allow_pickle=False) as arrays:
            about = json.loads(str(arrays["about"]))
            labels = SoftLabels(
                arrays["rows"],
                arrays["pictures"],
                {head: arrays[head].astype(np.float32) for head in HEADS if head in arrays},
                tuple(about["classes"]),
                tuple(_teacher(entry) for entry in about["teachers"]),
                float(about["temperature"]),
            )
    except _READ_ERRORS as error:
        raise DataError(f"'{path.name}' is no file of soft labels.", _MAKE_ANEW) from error
    problem = _problem(labels)
    if problem:
        raise DataError(f"The soft labels in '{path.name}' cannot be used: {problem}.", _MAKE_ANEW)
    return labels


def _teacher(entry: Mapping[str, Any]) -> Teacher:
    return Teacher(**entry)


def _problem(labels: SoftLabels) -> str:
    count = len(labels.rows) if labels.rows.ndim == 1 else 0
    kinds = labels.rows.dtype, labels.pictures.dtype
    if not count or labels.pictures.shape != (count,) or kinds != (np.dtype(np.int32), np.dtype(np.uint32)):
        return "its faces are not told by row and picture"
    if (np.diff(labels.rows) <= 0).any():
        return "its rows do not rise"
    if not labels.by_head or not set(labels.classes) <= set(EMOTION_NAMES):
        return "it names no known head or other emotions"
    for head, values in labels.by_head.items():
        fits = values.shape == (count, len(EMOTION_NAMES)) and bool(np.isfinite(values).all())
        # float16 has three digits, so that seven of them miss 1 by a few thousandths.
        if not fits or values.min() < 0 or np.abs(values.sum(axis=1) - 1).max() > 0.01:
            return f"its values for '{head}' are no probabilities"
    return ""


def _normalized(values: NDArray[np.float32]) -> NDArray[np.float32]:
    # A teacher that is sure of an emotion which the student leaves out says nothing of the others: all alike then.
    raised = values + np.float32(1e-7)
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)


def _division(seed: int | None, parts: int | None) -> str:
    if seed is None or parts is None:
        return "a seed and held-out faces that its card does not tell"
    return f"seed {seed} and one part in {parts} held out"
