"""With codes for names, the window shows the code as soon as the session runs."""

from __future__ import annotations

import tkinter as tk
from dataclasses import replace

import pytest

from emotion_gui.core.candidate_names import is_code
from emotion_gui.core.consent import Consent, Purpose
from emotion_gui.ui.session.panel import SessionPanel
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs

pytestmark = pytest.mark.gui


class CodingController(FakeController):
    """Keeps a code in place of the name, as the real one does where the user wants it."""

    def start(
        self, candidate: str, note: str, *, purpose: Purpose = Purpose.PRACTICE, consent: Consent | None = None
    ) -> None:
        super().start(self.persons.codes.code_for(candidate), note, purpose=purpose, consent=consent)


def test_the_field_shows_the_code_that_is_kept(window: tk.Toplevel) -> None:
    controller = CodingController()
    panel = SessionPanel(window, controller, FakeDialogs())
    panel.start_for("Ada Lovelace")
    panel.refresh()
    code = panel.candidate.get()
    assert is_code(code)
    assert controller.session
    assert controller.session.info.candidate == code
    controller.stop()
    panel.refresh()
    assert panel.candidate.get() == code


def test_a_name_stays_where_codes_are_not_wanted(window: tk.Toplevel) -> None:
    controller = FakeController()
    controller.settings = replace(controller.settings, use_codes=False)
    panel = SessionPanel(window, controller, FakeDialogs())
    panel.start_for("Ada Lovelace")
    panel.refresh()
    assert panel.candidate.get() == "Ada Lovelace"
