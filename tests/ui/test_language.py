"""The window in another language, and the change while it is open."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator

import pytest

from emotion_gui.core import translation
from emotion_gui.ui.main_window import MainWindow
from tests.ui.conftest import WaitUntil
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs

pytestmark = pytest.mark.gui


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    translation.set_language(translation.DEFAULT_LANGUAGE)


def _texts(widget: tk.Misc) -> set[str]:
    """Everything that is written in a widget and in what it holds."""
    own = {str(widget.cget("text"))} if "text" in (widget.keys() or ()) else set()
    return own.union(*(_texts(child) for child in widget.winfo_children()))


def test_the_language_changes_while_the_window_is_open(
    window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs, wait_until: WaitUntil
) -> None:
    main = MainWindow(window, controller, dialogs)
    main.start()
    english = _texts(window)
    main.speak("de")
    wait_until(lambda: main.status_bar.source.cget("text"))
    german = _texts(window)
    assert {"Candidate", "Verdict"} <= english
    assert {"Person", "Ergebnis"} <= german
    assert not {"Candidate", "Verdict", "Expressions", "Last minute", "usable"} & german
    main.speak("en")
    assert _texts(window) >= {"Candidate", "Verdict"}
