"""FER+'s votes, `fer2013new.csv`: they belong to the faces by row order, never by the image names, which drift."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from train.data.csv_table import CsvTable, Row
from train.data.faces import TRAINING, DataError, Faces
from train.data.problems import Kind, Problems, UnusableError
from train.data.reading import MOST_VOTES, NO_VOTES, Reading
from train.data.saving import new_file
from train.data.targets import VOTE_NAMES

# What FER+ calls its last column.
_OTHER_NAMES = {"not_face": "NF"}


def vote_columns(table: CsvTable) -> list[int]:
    """Where the ten votes stand, in the order of `VOTE_NAMES`.

    Raises:
        DataError: One has no column.
    """
    return [table.column(name, _OTHER_NAMES.get(name, name)) for name in VOTE_NAMES]


def votes_of(row: Row, columns: list[int]) -> bytes:
    """Ten votes, a byte each.

    Raises:
        UnusableError: One is no whole number from 0 to 10.
    """
    texts = [row.fields[column] for column in columns]
    # Not int() alone: it takes '1_0' and the digits of every script.
    votes = [int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else -1 for text in texts]
    if not all(0 <= vote <= MOST_VOTES for vote in votes):
        raise UnusableError(Kind.VOTES, f"they must be ten whole numbers from 0 to {MOST_VOTES}")
    return bytes(votes)


def with_votes(reading: Reading, path: Path) -> Reading:
    """Give each face the votes of its row.

    Args:
        reading: Of a csv. The votes of its unusable rows are left out with them.
        path: `fer2013new.csv`. A face whose row of votes cannot be used keeps none.

    Raises:
        DataError: The reading has no rows, or the votes are not those of its rows.
        OSError: The file cannot be read.
    """
    if reading.row_count is None:
        raise DataError(
            f"'{path.name}' can be used only with fer2013.csv, whose rows its votes belong to.",
            "Leave the votes out, or give fer2013.csv.",
        )
    problems = Problems(path.name, consequence="were not used, and their faces have no votes")
    with path.open("rb") as stream:
        usage, votes = _read(CsvTable(stream, path.name, path.stat().st_size), problems)
    if len(votes) != reading.row_count:
        raise DataError(
            f"'{path.name}' has {len(votes)} rows of votes for {reading.row_count} faces.",
            "Votes belong to the rows of fer2013.csv, one each, in the same order.",
        )
    faces = reading.faces
    _refuse_other_order(faces, usage, path.name)
    joined = Faces(faces.images, faces.labels, faces.usage, faces.rows, votes[faces.rows])
    return Reading(joined, (*reading.problems, problems), reading.notes, reading.row_count)


def _read(table: CsvTable, problems: Problems) -> tuple[list[str], NDArray[np.uint8]]:
    columns = vote_columns(table)
    usage_column = table.column("Usage") if "Usage" in table else None
    votes = bytearray()
    usage = []
    for row in table:
        usable = NO_VOTES
        part = ""
        with problems.entry(row):
            row.refuse_other_width()
            part = "" if usage_column is None else row.fields[usage_column]
            usable = votes_of(row, columns)
        votes += usable
        usage.append(part)
    return usage, np.frombuffer(votes, np.uint8).reshape(-1, len(VOTE_NAMES))


def _refuse_other_order(faces: Faces, usage: list[str], name: str) -> None:
    # A csv without a usage column is all Training and says nothing about the order.
    if (faces.usage == TRAINING).all():
        return
    for row, part in zip(faces.rows, faces.usage, strict=True):
        if usage[row] and usage[row].lower() != part.lower():
            raise DataError(
                f"Row {row} of '{name}' is not in {part} as the face of that row is, so the rows do not belong "
                "together.",
                "Give both files in their original order.",
            )


def write_votes(faces: Faces, path: Path) -> list[Path]:
    """Write votes as FER+ has them; nothing where no face has any.

    Returns:
        The files written: none or one.

    Raises:
        DataError: The file cannot be written or is there already.
    """
    if not faces.votes.any():
        return []
    with new_file(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        file.write("Usage,Image name," + ",".join(_OTHER_NAMES.get(name, name) for name in VOTE_NAMES) + "\n")
        for number, (usage, votes) in enumerate(zip(faces.usage, faces.votes, strict=True)):
            file.write(f"{usage},fer{number:07d}.png," + ",".join(map(str, votes)) + "\n")
    return [path]
