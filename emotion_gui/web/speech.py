"""The language of an answer: the one in the settings, or the one that the browser asks for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from flask import Flask, g, request

from emotion_gui.core.settings import Settings
from emotion_gui.core.translation import DEFAULT_LANGUAGE, LANGUAGES, _, language, plural, speaking


def speak(app: Flask, load_settings: Callable[[], Settings]) -> None:
    """Answer each request in its reader's language."""

    @app.before_request
    def begin() -> None:
        chosen = load_settings().language
        asked = request.accept_languages.best_match(tuple(LANGUAGES), DEFAULT_LANGUAGE)
        g.speech = ExitStack()
        g.speech.enter_context(speaking(chosen if chosen in LANGUAGES else asked or DEFAULT_LANGUAGE))

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        if "speech" in g:
            g.pop("speech").close()

    app.jinja_env.globals.update(_=_, plural=plural, language=language)
