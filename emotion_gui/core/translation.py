"""The program's language: every sentence that a person reads goes through here.

Sentences in code are English and are the keys. A sentence that is made when it is shown is written `_("...")`; one that
stands in a table or a class is marked `N_("...")` there and translated by `_(...)` where it is shown, because tables
are made before the language is known. What is put into a sentence is named: `_("{count} faces").format(count=3)`.
"""

from __future__ import annotations

import gettext
import locale
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import as_file, files
from types import MappingProxyType

DOMAIN = "emotion_gui"
# Each in its own words, as a person looks for it.
LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "de": "Deutsch", "es": "Español"})
DEFAULT_LANGUAGE = "en"
SYSTEM_LANGUAGE = "system"
# Windows spells them out.
_SPELLED_OUT: Mapping[str, str] = MappingProxyType({"german": "de", "spanish": "es"})

_current = gettext.NullTranslations()
# Of one thread: a file is written, or a browser is answered, while the window goes on speaking.
_spoken_here: ContextVar[str] = ContextVar("_spoken_here", default="")
_language = DEFAULT_LANGUAGE


def set_language(language: str) -> None:
    """Use another language from now on: a key of `LANGUAGES`, or the system's; English where there is no such one."""
    global _current, _language  # noqa: PLW0603 - one program speaks one language
    chosen = _system_language() if language == SYSTEM_LANGUAGE else language
    _language = chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE
    _current = _catalogue(_language)


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    with as_file(files("emotion_gui") / "locale") as folder:
        return gettext.translation(DOMAIN, folder, [code], fallback=True)


def _system_language() -> str:
    name = (locale.getlocale()[0] or "").lower()
    return next((code for word, code in _SPELLED_OUT.items() if name.startswith(word)), name[:2])


def language() -> str:
    """The language in use: a key of `LANGUAGES`."""
    return _spoken_here.get() or _language


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """What is said within, on this thread, is in this language: a key of `LANGUAGES`."""
    token = _spoken_here.set(code)
    try:
        yield
    finally:
        _spoken_here.reset(token)


def in_english() -> AbstractContextManager[None]:
    """What is said within, on this thread, is English: for what is kept and for files that programs read."""
    return speaking(DEFAULT_LANGUAGE)


def _spoken() -> gettext.NullTranslations:
    here = _spoken_here.get()
    return _catalogue(here) if here else _current


def _(sentence: str) -> str:
    """A sentence in the user's language; itself where it has no translation."""
    # The empty key holds the catalogue's head.
    return _spoken().gettext(sentence) if sentence else ""


def N_(sentence: str) -> str:  # noqa: N802 - gettext's own name for it
    """Marks a sentence of a table for translation and leaves it as it is."""
    return sentence


def plural(one: str, many: str, count: int, **fields: object) -> str:
    """'{count} face' or '{count} faces', in the user's language, with `count` and other fields put in."""
    return _spoken().ngettext(one, many, count).format(count=count, **fields)
