"""What an edition without TensorFlow says of models that need it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from emotion_gui.core.errors import ModelError
from emotion_gui.core.paths import models_folder
from emotion_gui.vision.classifiers import load_classifier


@pytest.fixture(autouse=True)
def no_tensorflow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither is found; what another test has imported is forgotten for a while."""
    for name in ("tensorflow", "keras", "h5py"):
        monkeypatch.delitem(sys.modules, name, raising=False)

    def find_spec(name: str) -> None:
        assert name == "tensorflow"

    monkeypatch.setattr("emotion_gui.vision.classifiers.model_files.find_spec", find_spec)


@pytest.mark.parametrize("name", ["mine.keras", "mine.h5", "mine.hdf5", "mine.json"])
def test_it_says_where_to_go(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"anything")
    with pytest.raises(ModelError, match=r"needs TensorFlow") as told:
        load_classifier(tmp_path / name)
    assert name in told.value.message
    assert "full edition" in told.value.hint
    assert ".tflite" in told.value.hint
    assert "h5py" not in sys.modules


def test_a_twin_of_other_weights_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.keras").write_bytes(b"anything")
    shutil.copy(models_folder() / "ferplus.tflite", tmp_path / "mine.tflite")
    with pytest.raises(ModelError) as told:
        load_classifier(tmp_path / "mine.keras")
    assert "'mine.tflite'" in told.value.hint


def test_the_twin_of_the_same_card_runs_in_its_place() -> None:
    assert load_classifier(models_folder() / "ferplus.keras").card.name == "ferplus"
    assert "tensorflow" not in sys.modules
