"""The page for the browser: read as a browser and a screen reader would."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.nervousness import CAVEAT
from emotion_gui.export import export_session
from tests.builders import make_record
from tests.export.pages import ReadPage
from tests.export.sessions import full_record


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> ReadPage:
    return ReadPage(export_session(full_record(), "html", tmp_path_factory.mktemp("html") / "out.html"))


@pytest.fixture(scope="module")
def empty_page(tmp_path_factory: pytest.TempPathFactory) -> ReadPage:
    return ReadPage(export_session(make_record(0), "html", tmp_path_factory.mktemp("html") / "out.html"))


def test_the_page_is_well_formed_and_names_its_language(page: ReadPage, empty_page: ReadPage) -> None:
    for each in (page, empty_page):
        assert each.left_open == []
        assert dict(each.tags)["html"] == {"lang": "en"}


def test_headings_come_in_order(page: ReadPage) -> None:
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False))


def test_every_table_has_a_caption_and_heads_with_scope(page: ReadPage) -> None:
    assert len(page.tables) >= 7
    for table in page.tables:
        assert table.caption
        assert set(table.scopes) == {"col", "row"}
        assert len({len(row) for row in table.rows}) == 1


def test_every_picture_says_in_words_what_it_shows(page: ReadPage, empty_page: ReadPage) -> None:
    words = [attributes["alt"] or "" for tag, attributes in page.tags if tag == "img"]
    assert len(words) == 3
    assert re.search(r"Fear \d+ %, ", words[0])
    assert re.search(r"0:00.0:12: \w+ \d+ %", words[1])
    assert "its threshold is 25 %" in words[2]
    empty = [attributes["alt"] or "" for tag, attributes in empty_page.tags if tag == "img"]
    assert empty[0].startswith("No face was counted")


def test_nothing_is_run_and_nothing_is_fetched(page: ReadPage) -> None:
    assert not {"script", "iframe", "object", "link", "base", "form"} & {tag for tag, _ in page.tags}
    for _, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("src", "srcset", "href", "action"):
            assert (attributes.get(name) or "data:").startswith("data:image/svg+xml;base64,"[:5])
    policies = [attributes.get("content") for _, attributes in page.tags if "http-equiv" in attributes]
    assert policies == ["default-src 'none'; img-src data:; style-src 'unsafe-inline'"]


def test_light_and_dark_screens_have_charts_of_their_own(page: ReadPage) -> None:
    media = [attributes["media"] for tag, attributes in page.tags if tag == "source"]
    assert media == ["screen and (prefers-color-scheme: dark)"] * 3


def test_it_says_what_it_rests_on(page: ReadPage) -> None:
    for words in (
        CAVEAT,
        "to version 2026-11 of the consent text (en)",
        "Coaching",
        "time constant of 400 ms",
        "corrected by the candidate's resting face",
        "PublicTest",
        "FER+ untied majority of the 7 emotions",
        "Brief changes are weak evidence",
        "no figure in this report was changed by them",
    ):
        assert words in page.text


def test_each_question_has_a_row(page: ReadPage) -> None:
    table = next(table for table in page.tables if "between markers" in table.caption)
    assert [row[0] for row in table.rows[1:]] == ["Before the first marker", "1. question 1", "2. question 2"]
    assert len(table.rows[0]) == len(EMOTIONS) + 4


# Control characters cannot stand in HTML at all, and a line break of any kind is read as one.
_TYPED = st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60)


# Few examples of many texts, because each draws its charts.
@settings(max_examples=4, deadline=None)
@given(st.lists(_TYPED.filter(str.strip), min_size=1, max_size=25))
def test_what_was_typed_is_text_and_never_markup(texts: list[str]) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = export_session(full_record(5.0, [*texts, "<script>x</script>"]), "html", Path(folder) / "out.html")
        page = ReadPage(path)
    assert page.left_open == []
    assert "script" not in {tag for tag, _ in page.tags}
    names = [row[0] for table in page.tables if "between markers" in table.caption for row in table.rows]
    assert set(names) >= {f"{number}. {text}" for number, text in enumerate([*texts, "<script>x</script>"], 1)}
