"""The table of model kinds and the model that comes with the program."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from emotion_gui.core import paths
from emotion_gui.core.errors import ModelError
from emotion_gui.vision.classifiers import CLASSIFIERS, shipped_model
from emotion_gui.vision.classifiers.model_files import DEFAULT_MODEL


@pytest.mark.parametrize("suffix", CLASSIFIERS)
def test_every_entry_names_a_loader(suffix: str) -> None:
    module, _, function = CLASSIFIERS[suffix].partition(":")
    assert suffix == suffix.lower()
    assert callable(getattr(import_module(module), function))


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty models folder in the place of the program's own."""
    monkeypatch.setattr(paths, "models_folder", lambda: tmp_path / "models")
    (tmp_path / "models").mkdir()
    return tmp_path / "models"


@pytest.mark.parametrize(("files", "chosen"), [
    ((f"{DEFAULT_MODEL}.keras", f"{DEFAULT_MODEL}.tflite", "a.keras"), f"{DEFAULT_MODEL}.keras"),
    ((f"{DEFAULT_MODEL}.tflite", "a.keras"), f"{DEFAULT_MODEL}.tflite"),
    (("b.keras", "a.tflite", "readme.txt"), "a.tflite"),
])  # fmt: skip
def test_the_shipped_model(shelf: Path, files: tuple[str, ...], chosen: str) -> None:
    for name in files:
        (shelf / name).touch()
    assert shipped_model() == shelf / chosen


def test_a_program_without_a_model_says_so(shelf: Path) -> None:
    (shelf / "readme.txt").touch()
    with pytest.raises(ModelError, match="missing"):
        shipped_model()
    (shelf / "readme.txt").unlink()
    shelf.rmdir()
    with pytest.raises(ModelError, match="missing"):
        shipped_model()
