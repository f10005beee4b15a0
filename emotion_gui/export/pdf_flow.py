"""Blocks one under the other, and a new page where they need one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matplotlib.patches import Rectangle

from emotion_gui.core.session import SessionRecord
from emotion_gui.core.translation import plural
from emotion_gui.export.chart_theme import LIGHT
from emotion_gui.export.content.blocks import Block, Chart, Facts, Listing, Paragraph, Section, Table, VerdictCard
from emotion_gui.export.page_text import Page, one_line
from emotion_gui.export.pdf_table import TableLayout
from emotion_gui.export.report_charts import CHART_HEIGHTS, draw_chart
from emotion_gui.export.text_measure import text_width, wrapped
from emotion_gui.export.verdict_card import CARD_HEIGHT, draw_card

# A4 at 150 pixels in an inch; lengths on the page are in these pixels.
SIZE_WH, DPI = (1240, 1754), 150
LEFT, WIDTH = 92.0, 1056.0
_TOP, _BOTTOM = 92.0, 1754.0 - 120.0
_TEXT, _SMALL, _HEADING = 8.5, 7.5, 13.0
_FACT_NAMES = 250.0
_LINE = "#d9dce1"
# With less than this under it, a heading goes to the next page with what it heads.
_KEPT_TOGETHER = 200.0


def pixels(points: float) -> float:
    """Size of a font in pixels of the page."""
    return points * DPI / 72


class Flow:
    """Pages that fill from the top.

    Attributes:
        pages: Those begun so far, at least one.
        top: Where the next block begins, in pixels from the page's top edge.
    """

    def __init__(self, record: SessionRecord) -> None:
        self._record = record
        self.pages = [Page(SIZE_WH, DPI)]
        self.top = _TOP

    @property
    def page(self) -> Page:
        return self.pages[-1]

    def section(self, section: Section) -> None:
        """A heading and its blocks."""
        first = self._height_of(section.blocks[0]) if section.blocks else 0.0
        self.need(80 + min(first, _BOTTOM - _TOP - 80))
        if self.top > _TOP:
            self.top += 22
            _rule(self.page, self.top)
            self.top += 22
        self.page.write(LEFT, self.top, section.title, size=_HEADING, weight="bold")
        self.top += 46
        for block in section.blocks:
            self.block(block)

    def _height_of(self, block: Block) -> float:
        """What a block needs at least on the page of its heading."""
        match block:
            case Chart(kind):
                return CHART_HEIGHTS[kind] + 40
            case VerdictCard():
                return CARD_HEIGHT
            case Paragraph() | Listing() | Facts():
                return 60.0
            case _:
                return _KEPT_TOGETHER

    def block(self, block: Block) -> None:
        """Any block, with some room after it."""
        match block:
            case Paragraph(text, quiet):
                self.text(text, size=_SMALL if quiet else _TEXT, color=LIGHT.muted if quiet else LIGHT.text)
            case Listing(sentences):
                for sentence in sentences:
                    self.text(f"\N{BULLET} {sentence}", size=_TEXT, after=4)
            case Facts():
                self.facts(block)
            case Table():
                self._table(block)
            case Chart():
                self._chart(block)
            case VerdictCard():
                self.need(CARD_HEIGHT)
                draw_card(self.page, block, (LEFT, self.top, WIDTH, CARD_HEIGHT))
                self.top += CARD_HEIGHT
        self.top += 16

    def need(self, height: float) -> None:
        """Begin a page where fewer than `height` pixels are left on this one."""
        if self.top + height > _BOTTOM and self.top > _TOP:
            self.pages.append(Page(SIZE_WH, DPI))
            self.top = _TOP

    def text(self, text: str, *, size: float, color: str = LIGHT.text, after: float = 0.0) -> None:
        """Running text over the whole width."""
        for line in wrapped(one_line(text), WIDTH, pixels(size)):
            self._line(LEFT, line, size=size, color=color)
        self.top += after

    def facts(self, facts: Facts) -> None:
        """Names at the left, values at the right."""
        for name, value in facts.pairs:
            names = wrapped(one_line(name), _FACT_NAMES - 20, pixels(_TEXT), most_lines=2)
            values = wrapped(one_line(value), WIDTH - _FACT_NAMES, pixels(_TEXT))
            self.need(min(len(values), 4) * pixels(_TEXT) * 1.5)
            for number in range(max(len(names), len(values))):
                self.need(pixels(_TEXT) * 1.5)
                if number < len(names):
                    self.page.write(LEFT, self.top, names[number], size=_TEXT, color=LIGHT.muted)
                self._line(LEFT + _FACT_NAMES, values[number] if number < len(values) else "", size=_TEXT)
            self.top += 5

    def _line(self, left: float, line: str, *, size: float, color: str = LIGHT.text) -> None:
        height = pixels(size) * 1.5
        self.need(height)
        if line:
            self.page.write(left, self.top, line, size=size, color=color)
        self.top += height

    def _chart(self, chart: Chart) -> None:
        height = CHART_HEIGHTS[chart.kind]
        self.need(height + 30)
        self.page.write_line(LEFT, self.top, chart.caption, width=WIDTH, size=_TEXT, weight="bold")
        self.top += 34
        draw_chart(self.page, chart.kind, self._record, (LEFT, self.top, WIDTH, height))
        self.top += height

    def _table(self, table: Table) -> None:
        layout = TableLayout(table, (LEFT, WIDTH))
        self._captioned(table.caption, layout)
        for row in layout.rows:
            if self.top + row.height > _BOTTOM:
                self.need(_BOTTOM)
                self.top += layout.draw_head(self.page, self.top)
            self.top += layout.draw_row(self.page, self.top, row)
        if table.left_out:
            note = plural(
                "{count} more row is in the JSON file of this session.",
                "{count} more rows are in the JSON file of this session.",
                table.left_out,
            )
            self.top += 8
            self.text(note, size=_SMALL, color=LIGHT.muted)

    def _captioned(self, caption: str, layout: TableLayout) -> None:
        first = layout.rows[0].height if layout.rows else 0.0
        self.need(34 + layout.head_height + first)
        self.page.write_line(LEFT, self.top, caption, width=WIDTH, size=_TEXT, weight="bold")
        self.top += 34
        self.top += layout.draw_head(self.page, self.top)


def number_pages(pages: Sequence[Page], name: str, words: Callable[[int, int], str]) -> None:
    """Write a foot on each page: what it belongs to at the left, which page it is at the right."""
    for number, page in enumerate(pages, 1):
        top = SIZE_WH[1] - 84.0
        _rule(page, top - 14)
        text = words(number, len(pages))
        page.write(LEFT + WIDTH, top, text, size=_SMALL, color=LIGHT.muted, ha="right")
        room = WIDTH - text_width(text, pixels(_SMALL)) - 40
        page.write_line(LEFT, top, name, width=room, size=_SMALL, color=LIGHT.muted)


def _rule(page: Page, top: float) -> None:
    x, y, width, height = page.place(LEFT, top, WIDTH, 2)
    page.figure.add_artist(Rectangle((x, y), width, height, facecolor=_LINE, transform=page.figure.transFigure))
