"""A table on paper: widths from its columns, heights from its cells."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.patches import Rectangle

from emotion_gui.export.chart_theme import LIGHT
from emotion_gui.export.content.blocks import Table
from emotion_gui.export.page_text import Page, one_line
from emotion_gui.export.text_measure import fitted, text_width, wrapped

_SIZE, _COMPACT_SIZE, _HEAD_SIZE = 7.5, 7.0, 7.0
_GAP, _CLOSE, _PADDING = 16.0, 4.0, 7.0
_MOST_LINES = 6
_SWATCH = 13.0
# Long enough for every language's name of an expression.
_MOST_UPRIGHT = 150.0
_LINE = "#d9dce1"


@dataclass(frozen=True)
class Row:
    """One row as it is set: lines of each cell, and the height that they need in pixels."""

    cells: tuple[tuple[str, ...], ...]
    height: float


class TableLayout:
    """Where everything of a table stands.

    Attributes:
        rows: The rows in order.
        head_height: Pixels that the head takes.
    """

    def __init__(self, table: Table, place: tuple[float, float], *, compact: bool = False) -> None:
        """Measure the table.

        Args:
            table: What to set.
            place: Left edge and width in pixels of the page, which has 150 in an inch.
            compact: Whether each row has one line and little room.
        """
        self._padding, self._most_lines = (3.0, 1) if compact else (_PADDING, _MOST_LINES)
        self._size = _COMPACT_SIZE if compact else _SIZE
        left, width = place
        self._columns = table.columns
        whole = sum(column.weight for column in table.columns)
        self._widths = _widened([width * column.weight / whole for column in table.columns], table)
        self._lefts = [left + sum(self._widths[:number]) for number in range(len(self._widths))]
        self._place = place
        self._heads = [self._head(number) for number in range(len(table.columns))]
        self.head_height = max(self._head_height(number) for number in range(len(table.columns))) + _PADDING
        self.rows = tuple(self._row(cells) for cells in table.rows)

    def draw_head(self, page: Page, top: float) -> float:
        """Draw the head; returns its height in pixels."""
        bottom = top + self.head_height
        for number, (column, lines) in enumerate(zip(self._columns, self._heads, strict=True)):
            if column.emotion:
                self._draw_upright(page, number, bottom)
                continue
            for index, line in enumerate(reversed(lines)):
                y = bottom - _PADDING - (index + 1) * _line_px(_HEAD_SIZE)
                self._write(page, number, y, line, size=_HEAD_SIZE, color=LIGHT.muted)
        self._rule(page, bottom)
        return self.head_height

    def draw_row(self, page: Page, top: float, row: Row) -> float:
        """Draw a row; returns its height in pixels."""
        for number, lines in enumerate(row.cells):
            for index, line in enumerate(lines):
                self._write(page, number, top + self._padding + index * _line_px(self._size), line, size=self._size)
        self._rule(page, top + row.height)
        return row.height

    def _row(self, cells: tuple[str, ...]) -> Row:
        lines = tuple(self._lines(number, cell) for number, cell in enumerate(cells))
        return Row(lines, max(map(len, lines)) * _line_px(self._size) + 2 * self._padding)

    def _lines(self, number: int, cell: str) -> tuple[str, ...]:
        # A figure is short, and in two lines it is two figures.
        if self._columns[number].numeric:
            return (one_line(cell),)
        room = self._widths[number] - self._indent(number) - (_CLOSE if self._columns[number].emotion else _GAP)
        return tuple(wrapped(one_line(cell), room, _px(self._size), most_lines=self._most_lines))

    def _head(self, number: int) -> tuple[str, ...]:
        column = self._columns[number]
        if column.emotion:
            return (column.title,)
        return tuple(wrapped(column.title, self._widths[number] - _GAP, _px(_HEAD_SIZE), most_lines=4))

    def _head_height(self, number: int) -> float:
        column = self._columns[number]
        if column.emotion:
            return min(_MOST_UPRIGHT, text_width(column.title, _px(_HEAD_SIZE))) + _SWATCH + 12
        return len(self._heads[number]) * _line_px(_HEAD_SIZE)

    def _draw_upright(self, page: Page, number: int, bottom: float) -> None:
        """A name that reads upwards above its colour: seven of them fit, however long their words."""
        column = self._columns[number]
        right = self._right(number)
        if column.emotion:
            x, y, width, height = page.place(right - _SWATCH, bottom - _PADDING - _SWATCH, _SWATCH, _SWATCH)
            color = column.emotion.color
            page.figure.add_artist(Rectangle((x, y), width, height, facecolor=color, transform=page.figure.transFigure))
        title = fitted(column.title, _MOST_UPRIGHT, _px(_HEAD_SIZE))
        page.write(
            right - _SWATCH / 2, bottom - _PADDING - _SWATCH - 8, title, size=_HEAD_SIZE, color=LIGHT.muted,
            rotation=90, va="bottom", ha="center",
        )  # fmt: skip

    def _write(self, page: Page, number: int, top: float, line: str, *, size: float, color: str = LIGHT.text) -> None:
        if not line:
            return
        if self._columns[number].numeric:
            page.write(self._right(number), top, line, size=size, color=color, ha="right")
        else:
            page.write(self._lefts[number] + self._indent(number), top, line, size=size, color=color)

    def _right(self, number: int) -> float:
        """Where the figures of a column end."""
        right = self._lefts[number] + self._widths[number]
        if number == len(self._columns) - 1:
            return right
        return right - (_CLOSE if self._columns[number].emotion else _GAP)

    def _indent(self, number: int) -> float:
        """Room before text that follows the narrow columns."""
        return _GAP if number and self._columns[number - 1].emotion else 0.0

    def _rule(self, page: Page, top: float) -> None:
        left, width = self._place
        x, y, share, height = page.place(left, top, width, 1.2)
        page.figure.add_artist(Rectangle((x, y), share, height, facecolor=_LINE, transform=page.figure.transFigure))


def _widened(widths: list[float], table: Table) -> list[float]:
    """Widths of which each holds its heading's longest word, at the cost of those that have more than that.

    Args:
        widths: What the columns' weights give, in pixels.
        table: Whose columns.
    """
    needed = [
        0.0 if column.emotion else max(text_width(word, _px(_HEAD_SIZE)) for word in column.title.split(" ")) + _GAP
        for column in table.columns
    ]
    lacking = sum(max(0.0, need - width) for need, width in zip(needed, widths, strict=True))
    # What a narrow column of an expression has is for its figures.
    spare = [
        0.0 if column.emotion else max(0.0, width - need)
        for column, need, width in zip(table.columns, needed, widths, strict=True)
    ]
    if not lacking or sum(spare) < lacking:
        return widths
    taken = lacking / sum(spare)
    return [max(width, need) - taken * free for width, need, free in zip(widths, needed, spare, strict=True)]


def _px(points: float) -> float:
    return points * 150 / 72


def _line_px(points: float) -> float:
    return _px(points) * 1.4
