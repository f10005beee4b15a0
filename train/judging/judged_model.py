"""A model file with its card, ready to be scored."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import keras
import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.errors import ModelError
from emotion_gui.core.model_card import ModelCard, read_card, sha256_of
from emotion_gui.vision.preprocessing import FACE_SIDE
from train.judging.scoring import score_keras, score_twin

_INPUT = {"shape": [FACE_SIDE, FACE_SIDE, 1], "value_range": [0, 255], "color": "gray"}
# What Keras and the zip, HDF5 and JSON readers below it raise for a file that is torn, foreign or unsafe.
_KERAS_ERRORS = (
    OSError,
    EOFError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RuntimeError,
    ImportError,
    zipfile.BadZipFile,
    zlib.error,
)
# Rounding of int8 outputs moves a sum of probabilities by less than this.
_ROUNDING = 0.05


@dataclass(frozen=True)
class JudgedModel:
    """A model and what is known about it.

    Attributes:
        file_name: Name of the file that is judged, with suffix.
        sha256: Its hash.
        card: Its card; made up, with `EMOTION_NAMES` as labels, where it has none.
        has_card: Whether a card stands beside it.
        own_figures: Whether the card's figures were measured on exactly these weights.
        scores: From uint8 [n, 48, 48] to what the model gives, float32 [n, k].
    """

    file_name: str
    sha256: str
    card: ModelCard
    has_card: bool
    own_figures: bool
    scores: Callable[[NDArray[np.uint8]], NDArray[np.float32]]

    @property
    def is_twin(self) -> bool:
        """Whether it is the compiled twin, not the Keras model."""
        return self.file_name.lower().endswith(".tflite")

    def probabilities(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """uint8 [n, 48, 48] to float32 [n, k], in the order of the card's labels.

        Raises:
            ModelError: What it gives are no probabilities.
        """
        scores = self.scores(images)
        sums = scores.sum(axis=1)
        # Written so that 'not a number' fails too.
        if not (scores.min() >= -_ROUNDING and (np.abs(sums - 1) <= _ROUNDING).all()):
            raise ModelError(
                f"'{self.file_name}' gives numbers that are no probabilities.",
                "Put a softmax at its end, as 'python -m train publish' does.",
            )
        return scores


def load_judged_model(path: Path) -> JudgedModel:
    """Load `NAME.keras` or `NAME.tflite`, and its card `NAME.json` beside it.

    Keras's safe mode is on, so that a file cannot bring program code. LiteRT has no such mode and can crash on a
    damaged file: a twin is loaded only when its card vouches for it by its hash.

    Raises:
        ModelError: The file is missing, torn, foreign or unsafe, its card is broken or another's, or it does not take
            grey faces of 48 pixels and give a number per class.
    """
    suffix = path.suffix.lower()
    if suffix not in {".keras", ".tflite"}:
        raise ModelError(f"'{path.name}' is no .keras or .tflite file.", "Give a model that 'publish' wrote.")
    if not path.is_file():
        raise ModelError(f"There is no model file '{path}'.", "Give a model that 'publish' wrote.")
    sha256 = sha256_of(path)
    card_path = path.with_suffix(".json")
    card = read_card(card_path) if card_path.is_file() else None
    load = _load_keras if suffix == ".keras" else partial(_load_twin, card=card, sha256=sha256)
    classes, scores = load(path)
    _refuse_misfit(path.name, card, classes)
    return JudgedModel(
        path.name,
        sha256,
        card or ModelCard(path.stem, EMOTION_NAMES, _INPUT),
        has_card=card is not None,
        own_figures=card is not None and sha256 in {card.keras_sha256, card.tflite_sha256},
        scores=scores,
    )


Loaded = tuple[int, Callable[[NDArray[np.uint8]], NDArray[np.float32]]]


def _load_keras(path: Path) -> Loaded:
    try:
        model = keras.saving.load_model(path, safe_mode=True, compile=False)
        shapes = tuple(model.input_shape), tuple(model.output_shape)
    except _KERAS_ERRORS as error:
        raise ModelError(
            f"'{path.name}' cannot be loaded as a Keras model.",
            "It is damaged, no model, or holds program code; give a .keras file that 'publish' wrote.",
        ) from error
    return _classes(path.name, *shapes), partial(score_keras, model)


def _load_twin(path: Path, *, card: ModelCard | None, sha256: str) -> Loaded:
    if card is None or card.tflite_sha256 != sha256:
        raise ModelError(
            f"'{path.name}' is not the twin that a card '{path.stem}.json' beside it describes.",
            "Give a .tflite file as 'publish' wrote it, together with its card.",
        )
    try:
        interpreter = Interpreter(str(path), num_threads=1)
        interpreter.allocate_tensors()
    except (ValueError, RuntimeError) as error:
        raise ModelError(f"'{path.name}' cannot be loaded by LiteRT.", "Publish the model again.") from error
    (source, *more_sources), (target, *more_targets) = interpreter.get_input_details(), interpreter.get_output_details()
    if more_sources or more_targets or source["dtype"] != np.float32 or target["dtype"] != np.float32:
        raise ModelError(f"'{path.name}' does not take and give one float32 array.", "Publish the model again.")
    shapes = ((None, *entry["shape"][1:].tolist()) for entry in (source, target))
    return _classes(path.name, *shapes), partial(score_twin, path)


def _classes(name: str, taken: tuple[int | None, ...], given: tuple[int | None, ...]) -> int:
    """How many classes a model of these shapes tells apart."""
    count = given[1] if len(given) == 2 else None
    if taken != (None, FACE_SIDE, FACE_SIDE, 1) or count is None or not 2 <= count <= len(EMOTION_NAMES):
        raise ModelError(
            f"'{name}' takes {taken} and gives {given}.",
            f"A model from (n, {FACE_SIDE}, {FACE_SIDE}, 1) to 2 to {len(EMOTION_NAMES)} classes is needed.",
        )
    return count


def _refuse_misfit(name: str, card: ModelCard | None, classes: int) -> None:
    if card is None and classes != len(EMOTION_NAMES):
        raise ModelError(
            f"'{name}' tells {classes} expressions apart, and no card beside it says which.",
            "Put its card beside it, with the same name and the suffix .json.",
        )
    if card is not None and len(card.labels) != classes:
        raise ModelError(
            f"The card of '{name}' names {len(card.labels)} expressions, but the model has {classes} outputs.",
            "Put the right card beside it.",
        )
    value_range = _INPUT["value_range"] if card is None else card.input.get("value_range", _INPUT["value_range"])
    if value_range != _INPUT["value_range"]:
        raise ModelError(
            f"The card of '{name}' says that the model takes grey levels in {value_range}.",
            "Put a rescaling layer into the model, so that it takes 0 to 255.",
        )
