"""A published model: `.keras`, compiled twin and card."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.model_card import sha256_of
from emotion_gui.vision.classifiers import load_classifier
from tests.vision.classifiers.nets import ModelFiles, faces, write_card

pytestmark = pytest.mark.slow


@pytest.fixture
def published(models: ModelFiles, tmp_path: Path) -> Path:
    """A copy of the published files that a test may change; the `.keras`."""
    for suffix in (".keras", ".tflite", ".json"):
        shutil.copy(models / f"published{suffix}", tmp_path)
    return tmp_path / "published.keras"


def test_the_twin_runs_where_it_belongs_to_the_keras_file(published: Path) -> None:
    classifier = load_classifier(published)
    assert classifier.sha256 == sha256_of(published.with_suffix(".tflite"))
    assert classifier.card.metrics["accuracy"]["value"] == 0.5
    assert classifier.input_side == 48


def test_tensorflow_is_not_imported_for_the_twin(published: Path) -> None:
    code = (
        "import sys, pathlib, numpy\n"
        "from emotion_gui.vision.classifiers import load_classifier\n"
        "classifier = load_classifier(pathlib.Path(sys.argv[1]))\n"
        "classifier.probabilities([numpy.zeros((48, 48), numpy.uint8)])\n"
        "sys.exit(any(name in sys.modules for name in ('tensorflow', 'keras', 'h5py')))\n"
    )
    assert subprocess.run([sys.executable, "-c", code, str(published)], check=False).returncode == 0


@pytest.mark.parametrize("changes", [{"keras_sha256": "0" * 64}, {"tflite_sha256": "0" * 64}, {"tflite_sha256": ""}])
def test_a_twin_of_another_model_is_not_used(published: Path, changes: dict[str, str]) -> None:
    write_card(published, **changes)
    assert load_classifier(published).sha256 == sha256_of(published)


def test_the_keras_file_and_its_twin_give_the_same_scores(published: Path) -> None:
    twin = load_classifier(published).probabilities(faces())
    published.with_suffix(".tflite").unlink()
    original = load_classifier(published).probabilities(faces())
    # Both compute in float32 and add up in another order.
    np.testing.assert_allclose(twin, original, atol=1e-4)
    assert np.ptp(original, axis=0).max() > 0.05, "the faces must differ for the comparison to mean anything"


def test_the_twin_alone_stands_for_the_model(published: Path) -> None:
    published.unlink()
    classifier = load_classifier(published)
    assert classifier.sha256 == sha256_of(published.with_suffix(".tflite"))
    assert classifier.card.metrics


def test_figures_are_not_shown_for_weights_they_were_not_measured_on(published: Path) -> None:
    write_card(published, keras_sha256="1" * 64, tflite_sha256="")
    card = load_classifier(published).card
    assert card.labels == EMOTION_NAMES
    assert not card.metrics
