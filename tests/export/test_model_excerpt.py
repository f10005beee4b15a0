"""Which card a report quotes, and which of its figures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from emotion_gui.core import paths
from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.export.content.model_excerpt import CardMatch, model_excerpt
from tests.export.sessions import shipped_provenance


def test_the_card_is_found_by_the_hash_of_the_file_that_ran() -> None:
    provenance = shipped_provenance()
    excerpt = model_excerpt(replace(provenance, model_name="renamed"))
    assert excerpt.match is CardMatch.EXACT
    assert excerpt.card
    assert provenance.model_sha256 in {excerpt.card.tflite_sha256, excerpt.card.keras_sha256}
    assert tuple(each.emotion for each in excerpt.classes) == EMOTIONS
    # The strictest figures that the card has for its own labels.
    assert excerpt.labels == excerpt.card.label_set
    assert "removed" in excerpt.copies
    assert not excerpt.flip_averaging
    assert excerpt.faces == sum(each.faces for each in excerpt.classes)


def test_another_file_of_the_same_name_gets_no_figures() -> None:
    excerpt = model_excerpt(replace(shipped_provenance(), model_sha256="0" * 64))
    assert excerpt.match is CardMatch.NAME_ONLY
    assert excerpt.accuracy is None
    assert excerpt.classes == ()


def test_an_unknown_model_has_no_card() -> None:
    excerpt = model_excerpt(replace(shipped_provenance(), model_name="mine", model_sha256=""))
    assert excerpt.match is CardMatch.NONE
    assert excerpt.card is None


@pytest.mark.parametrize("text", ["", "[]", '{"name": 1}', '{"name": "mine", "labels": ["happy"], "input": {}}'])
def test_a_card_that_is_broken_or_bare_gives_no_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    (tmp_path / "mine.json").write_text(text, encoding="utf-8")
    monkeypatch.setattr(paths, "models_folder", lambda: tmp_path)
    assert model_excerpt(replace(shipped_provenance(), model_name="mine")).classes == ()


@pytest.mark.parametrize("figures", ["{}", '[{"labels": ""}]', '[{"labels": "", "split": "a", "n": "many"}]', "[7]"])
def test_figures_that_cannot_be_read_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figures: str
) -> None:
    provenance = shipped_provenance()
    card = (
        f'{{"name": "mine", "labels": ["happy"], "input": {{}}, "tflite_sha256": "{provenance.model_sha256}", '
        f'"metrics": {{"figures": {figures}}}}}'
    )
    (tmp_path / "mine.json").write_text(card, encoding="utf-8")
    monkeypatch.setattr(paths, "models_folder", lambda: tmp_path)
    excerpt = model_excerpt(provenance)
    assert excerpt.match is CardMatch.EXACT
    assert excerpt.accuracy is None
