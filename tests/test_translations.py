"""Every sentence of the program in every language: complete, with the same names to fill in, and compiled."""

from __future__ import annotations

import ast
import io
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from emotion_gui.core import translation

_ROOT = Path(__file__).parents[1] / "emotion_gui"
_LOCALE = _ROOT / "locale"
# How many of the first arguments are sentences.
_MARKS = {"_": 1, "N_": 1, "plural": 2}
_TRANSLATED = sorted(set(translation.LANGUAGES) - {translation.DEFAULT_LANGUAGE})
_Key = str | tuple[str, ...]


@cache
def _in_code() -> frozenset[_Key]:
    """Every sentence that is marked, also where the tool that fills the catalogues does not look: in f-strings."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in _ROOT.rglob("*.py"))
    marked: frozenset[_Key] = frozenset(filter(None, (_marked(node) for tree in trees for node in ast.walk(tree))))
    return marked | frozenset(_in_templates())


def _in_templates() -> Iterator[_Key]:
    """Sentences in the browser's pages."""
    for path in _ROOT.rglob("templates/*.html"):
        with path.open("rb") as page:
            for _line, _mark, words, _comments in babel_extract(page, list(_MARKS), [], {}):
                # Nothing where what is translated is no text but a name.
                if words:
                    yield words if isinstance(words, str) else tuple(map(str, words))


def _marked(node: ast.AST) -> _Key | None:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in _MARKS:
        return None
    words = [each.value for each in node.args[: _MARKS[node.func.id]] if isinstance(each, ast.Constant)]
    texts = tuple(word for word in words if isinstance(word, str))
    if not texts:
        return None
    return texts if len(texts) > 1 else texts[0]


def _catalog(language: str) -> Catalog:
    with (_LOCALE / language / "LC_MESSAGES" / f"{translation.DOMAIN}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def _messages(language: str) -> dict[_Key, Message]:
    return {_key(message.id): message for message in _catalog(language) if message.id}


def _key(found: str | list[str] | tuple[str, ...]) -> _Key:
    return found if isinstance(found, str) else tuple(found)


def _texts(message: Message) -> tuple[str, ...]:
    texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return tuple(text or "" for text in texts)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _allowed_fields(key: _Key) -> list[set[str]]:
    """'One session from {newest}' needs fewer than '{count} sessions from {oldest} to {newest}'."""
    originals = key if isinstance(key, tuple) else (key,)
    return [_fields(original) - {"count"} for original in originals]


@pytest.mark.parametrize("language", _TRANSLATED)
def test_the_catalogue_has_every_sentence_and_no_other(language: str) -> None:
    known = set(_messages(language))
    assert not _in_code() - known, "run 'make translations', then translate what is new"
    assert not known - _in_code(), "run 'make translations', which takes out what is no longer used"


@pytest.mark.parametrize("language", _TRANSLATED)
def test_every_sentence_is_translated_with_its_names_to_fill_in(language: str) -> None:
    wrong = [
        (key, text)
        for key, message in _messages(language).items()
        for text in _texts(message)
        if not text or message.fuzzy or _fields(text) - {"count"} not in _allowed_fields(key)
    ]
    assert not wrong


@pytest.mark.parametrize("language", _TRANSLATED)
def test_sentences_begin_and_end_as_the_english_ones(language: str) -> None:
    """A label that ends with '...' or a sentence that ends with a point does so in every language."""
    wrong = [
        (key, message.string)
        for key, message in _messages(language).items()
        if isinstance(key, str)
        and isinstance(message.string, str)
        and re.search(r"(\.\.\.|[.:?]|\s)?$", key)[0] != re.search(r"(\.\.\.|[.:?]|\s)?$", message.string)[0]  # type: ignore[index]  # matches every text
    ]
    assert not wrong


@pytest.mark.parametrize("language", _TRANSLATED)
def test_the_compiled_catalogue_is_that_of_the_sentences(language: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, _catalog(language))
    shipped = _LOCALE / language / "LC_MESSAGES" / f"{translation.DOMAIN}.mo"
    assert shipped.read_bytes() == compiled.getvalue(), "run 'make translations'"


@pytest.fixture
def _english_afterwards() -> object:
    yield
    translation.set_language(translation.DEFAULT_LANGUAGE)


@pytest.mark.usefixtures("_english_afterwards")
def test_another_language_is_spoken_and_an_unknown_one_is_english() -> None:
    translation.set_language("de")
    assert (translation.language(), translation._("Start")) == ("de", "Start")
    assert translation._("Settings...") == "Einstellungen..."
    translation.set_language("xx")
    assert (translation.language(), translation._("Settings...")) == ("en", "Settings...")
    assert translation._("") == ""
