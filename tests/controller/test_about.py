"""What the program is made of, read in the background."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from emotion_gui.controller.about import About, AboutFacts
from emotion_gui.controller.status import ModelState, ModelStatus
from emotion_gui.core.errors import AppError
from emotion_gui.core.licences import installed_licences
from emotion_gui.core.model_card import read_card
from emotion_gui.core.paths import models_folder, notices_file
from emotion_gui.pipeline.tasks import TaskRunner
from tests.waiting import wait_for


def _ask(status: ModelStatus) -> AboutFacts:
    tasks, found = TaskRunner(), list[AboutFacts]()

    def fail(error: AppError) -> None:
        raise error

    About(tasks, lambda: status).ask(found.append, fail)

    def delivered() -> bool:
        tasks.deliver()
        return bool(found)

    wait_for(delivered)
    tasks.close()
    return found[0]


def test_the_shipped_model_has_figures_limits_and_a_page() -> None:
    card = read_card(models_folder() / "ferplus.json")
    facts = _ask(ModelStatus(ModelState.READY, "ferplus", card.tflite_sha256))
    assert facts.model.accuracy
    assert facts.model.card
    assert facts.model.card.limits
    assert facts.card_page == models_folder() / "ferplus.md"


def test_another_file_of_the_same_name_has_none() -> None:
    facts = _ask(ModelStatus(ModelState.READY, "ferplus", "0" * 64))
    assert facts.model.accuracy is None
    assert facts.card_page is None


def test_the_libraries_that_the_program_asks_for_have_their_terms() -> None:
    licences = {each.library: each for each in installed_licences()}
    assert {"numpy", "ttkbootstrap", "opencv-python"} <= licences.keys()
    assert "pytest" not in licences
    assert all(each.version and each.terms for each in licences.values())
    assert _ask(ModelStatus()).licences == tuple(licences.values())


def test_a_program_that_was_not_installed_lists_none() -> None:
    assert installed_licences("no-such-program-anywhere") == ()


def test_a_built_program_has_notices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert notices_file() is None
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert notices_file() is None
    (tmp_path / "THIRD_PARTY_NOTICES.txt").write_text("numpy: BSD", encoding="utf-8")
    assert notices_file() == tmp_path / "THIRD_PARTY_NOTICES.txt"
    facts = _ask(ModelStatus())
    assert (facts.notices, facts.licences) == ("numpy: BSD", ())
