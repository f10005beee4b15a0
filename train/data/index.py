"""The list beside prepared class folders that makes the way back exact: the order, the rows and the votes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

import numpy as np

from emotion_gui.core.emotions import EMOTION_NAMES
from train.data.csv_table import CsvTable, Row
from train.data.faces import Faces
from train.data.problems import Kind, Problems, UnusableError
from train.data.targets import VOTE_NAMES
from train.data.votes import vote_columns, votes_of

INDEX_NAME = "fer2013_index.csv"
_MOST_ROW = np.iinfo(np.int32).max


class IndexEntry(NamedTuple):
    """What the list knows of one picture.

    Attributes:
        file: Place in the folder, as written.
        row: Row in the csv that the picture came from.
        votes: FER+ votes, 10 bytes.
    """

    file: PurePosixPath
    row: int
    votes: bytes


class Index:
    """Rows and votes of the pictures, by place or, where somebody moved one into another class, by name.

    Args:
        entries: In the order of the faces.
        files: Places of all pictures that are there.
        problems: Takes the pictures that are missing.
    """

    def __init__(self, entries: list[IndexEntry], files: set[PurePosixPath], problems: Problems) -> None:
        self._by_place = {entry.file: entry for entry in entries if entry.file in files}
        self._order = {entry.row: order for order, entry in enumerate(entries)}
        unplaced = {file.name: file for file in files - self._by_place.keys()}
        self._by_name: dict[str, IndexEntry] = {}
        for entry in entries:
            if entry.file in self._by_place:
                continue
            if entry.file.name in unplaced:
                self._by_name[entry.file.name] = entry
            else:
                problems.add(UnusableError(Kind.MISSING), entry.file)
        self._next_row = 1 + max((entry.row for entry in entries), default=-1)
        self.moved = len(self._by_name)

    def order(self, row: int) -> int:
        """Place of a row among the faces; rows of new pictures come last."""
        return self._order.get(row, row + len(self._order))

    def take(self, file: PurePosixPath) -> IndexEntry:
        """The entry of a picture, given out once; a picture that the list does not know gets the next row."""
        entry = self._by_place.pop(file, None) or self._by_name.pop(file.name, None)
        if entry is None:
            entry = IndexEntry(file, self._next_row, bytes(len(VOTE_NAMES)))
            self._next_row += 1
        return entry


def read_index(stream: IO[bytes], size: int, problems: Problems) -> list[IndexEntry]:
    """Read the list.

    Args:
        stream: The open file.
        size: Its bytes.
        problems: Takes the rows that cannot be used; their pictures are then read as new ones.

    Raises:
        DataError: A column is missing.
    """
    return list(_entries(CsvTable(stream, INDEX_NAME, size), problems))


def _entries(table: CsvTable, problems: Problems) -> Iterator[IndexEntry]:
    file_column, row_column, votes_columns = table.column("file"), table.column("row"), vote_columns(table)
    seen: set[object] = set()
    for row in table:
        with problems.entry(row):
            row.refuse_other_width()
            entry = IndexEntry(
                PurePosixPath(row.fields[file_column]), _row_number(row, row_column), votes_of(row, votes_columns)
            )
            if entry.file in seen or entry.row in seen:
                raise UnusableError(Kind.INDEX, "it occurs twice")
            seen |= {entry.file, entry.row}
            yield entry


def _row_number(row: Row, column: int) -> int:
    text = row.fields[column]
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else -1
    if not 0 <= number < _MOST_ROW:
        raise UnusableError(Kind.INDEX, f"'{text}'")
    return number


def write_index(faces: Faces, files: list[PurePosixPath], folder: Path) -> None:
    """Write the list of faces whose pictures lie at these places, into their folder.

    Raises:
        OSError: It cannot be written.
    """
    with (folder / INDEX_NAME).open("w", encoding="utf-8", newline="") as file:
        file.write("file,row,usage,emotion," + ",".join(VOTE_NAMES) + "\n")
        columns = (files, faces.rows, faces.usage, faces.labels, faces.votes)
        for place, row, usage, label, votes in zip(*columns, strict=True):
            file.write(f"{place},{row},{usage},{EMOTION_NAMES[label]}," + ",".join(map(str, votes)) + "\n")
