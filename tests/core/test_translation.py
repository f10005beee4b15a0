"""The program's language."""

from __future__ import annotations

import locale
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from emotion_gui.core import translation


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    translation.set_language(translation.DEFAULT_LANGUAGE)


@pytest.mark.parametrize(
    ("system", "language"),
    [
        ("de_AT", "de"),
        ("German_Germany", "de"),
        ("es_MX", "es"),
        ("Spanish_Spain", "es"),
        ("fr_FR", "en"),
        (None, "en"),
    ],
)
def test_the_system_language_is_spoken_where_there_is_one(
    system: str | None, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locale, "getlocale", lambda: (system, "UTF-8"))
    translation.set_language(translation.SYSTEM_LANGUAGE)
    assert translation.language() == language


def test_an_unknown_language_is_english() -> None:
    translation.set_language("xx")
    assert translation.language() == "en"
    assert translation._("Settings...") == "Settings..."


def test_what_is_for_files_is_english_and_only_on_the_thread_that_writes_them() -> None:
    translation.set_language("de")
    with translation.in_english(), ThreadPoolExecutor(1) as elsewhere:
        assert translation._("Settings...") == "Settings..."
        assert translation.plural("{count} face", "{count} faces", 2) == "2 faces"
        assert elsewhere.submit(translation._, "Settings...").result() == "Einstellungen..."
    assert translation._("Settings...") == "Einstellungen..."


def test_another_language_is_spoken_on_the_thread_that_asks_for_it() -> None:
    with translation.speaking("de"), ThreadPoolExecutor(1) as elsewhere:
        assert (translation.language(), translation._("Settings...")) == ("de", "Einstellungen...")
        assert elsewhere.submit(translation._, "Settings...").result() == "Settings..."
        with translation.in_english():
            assert translation._("Settings...") == "Settings..."
    assert (translation.language(), translation._("Settings...")) == ("en", "Settings...")


def test_nothing_stays_nothing() -> None:
    translation.set_language("de")
    assert translation._("") == ""


def test_numbers_are_put_into_the_right_form() -> None:
    assert translation.plural("{count} face", "{count} faces", 1) == "1 face"
    assert translation.plural("{count} face", "{count} faces", 0) == "0 faces"
