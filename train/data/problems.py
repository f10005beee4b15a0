"""What could not be used of the data: counted by kind, named by row or file, and too much past a share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum

from train.data.faces import DataError

# One face in a hundred does not move a figure; more is a wrong file rather than a damaged one.
MOST_BAD = 0.01
_SHOWN = 3
_LONGEST_TEXT = 120


class Kind(Enum):
    """Kinds of problem, as the words after a count of rows or pictures."""

    COLUMNS = "with missing or extra columns"
    PIXELS = "with wrong pixels"
    LABEL = "with an unknown label"
    USAGE = "with an unknown usage"
    VOTES = "with wrong votes"
    PICTURE = "that cannot be read"
    FOLDER = "outside a class folder"
    INDEX = "with a wrong number or place"
    MISSING = "without their picture"


class UnusableError(Exception):
    """One row or picture cannot be used; it is skipped and counted."""

    def __init__(self, kind: Kind, detail: str = "") -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail


@dataclass
class Problems:
    """The problems of one file or folder.

    Attributes:
        source: Name of the file or folder.
        entries: What is counted: 'rows' or 'pictures'.
        consequence: What happens to an entry that cannot be used.
        total: Entries seen so far, unusable ones included.
        counts: Unusable entries by kind.
        first: The first few of each kind, with row or file.
    """

    source: str
    entries: str = "rows"
    consequence: str = "were skipped"
    total: int = 0
    counts: Counter[Kind] = field(default_factory=Counter)
    first: dict[Kind, list[str]] = field(default_factory=dict)

    @contextmanager
    def entry(self, where: object) -> Iterator[None]:
        """Count one more row or picture, and note it when the block raises `UnusableError`.

        Args:
            where: Names the entry; made into text only when there is a problem.
        """
        self.total += 1
        try:
            yield
        except UnusableError as error:
            self.add(error, where)

    def add(self, error: UnusableError, where: object) -> None:
        """Note a problem of an entry that was counted before."""
        self.counts[error.kind] += 1
        shown = self.first.setdefault(error.kind, [])
        if len(shown) < _SHOWN:
            shown.append(printable(f"{where}: {error.detail}" if error.detail else str(where)))

    def refuse_past(self, most_bad: float) -> None:
        """See to it that not too much was unusable.

        Args:
            most_bad: Largest share of unusable entries, 0 to 1.

        Raises:
            DataError: It was more; the message names the first of each kind.
        """
        bad = self.counts.total()
        if bad > most_bad * self.total:
            raise DataError(
                f"{bad} of {self.total} {self.entries} of '{self.source}' cannot be used, more than the "
                f"{100 * most_bad:g} % that may be: {'; '.join(self._kinds())}.",
                "Repair the data, or allow more with --most-bad.",
            )

    def lines(self) -> list[str]:
        """The report, one line and one per kind; empty where all is well."""
        bad = self.counts.total()
        if not bad:
            return []
        head = f"{bad} of {self.total} {self.entries} of '{self.source}' {self.consequence}:"
        return [head, *(f"  {kind}" for kind in self._kinds())]

    def _kinds(self) -> list[str]:
        return [
            f"{count} {kind.value} ({_and_more(self.first[kind], count, '; ')})" for kind, count in self.counts.items()
        ]


def printable(text: str) -> str:
    """Text of a file as it may stand in one line of a message: no control characters, not endless."""
    clean = "".join(letter if letter.isprintable() else "?" for letter in text)
    return clean if len(clean) <= _LONGEST_TEXT else clean[: _LONGEST_TEXT - 1] + "…"


def first_few(names: list[str]) -> str:
    """The first few names and how many more there are."""
    return _and_more([printable(name) for name in names[:_SHOWN]], len(names), ", ")


def _and_more(shown: list[str], count: int, separator: str) -> str:
    rest = count - len(shown)
    return separator.join(shown) + (f" and {rest} more" if rest else "")
