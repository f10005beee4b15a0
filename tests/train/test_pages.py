"""Pages: nothing typed becomes markup, pictures travel with the page, and nothing is fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from train.pages import Section, Table, write_page

_VOID = {"meta", "img", "br", "link"}


class Outline(HTMLParser):
    """The tags in order with their attributes, and the text in each kind of tag; refuses tags that do not close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self._open[-1], data))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def text_of(self, tag: str) -> list[str]:
        return [text for name, text in self.texts if name == tag]


def page(path: Path, *sections: Section, title: str = "A report", note: str = "") -> Outline:
    write_page(path, title, sections, note)
    return Outline(path.read_text(encoding="utf-8"))


def test_text_tables_and_pictures_stand_in_their_order(tmp_path: Path) -> None:
    table = Table(("Class", "Faces"), (("Angry", "3,995"), ("Disgust", "436")), caption="How many")
    section = Section("Classes", "One.\n\nTwo.", (tmp_path / "class_counts.png",), (table,))
    outline = page(tmp_path / "new" / ".." / "index.html", section, note="Read this.")
    assert outline.text_of("h1") == ["A report"]
    assert outline.text_of("h2") == ["Classes"]
    assert outline.text_of("p") == ["Read this.", "One.", "Two."]
    assert outline.of("img") == [{"src": "class_counts.png", "alt": "Classes: class counts"}]
    assert outline.text_of("caption") == ["How many"]
    assert outline.text_of("th") == ["Class", "Faces"]
    assert outline.text_of("td") == ["Angry", "3,995", "Disgust", "436"]
    names = [name for name, _ in outline.tags]
    assert names.index("p") < names.index("img") < names.index("table")


def test_only_columns_of_numbers_are_right_aligned(tmp_path: Path) -> None:
    rows = (("Angry", "12", "65.1 %", "–", "3 of 4"), ("2", "−0.5", "1,234", "+7", "5"))
    outline = page(tmp_path / "index.html", Section("", tables=(Table(("a", "b", "c", "d", "e"), rows),)))
    assert [cell.get("class") for cell in outline.of("td")] == [None, "number", "number", "number", None] * 2
    assert [cell.get("class") for cell in outline.of("th")] == [None, "number", "number", "number", None]


@pytest.mark.parametrize("row", [("1",), ("1", "2", "3")])
def test_a_row_that_does_not_fit_its_header_is_refused(row: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="2 columns"):
        Table(("a", "b"), (row,))


# An x before, because a text of spaces alone makes no paragraph.
_TYPED = st.text(st.sampled_from("<>&\"'/=ab{}%#!- "), min_size=1, max_size=30).map("x{}".format)


@settings(max_examples=50, deadline=None)
@given(_TYPED)
def test_nothing_typed_becomes_markup(tmp_path_factory: pytest.TempPathFactory, typed: str) -> None:
    folder = tmp_path_factory.mktemp("page")

    def outline(text: str) -> Outline:
        section = Section(text, text, tables=(Table((text,), ((text,),), text),))
        return page(folder / "index.html", section, title=text, note=text)

    assert [name for name, _ in outline(typed).tags] == [name for name, _ in outline("plain").tags]
    assert outline(typed).text_of("td") == [typed]


def test_a_file_name_with_odd_characters_still_points_at_its_picture(tmp_path: Path) -> None:
    picture = tmp_path / "pictures" / 'a "50 %" #1.png'
    outline = page(tmp_path / "index.html", Section("Odd", pictures=(picture,)))
    assert outline.of("img")[0]["src"] == "pictures/a%20%2250%20%25%22%20%231.png"


def test_a_picture_that_would_stay_behind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="subpath"):
        write_page(tmp_path / "out" / "index.html", "A report", [Section("", pictures=(tmp_path / "x.png",))])
    assert not (tmp_path / "out" / "index.html").exists()


def test_contents_lead_to_every_section_of_a_long_page(tmp_path: Path) -> None:
    outline = page(tmp_path / "index.html", *(Section(f"Part {number}") for number in range(4)))
    targets = ["#" + str(section["id"]) for section in outline.of("section")]
    assert [link["href"] for link in outline.of("a")] == targets
    assert len(set(targets)) == 4


def test_nothing_is_fetched(tmp_path: Path) -> None:
    page(tmp_path / "index.html", Section("Classes", pictures=(tmp_path / "x.png",)))
    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"https?:|//|@import|<script|<link", text)
    assert "prefers-color-scheme: dark" in text


def test_a_page_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    in_the_way = tmp_path / "index.html"
    in_the_way.mkdir()
    with pytest.raises(OSError, match=r"index\.html"):
        write_page(in_the_way, "A report", [])
    assert list(tmp_path.iterdir()) == [in_the_way]
