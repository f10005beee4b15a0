"""The pages to print: all of it is there, as letters, and no page runs over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from emotion_gui.core.nervousness import CAVEAT
from emotion_gui.export import export_session
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
