"""What a report is made of, before anyone decides how it looks: sections of text, facts, tables and charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from emotion_gui.core.emotions import Emotion
from emotion_gui.core.nervousness import Judgement

# A table that a person reads; the rest is in the files for programs, and the report says so.
MOST_ROWS = 200


class UserText(str):
    """Text that a person typed or a device is called by: in any script, of any length, never markup."""

    __slots__ = ()


class CardText(str):
    """Text of a model's card, which is English in every language of the program."""

    __slots__ = ()


@dataclass(frozen=True)
class Paragraph:
    """Running text; a quiet one is a remark beside the matter."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Listing:
    """Sentences of which each stands for itself."""

    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Names with their values."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        title: Its head.
        weight: Its part of the table's width beside the others'.
        numeric: Whether its cells are figures, to be set under one another.
        emotion: The expression whose colour stands in its head; such columns are narrow and many.
    """

    title: str
    weight: float = 1.0
    numeric: bool = False
    emotion: Emotion | None = None


@dataclass(frozen=True)
class Table:
    """Rows under heads; the first cell names its row.

    Attributes:
        caption: What the table shows.
        columns: Its columns.
        rows: Its cells, as many in each row as there are columns.
        left_out: Rows that a person is spared.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: int = 0


class ChartKind(Enum):
    """What a chart shows."""

    SHARES = "shares"
    COURSE = "course"
    RUNNING_SHARES = "running shares"


@dataclass(frozen=True)
class Chart:
    """A chart of the session.

    Attributes:
        kind: Which.
        caption: What it shows, as a line beside it.
        words: The same as the picture tells, for those who do not see it.
    """

    kind: ChartKind
    caption: str
    words: str


@dataclass(frozen=True)
class VerdictCard:
    """The verdict with its reason, and what it does not mean."""

    judgement: Judgement
    reason: str
    caveat: str


Block = Paragraph | Listing | Facts | Table | Chart | VerdictCard


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """All of it, in the order in which it is read.

    Attributes:
        kind: What this is: 'Expression report'.
        title: The candidate, shortened to what a heading holds.
        facts: Date, purpose and what else stands at the head.
        consent: The line that says who agreed to what.
        sections: The rest.
    """

    kind: str
    title: str
    facts: Facts
    consent: str
    sections: tuple[Section, ...]


def table_of(caption: str, columns: tuple[Column, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    """A table that ends after `MOST_ROWS` and says how many more there are."""
    return Table(caption, columns, tuple(rows[:MOST_ROWS]), max(0, len(rows) - MOST_ROWS))
