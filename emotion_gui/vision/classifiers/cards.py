"""The card of a model file: the one beside it, or one made up from the file where there is none."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.errors import ModelError
from emotion_gui.core.model_card import ModelCard, read_card, sha256_of
from emotion_gui.core.translation import _

AskLabels = Callable[[int], tuple[str, ...] | None]


def card_beside(path: Path) -> ModelCard | None:
    """The card `NAME.json` of a model file; None where there is none or the JSON is something else.

    Raises:
        ModelError: A file of that name is there and is a broken card.
    """
    file = path.with_suffix(".json")
    if not file.is_file() or file == path:
        return None
    data = _read_json(file)
    # Unreadable JSON goes on to `read_card`, which has the sentence for it.
    return None if isinstance(data, dict) and "labels" not in data else read_card(file)


def is_architecture(path: Path) -> bool:
    """Whether a JSON file describes a Keras model, as `model.to_json()` writes it."""
    data = _read_json(path)
    return isinstance(data, dict) and "class_name" in data and "config" in data


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def verified_twin(keras_file: Path) -> Path | None:
    """`NAME.tflite` where the card says that it was made from exactly this `NAME.keras`; otherwise None.

    Raises:
        ModelError: The card is broken.
    """
    card, twin = card_beside(keras_file), keras_file.with_suffix(".tflite")
    if card is None or not card.tflite_sha256 or not twin.is_file():
        return None
    try:
        same = card.tflite_sha256 == sha256_of(twin) and card.keras_sha256 == sha256_of(keras_file)
    except OSError:
        # A twin that cannot be read is no reason not to load the model itself.
        return None
    return twin if same else None


def card_for(
    path: Path, sha256: str, classes: int, *, made_up_input: Mapping[str, Any], ask_labels: AskLabels | None
) -> ModelCard:
    """The card that a loaded model goes by.

    Args:
        path: The file that runs.
        sha256: Its hash.
        classes: Number of the model's outputs.
        made_up_input: What stands under `input` in the card of a model that has none.
        ask_labels: Asked for the emotion names where neither a card nor FER-2013's seven classes give them.

    Raises:
        ModelError: The card does not fit the model, or its classes stay unknown.
    """
    card = card_beside(path)
    if card is None:
        labels = _labels(path, classes, ask_labels)
        return ModelCard(path.stem, labels, made_up_input, limits=("Nothing is known about how it was trained.",))
    if len(card.labels) != classes:
        raise ModelError(
            _("The card of '{name}' names {labels} expressions, but the model has {classes} outputs.").format(
                name=path.name, labels=len(card.labels), classes=classes
            ),
            _("Put the right card beside it, or choose another model."),
        )
    if sha256 in {card.keras_sha256, card.tflite_sha256}:
        return card
    # Labels and input outlive a further training; figures measured on other weights do not.
    return replace(card, metrics={}, keras_sha256="", tflite_sha256="")


def _labels(path: Path, classes: int, ask_labels: AskLabels | None) -> tuple[str, ...]:
    if classes == len(EMOTION_NAMES):
        return EMOTION_NAMES
    labels = ask_labels(classes) if ask_labels else None
    if labels is None:
        raise ModelError(
            _("'{name}' was not opened: nobody said which {classes} expressions it names.").format(
                name=path.name, classes=classes
            ),
            _("Open it again and name them, or put a card '{stem}.json' beside it.").format(stem=path.stem),
        )
    if len(labels) != classes:
        raise ModelError(
            _("'{name}' needs {classes} names, not {labels}.").format(
                name=path.name, classes=classes, labels=len(labels)
            ),
            _("Open it again and name each one."),
        )
    return labels
