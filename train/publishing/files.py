"""The files of one published model: model, compiled twin, card for the program, card for people, weights on request."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import keras

from emotion_gui.core.atomic_file import atomic_path
from emotion_gui.core.errors import AppError
from emotion_gui.core.model_card import ModelCard, sha256_of
from emotion_gui.core.safe_name import safe_name
from train.publishing.card_page import card_page
from train.publishing.twin import Sample, write_twin


@dataclass(frozen=True)
class ModelFiles:
    """Where the files of a model are.

    Attributes:
        folder: Created when missing.
        name: Of the model, without suffix.

    Raises:
        AppError: The name is none that every file system takes.
    """

    folder: Path
    name: str

    def __post_init__(self) -> None:
        # A dot would be taken for the beginning of a suffix.
        usable = safe_name(self.name.replace(".", "-"), "my-model")
        if usable != self.name:
            raise AppError(f"'{self.name}' cannot be the name of a model.", f"Call it '{usable}', for example.")

    @property
    def keras(self) -> Path:
        return self.folder / f"{self.name}.keras"

    @property
    def twin(self) -> Path:
        return self.folder / f"{self.name}.tflite"

    @property
    def card(self) -> Path:
        return self.folder / f"{self.name}.json"

    @property
    def page(self) -> Path:
        return self.folder / f"{self.name}.md"

    @property
    def architecture(self) -> Path:
        return self.folder / f"{self.name}_architecture.json"

    @property
    def weights(self) -> Path:
        return self.folder / f"{self.name}.weights.h5"


def write_files(
    model: keras.Model, card: ModelCard, files: ModelFiles, *, sample: Sample, weights_json: bool = False
) -> ModelCard:
    """Write a model with its twin and its cards.

    The card comes last: until it is there, the program takes a new model file beside an old card as one of which no
    figures are known.

    Args:
        model: From float32 [n, 48, 48, 1], 0 to 255, to probabilities.
        card: All that is known but for the files themselves.
        files: Where they go.
        sample: Faces by which the twin is held to the model.
        weights_json: Whether the architecture is written as JSON too, with the weights as `.weights.h5`, for
            `keras.models.model_from_json`; otherwise such files of an earlier model of this name are removed.

    Returns:
        The card with parameters, hashes, versions and the twin's figures.
    """
    _write(files.keras, model.save)
    twin_figures = write_twin(model, files.twin, sample)
    if weights_json:
        _write(files.architecture, lambda path: path.write_text(model.to_json(indent=1) + "\n", encoding="utf-8"))
        # Keras goes by the double suffix, which the temporary file of `_write` lacks.
        writing = files.weights.with_name(f".writing-{files.weights.name}")
        model.save_weights(writing)
        writing.replace(files.weights)
    else:
        # Weights of another training under this name would be taken for this model's.
        for path in (files.architecture, files.weights):
            path.unlink(missing_ok=True)
    complete = replace(
        card,
        parameters=int(model.count_params()),
        metrics={**card.metrics, "twin": twin_figures},
        keras_sha256=sha256_of(files.keras),
        tflite_sha256=sha256_of(files.twin),
        versions=versions(),
    )
    _write_text(files.page, card_page(complete))
    _write_text(files.card, json.dumps(complete.to_dict(), indent=1) + "\n")
    return complete


def versions() -> dict[str, str]:
    """What computes here, by name: Python, Keras, its backend and NumPy."""
    # With the numpy backend of Keras there is one package less.
    packages = dict.fromkeys(("keras", keras.backend.backend(), "numpy"))
    return {"python": platform.python_version()} | {package: version(package) for package in packages}


def _write(path: Path, write: Callable[[Path], object]) -> None:
    with atomic_path(path) as temporary:
        write(temporary)


def _write_text(path: Path, text: str) -> None:
    _write(path, lambda temporary: temporary.write_text(text, encoding="utf-8"))
