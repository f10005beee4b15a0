"""The pages to print: all of it is there, as letters, and no page runs over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from emotion_gui.core.nervousness import CAVEAT
from emotion_gui.export import export_session
from emotion_gui.export.content.blocks import Column, Table
from emotion_gui.export.page_text import Page
from emotion_gui.export.pdf_table import TableLayout
from tests.builders import make_record
from tests.export.sessions import full_record

_A4_POINTS = (595.2, 841.9)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    texts = [f"question {number}" for number in range(1, 61)]
    return PdfReader(export_session(full_record(600.0, texts), "pdf", tmp_path_factory.mktemp("pdf") / "out.pdf"))


def _words(reader: PdfReader) -> str:
    """All letters without blanks: letters that stand close together are read as words of their own."""
    return "".join("".join(page.extract_text() for page in reader.pages).split())


def test_every_page_is_a4_and_numbered(pages: PdfReader) -> None:
    count = len(pages.pages)
    assert count > 3
    for number, page in enumerate(pages.pages, 1):
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(_A4_POINTS, abs=0.5)
        assert f"Page {number} of {count}" in page.extract_text()


def test_fonts_are_within_the_file(pages: PdfReader) -> None:
    resources: list[Any] = [page["/Resources"] for page in pages.pages]
    fonts = [font.get_object() for each in resources for font in each["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert descriptors
    assert all("/FontFile2" in descriptor for descriptor in descriptors)


def test_all_of_it_can_be_searched(pages: PdfReader) -> None:
    words = _words(pages)
    for wanted in (CAVEAT, "version 2026-11 of the consent text", "PublicTest", "1. question 1", "60. question 60"):
        assert wanted.replace(" ", "") in words
    assert pages.metadata
    assert pages.metadata.title == "Expression report: question 1"


def test_a_table_over_several_pages_has_its_head_on_each(pages: PdfReader) -> None:
    with_rows = [page.extract_text() for page in pages.pages if ". question" in page.extract_text()]
    rows = [text for text in with_rows if "Segment" in text]
    assert len(rows) >= 2


def test_an_empty_session_is_said_to_be_empty(tmp_path: Path) -> None:
    words = _words(PdfReader(export_session(make_record(0), "pdf", tmp_path / "out.pdf")))
    for wanted in (
        "Not enough data",
        "Nobody was asked for consent",
        "No marker was set",
        "nothing can be said of how",
    ):
        assert wanted.replace(" ", "") in words


def test_a_word_of_a_heading_is_never_broken_and_the_table_keeps_its_width() -> None:
    columns = (Column("Segment", 4.0), Column("Auswertbar", 1.0, numeric=True), Column("Verdict", 2.0))
    page = Page((1240, 1754), 150)
    layout = TableLayout(Table("Words", columns, (("first", "25 s", "Nervous"),)), (92.0, 420.0))
    layout.draw_head(page, 0.0)
    layout.draw_row(page, 100.0, layout.rows[0])
    written = {text.get_text(): text for text in page.figure.texts}
    assert {"Segment", "Auswertbar", "Verdict"} <= set(written)
    edges = {word: text.get_window_extent() for word, text in written.items()}
    assert edges["Segment"].x1 < edges["Auswertbar"].x0
    assert edges["Auswertbar"].x1 < edges["Verdict"].x0
    assert edges["Nervous"].x1 <= 92 + 420


def test_names_with_and_without_marks_above_stand_on_one_line() -> None:
    page = Page((1240, 1754), 150)
    plain, marked = page.write(0, 100, "Traurig", size=8), page.write(200, 100, "Überrascht", size=8)
    assert plain.get_position()[1] == marked.get_position()[1]
    assert plain.get_window_extent().y0 == pytest.approx(marked.get_window_extent().y0, abs=1)
