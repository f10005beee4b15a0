"""Kaggle's `fer2013.csv`, `icml_face_data.csv` and `train.csv`: a face per row, its pixels as numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np
from tqdm import tqdm

from train.data.class_names import label_of
from train.data.csv_table import CsvTable, Row
from train.data.faces import TRAINING, USAGES, Faces
from train.data.problems import Kind, Problems, UnusableError
from train.data.reading import PIXELS, Face, Reading, collect
from train.data.saving import new_file, refuse_existing
from train.data.votes import write_votes

_USAGES = {usage.lower(): usage for usage in USAGES}
_NUMBERS = [str(value) for value in range(256)]


def read_csv(path: Path) -> Reading:
    """Read a csv file.

    Args:
        path: With the columns 'emotion' and 'pixels' in any order, and maybe 'Usage'; without it all is Training.

    Raises:
        DataError: A column is missing.
        OSError: The file cannot be read.
    """
    with path.open("rb") as stream:
        return read_csv_stream(stream, path.name, path.stat().st_size)


def read_csv_stream(stream: IO[bytes], name: str, size: int) -> Reading:
    """`read_csv` of an open file of so many bytes."""
    problems = Problems(name)
    faces = collect(_faces(CsvTable(stream, name, size), problems))
    return Reading(faces, (problems,), row_count=problems.total)


def _faces(table: CsvTable, problems: Problems) -> Iterator[Face]:
    emotion, pixels = table.column("emotion"), table.column("pixels")
    usage = table.column("Usage") if "Usage" in table else None
    for row in table:
        with problems.entry(row):
            row.refuse_other_width()
            part = TRAINING if usage is None else _usage(row.fields[usage])
            face = Face(pixels_of(row.fields[pixels]), _label(row, emotion), part, row.number)
            yield face


def _label(row: Row, column: int) -> int:
    label = label_of(row.fields[column])
    if label is None:
        raise UnusableError(Kind.LABEL, f"'{row.fields[column]}'")
    return label


def _usage(text: str) -> str:
    usage = _USAGES.get(text.lower())
    if usage is None:
        raise UnusableError(Kind.USAGE, f"'{text}'")
    return usage


def pixels_of(text: str) -> bytes:
    """2304 bytes from as many numbers from 0 to 255, separated by blanks.

    Raises:
        UnusableError: There are more or fewer, or one is no such number.
    """
    encoded = text.encode("ascii", "replace")
    # numpy's parser is seven times as fast as int() per number, but forgives what is no number at the end.
    strange = encoded.translate(None, b"0123456789 ")
    if strange:
        raise UnusableError(Kind.PIXELS, f"'{chr(strange[0])}' among them")
    values = np.fromstring(encoded, np.int64, sep=" ") if encoded.strip() else np.empty(0, np.int64)
    if len(values) != PIXELS:
        raise UnusableError(Kind.PIXELS, f"{len(values)} instead of {PIXELS}")
    if values.max() > 255:
        raise UnusableError(Kind.PIXELS, f"one is {values.max()}, more than 255")
    return values.astype(np.uint8).tobytes()


def write_csv(faces: Faces, path: Path) -> list[Path]:
    """Write faces as Kaggle has them, and their votes, where there are any, as FER+ has them.

    Args:
        faces: Any faces; their row numbers are given up, the order is kept.
        path: The csv file; votes go beside it as `NAMEnew.csv`, as FER+ names the one for `fer2013.csv`.

    Returns:
        The files written.

    Raises:
        DataError: A file cannot be written or is there already.
    """
    votes_path = path.with_name(f"{path.stem}new.csv")
    refuse_existing(votes_path)
    with new_file(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        file.write("emotion,pixels,Usage\n")
        rows = zip(faces.images, faces.labels, faces.usage, strict=True)
        for image, label, usage in tqdm(rows, path.name, len(faces), unit=" faces", leave=False, disable=None):
            pixels = " ".join([_NUMBERS[value] for value in image.tobytes()])
            file.write(f"{label},{pixels},{usage}\n")
    return [path, *write_votes(faces, votes_path)]
