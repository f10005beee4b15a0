"""What publication leaves beside the model: cards for the program and for people, twins, weights on request."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from emotion_gui.core.errors import AppError
from emotion_gui.core.model_card import ModelCard, read_card, sha256_of
from tests.train.generated import make_faces
from train.config import AugmentConfig, OptimizerConfig, TrainConfig
from train.data.faces import PUBLIC_TEST, TRAINING, Faces, fingerprint

pytestmark = pytest.mark.slow

HAPPY_SAD_NEUTRAL = ("happy", "sad", "neutral")


@dataclass(frozen=True)
class Run:
    """A finished run of one head over three classes, and what was published from it with the weights as JSON."""

    faces: Faces
    folder: Path
    models: Path
    card: ModelCard


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    from train.learning.fit import fit
    from train.networks import ARCHITECTURES
    from train.publishing.publish import Extras, publish

    folder = tmp_path_factory.mktemp("publish")
    faces = make_faces(30, public_per_label=4)
    config = TrainConfig(
        heads=("fer2013",),
        classes=HAPPY_SAD_NEUTRAL,
        epochs=3,
        batch_size=16,
        average_decay=0.5,
        precision="float32",
        network=replace(TrainConfig().network, architecture="tiny"),
        optimizer=OptimizerConfig(learning_rate=0.3),
        augment=AugmentConfig(rotation_deg=1, scale=0.01, shift=0.01, erase_probability=0.0),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(ARCHITECTURES, "tiny", "tests.train.tiny:tiny")
        fit(faces, config, folder / "run")
        card = publish(
            folder / "run", faces, "fer2013", folder / "models", extras=Extras("three-kinds", weights_json=True)
        )
        yield Run(faces, folder / "run", folder / "models", card)


def test_the_name_is_the_users(run: Run) -> None:
    names = sorted(path.name for path in run.models.iterdir())
    assert names == [
        "three-kinds.json",
        "three-kinds.keras",
        "three-kinds.md",
        "three-kinds.tflite",
        "three-kinds.weights.h5",
        "three-kinds_architecture.json",
    ]
    card = read_card(run.models / "three-kinds.json")
    assert card.name == "three-kinds"
    assert card.keras_sha256 == sha256_of(run.models / "three-kinds.keras")
    assert card.tflite_sha256 == sha256_of(run.models / "three-kinds.tflite")


def test_a_run_over_three_classes_is_judged_by_these(run: Run) -> None:
    assert run.card.labels == HAPPY_SAD_NEUTRAL
    own = [entry for entry in run.card.metrics["figures"] if entry["labels"] == run.card.label_set]
    assert next((entry["split"], entry["n"]) for entry in own) == ("held-out part of Training (1 in 10)", 9)
    assert {entry["n"] for entry in own if entry["split"] == PUBLIC_TEST} == {12}
    for entry in own:
        assert set(entry["per_class"]) == set(HAPPY_SAD_NEUTRAL)
        assert entry["accuracy"] > 0.8
    assert "Only faces of happy, sad, neutral were shown" in run.card.training_data


def test_weights_and_architecture_make_the_same_model(run: Run) -> None:
    import keras

    from train.judging.scoring import score_keras

    images = run.faces.of_usage(PUBLIC_TEST).images
    text = (run.models / "three-kinds_architecture.json").read_text(encoding="utf-8")
    rebuilt = keras.models.model_from_json(text)
    rebuilt.load_weights(run.models / "three-kinds.weights.h5")
    whole = keras.saving.load_model(run.models / "three-kinds.keras", safe_mode=True, compile=False)
    assert np.abs(score_keras(rebuilt, images) - score_keras(whole, images)).max() < 1e-6


def test_the_card_says_where_data_and_labels_come_from(run: Run) -> None:
    card = run.card
    assert "web image search" in card.training_data
    assert "contest" in card.training_data
    assert "searched for on the web" in card.label_meaning
    assert list(card.emotion_meanings) == list(HAPPY_SAD_NEUTRAL)
    assert card.data_sha256 == fingerprint(run.faces.of_usage(TRAINING))
    assert set(card.versions) >= {"python", "keras", "numpy"}
    limits = " ".join(card.limits)
    for word in ("skin colour", "children", "glasses", "beards", "dim"):
        assert word in limits


def test_robustness_names_its_faces(run: Run) -> None:
    table = run.card.metrics["robustness"]
    assert (table["split"], table["labels"]) == (PUBLIC_TEST, run.card.label_set)
    assert {row["n"] for row in table["rows"]} == {12}
    assert table["rows"][0]["loss_points"] == 0
    assert len(table["rows"]) > 20


def test_the_twin_keeps_the_accuracy(run: Run) -> None:
    twin = run.card.metrics["twin"]
    published = twin[f"{twin['precision']}_accuracy"]
    assert published >= twin["keras_accuracy"] - 0.002
    assert {"int8_accuracy", "float16_accuracy"} <= set(twin)
    assert twin["bytes"] == (run.models / "three-kinds.tflite").stat().st_size


def test_the_page_has_the_cards_figures(run: Run) -> None:
    page = (run.models / "three-kinds.md").read_text(encoding="utf-8")
    assert page.startswith("# three-kinds\n")
    for entry in run.card.metrics["figures"]:
        assert f"| {entry['n']} | {100 * entry['accuracy']:.2f} % |" in page
    for row in run.card.metrics["robustness"]["rows"]:
        assert f"{100 * row['accuracy']:.2f} %" in page
    for text in (run.card.keras_sha256, run.card.data_sha256, "What it cannot do", "Looks happy: a smile"):
        assert text in page


def test_a_second_publication_without_weights_removes_the_old_ones(run: Run, tmp_path: Path) -> None:
    from train.publishing.publish import Extras, publish

    for name in ("three-kinds.weights.h5", "three-kinds_architecture.json"):
        (tmp_path / name).write_bytes((run.models / name).read_bytes())
    card = publish(run.folder, run.faces.of_usage(TRAINING), "fer2013", tmp_path, extras=Extras("three-kinds"))
    suffixes = sorted(path.suffix for path in tmp_path.iterdir())
    assert suffixes == [".json", ".keras", ".md", ".tflite"]
    assert "PublicTest was not read" in card.selection
    assert card.metrics["robustness"]["split"] == "held-out part of Training (1 in 10)"


@pytest.mark.parametrize("name", ["../up", "a/b", "con", "a.b", "x" * 200, "=1+1\n"])
def test_names_that_are_no_file_names(run: Run, tmp_path: Path, name: str) -> None:
    from train.publishing.publish import Extras, publish

    with pytest.raises(AppError, match="cannot be the name of a model"):
        publish(run.folder, run.faces, "fer2013", tmp_path / "models", extras=Extras(name))
    assert not (tmp_path / "models").exists()


def test_a_head_that_was_not_taught(run: Run, tmp_path: Path) -> None:
    from train.publishing.publish import publish

    with pytest.raises(AppError, match="no head 'ferplus'"):
        publish(run.folder, run.faces, "ferplus", tmp_path)


class TestWords:
    """No network is needed for these."""

    def figures(self, recall: float, split: str = PUBLIC_TEST) -> dict[str, Any]:
        values = {"precision": 0.5, "recall": recall, "f1": 0.5, "n": 10}
        return {
            "split": split,
            "labels": "FER-2013",
            "copies": "included",
            "per_class": {"fear": values, "happy": values | {"recall": 0.9}, "sad": values | {"n": 0}},
        }

    def test_weak_classes_are_named_with_their_figure(self) -> None:
        from train.publishing.words import weak_classes

        (sentence,) = weak_classes([self.figures(0.6, "held-out"), self.figures(0.412)], "FER-2013")
        assert "fear (finds 41 of 100)" in sentence
        assert "happy" not in sentence
        assert "sad" not in sentence
        assert "PublicTest" in sentence
        assert weak_classes([self.figures(0.5)], "FER-2013") == ()
        assert weak_classes([self.figures(0.1)], "FER+") == ()

    def test_a_page_takes_no_markup_from_a_card(self) -> None:
        from train.publishing.card_page import card_page

        card = ModelCard(
            "a_b", ("happy",), {"shape": [48, 48, 1], "value_range": [0, 255]}, limits=("<b>|no|</b>\n# x",)
        )
        page = card_page(card)
        assert r"\<b\>\|no\|\</b\> \# x" in page
        assert page.startswith("# a\\_b\n")


def test_the_shipped_cards_can_be_written_as_pages() -> None:
    from train.publishing.card_page import card_page

    for path in sorted((Path(__file__).parents[2] / "models").glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        if "labels" in data:
            assert f"{100 * data['metrics']['figures'][0]['accuracy']:.2f} %" in card_page(read_card(path))
