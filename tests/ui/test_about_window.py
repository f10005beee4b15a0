"""About: what stands in files follows, and what is not known is said."""

from __future__ import annotations

import tkinter as tk
from dataclasses import replace
from pathlib import Path

import pytest

from emotion_gui import __version__
from emotion_gui.controller.about import AboutFacts
from emotion_gui.controller.status import ModelState, ModelStatus
from emotion_gui.core.errors import AppError
from emotion_gui.core.licences import Licence
from emotion_gui.core.model_card import ModelCard
from emotion_gui.export.content.model_excerpt import CardMatch, ModelExcerpt
from emotion_gui.ui.about_window import AboutWindow
from tests.ui.fake_controller import FakeAbout, FakeController

pytestmark = pytest.mark.gui

_CARD = ModelCard("ferplus", ("happy",), {}, limits=("It was not tested on children.",))
_EXCERPT = ModelExcerpt(
    CardMatch.EXACT, _CARD, split="PrivateTest", labels="FER+", copies="left out", faces=3000, accuracy=0.8
)


def _texts(widget: tk.Misc) -> str:
    own = str(widget.cget("text")) if "text" in (widget.keys() or ()) else ""
    return "\n".join([own, *map(_texts, widget.winfo_children())])


def _open(window: tk.Toplevel, facts: AboutFacts) -> AboutWindow:
    return AboutWindow(window, FakeController(about=FakeAbout(facts)))


def test_tells_version_model_and_licences(window: tk.Toplevel, tmp_path: Path) -> None:
    about = _open(
        window, AboutFacts(_EXCERPT, tmp_path / "ferplus.md", "", (Licence("numpy", "2.4.6", "BSD-3-Clause"),))
    )
    assert __version__ in _texts(about)
    assert "ab" * 32 in _texts(about)
    figures = about.figures.words
    assert all(words in figures for words in ("80.0 %", "3000", "PrivateTest", "FER+", "not tested on children"))
    assert "MIT License" in _texts(about)
    assert about.licences.words == "numpy 2.4.6: BSD-3-Clause"


def test_the_card_opens_where_there_is_one(
    window: tk.Toplevel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    page = tmp_path / "ferplus.md"
    _open(window, AboutFacts(_EXCERPT, page, "", ())).card_button.invoke()
    assert opened == [page.as_uri()]
    without = _open(window, AboutFacts(_EXCERPT, None, "", ()))
    assert without.card_button.instate(["disabled"])


@pytest.mark.parametrize("match", [CardMatch.NONE, CardMatch.NAME_ONLY])
def test_figures_of_another_file_are_not_shown(window: tk.Toplevel, match: CardMatch) -> None:
    about = _open(window, AboutFacts(replace(_EXCERPT, match=match), None, "", ()))
    assert "not known" in about.figures.words
    assert "80" not in about.figures.words


def test_a_built_program_shows_its_notices(window: tk.Toplevel) -> None:
    assert _open(window, AboutFacts(_EXCERPT, None, "numpy\nBSD\n...", ())).licences.words == "numpy\nBSD\n..."


def test_trouble_is_told(window: tk.Toplevel) -> None:
    about = AboutWindow(window, FakeController(about=FakeAbout(error=AppError("The notices cannot be read."))))
    assert "The notices cannot be read." in about.figures.words


def test_without_a_model_it_says_so(window: tk.Toplevel) -> None:
    controller = FakeController(model=ModelStatus(ModelState.MISSING))
    assert "No model is loaded" in _texts(AboutWindow(window, controller))
