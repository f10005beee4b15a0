"""A csv file line by line, so that one damaged row cannot take its neighbours along."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from tqdm import tqdm

from train.data.faces import DataError
from train.data.problems import Kind, UnusableError

# A face has up to 9,215 characters. A file without line ends is not read into memory whole.
_LONGEST_LINE = 1 << 16
_ROWS_PER_UPDATE = 500
# Spreadsheets of many countries separate by semicolons.
_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True)
class Row:
    """One row below the head.

    Attributes:
        number: From 0, empty lines not counted.
        line: Line in the file from 1, as an editor counts.
        fields: Its values without the blanks around them.
        width: How many values the head has.
    """

    number: int
    line: int
    fields: list[str]
    width: int

    def __str__(self) -> str:
        return f"row {self.number}, line {self.line}"

    def refuse_other_width(self) -> None:
        """See to it that the row has a value for each column.

        Raises:
            UnusableError: It has more or fewer.
        """
        if len(self.fields) != self.width:
            raise UnusableError(Kind.COLUMNS, f"{len(self.fields)} where the head has {self.width}")


class CsvTable:
    """The rows of an open csv file.

    Args:
        stream: The file's bytes; UTF-8, with or without a byte order mark. Bytes that are no text make their own row
            unusable.
        name: For messages.
        size: Bytes in the file, for the progress bar.
    """

    def __init__(self, stream: IO[bytes], name: str, size: int) -> None:
        self._stream = stream
        self._name = name
        self._size = size
        self._text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace")
        head = self._text.readline(_LONGEST_LINE)
        self._delimiter = max(_DELIMITERS, key=head.count)
        self._columns = [column.lower() for column in self._split(head)]

    def __contains__(self, column: str) -> bool:
        return column.lower() in self._columns

    def column(self, *names: str) -> int:
        """Where a column stands that has one of these names, in any case.

        Raises:
            DataError: There is none.
        """
        for name in names:
            if name in self:
                return self._columns.index(name.lower())
        raise DataError(
            f"'{self._name}' has no column '{names[0]}'.",
            "Give the file as Kaggle or FER+ has it, with its first line.",
        )

    def __iter__(self) -> Iterator[Row]:
        number = 0
        with tqdm(total=self._size, desc=self._name, unit="B", unit_scale=True, leave=False, disable=None) as bar:
            for line, text in enumerate(self._lines(), start=2):
                if not text.strip():
                    continue
                yield Row(number, line, self._split(text), len(self._columns))
                number += 1
                if number % _ROWS_PER_UPDATE == 0:
                    bar.update(self._stream.tell() - bar.n)

    def _lines(self) -> Iterator[str]:
        while line := self._text.readline(_LONGEST_LINE):
            rest = line
            while rest and not rest.endswith("\n"):
                rest = self._text.readline(_LONGEST_LINE)
            yield line

    def _split(self, line: str) -> list[str]:
        # Ten times as fast as the csv module, and the same where nothing is quoted.
        fields = next(csv.reader([line], delimiter=self._delimiter)) if '"' in line else line.split(self._delimiter)
        return [entry.strip() for entry in fields]
