"""The card beside every published model: what it was trained on, how it was chosen, how good it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.errors import ModelError
from emotion_gui.core.translation import _

CARD_FORMAT = 1


@dataclass(frozen=True)
class ModelCard:
    """`models/NAME.json`.

    Attributes:
        name: The model's name, without folder or suffix.
        labels: Emotion names in the order of the model's outputs; each one of `EMOTION_NAMES`, none twice.
        input: `shape` (height, width, channels), `value_range` [0, 255] and `color` ('gray' or 'rgb').
        training_data: What it was trained on, with terms.
        split: How training, selection and test faces were divided, and what was done about copies.
        selection: By which figure, on which faces, the published weights were chosen.
        metrics: Figures by name; each is a dict that names its split, labels, copies and value.
        keras_sha256: SHA-256 of `NAME.keras`, 64 hexadecimal digits.
        tflite_sha256: SHA-256 of the compiled twin made from exactly that `.keras`; empty where there is none.
        created: Date of publication, ISO 8601.
        license: Licence of the weights.
        limits: What the model must not be used for and on whom it may fail, one sentence each.
        parameters: Number of weights.
        training: The configuration of the run that made it.
        label_set: Which way of labelling it was taught, as `metrics` names it; empty where that is not known.
        label_meaning: Where those labels come from, for people.
        emotion_meanings: What each label stands for, one sentence each.
        data_sha256: Fingerprint of the Training faces, labels and votes; empty where that is not known.
        teachers: Names of the models whose probabilities it learnt from.
        parent: Of a model that was tuned from another: that one's `name`, its `sha256`, and what it was tuned with.
        versions: What wrote it: versions of Keras, its backend and NumPy.
        format: Version of this file's layout.
    """

    name: str
    labels: tuple[str, ...]
    input: Mapping[str, Any]
    training_data: str = ""
    split: str = ""
    selection: str = ""
    metrics: Mapping[str, Any] = field(default_factory=dict)
    keras_sha256: str = ""
    tflite_sha256: str = ""
    created: str = ""
    license: str = ""
    limits: tuple[str, ...] = ()
    parameters: int = 0
    training: Mapping[str, Any] = field(default_factory=dict)
    label_set: str = ""
    label_meaning: str = ""
    emotion_meanings: Mapping[str, str] = field(default_factory=dict)
    data_sha256: str = ""
    teachers: tuple[str, ...] = ()
    parent: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    format: int = CARD_FORMAT

    def __post_init__(self) -> None:
        unknown = [label for label in self.labels if label not in EMOTION_NAMES]
        if unknown or not self.labels or len(set(self.labels)) != len(self.labels):
            raise ModelError(
                _("The card of '{name}' has labels that this program does not know: {names}.").format(
                    name=self.name, names=", ".join(self.labels)
                ),
                _("Each must be one of {names}, none twice.").format(names=", ".join(EMOTION_NAMES)),
            )

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ModelCard:
        """Build a card from parsed JSON; keys that a later version added are left out.

        Raises:
            ModelError: A required key is missing, a value is of the wrong type, or the labels are not ours.
        """
        missing = [key for key in ("name", "labels", "input") if key not in data]
        if missing:
            raise ModelError(
                _("The model card lacks {names}.").format(names=", ".join(missing)),
                _("Publish the model again with its card."),
            )
        values = {entry.name: data[entry.name] for entry in fields(cls) if entry.name in data}
        wrong = [key for key, value in values.items() if not _is_usable(key, value)]
        if wrong:
            raise ModelError(
                _("The model card has no usable {names}.").format(names=", ".join(wrong)),
                _("Publish the model again with its card."),
            )
        values |= {key: tuple(values.get(key, ())) for key in _LISTS}
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """The card as JSON types."""
        return asdict(self) | {key: list(getattr(self, key)) for key in _LISTS}


_LISTS = ("labels", "limits", "teachers")
_TEXTS_BY_KEY = ("emotion_meanings", "versions")
_TEXTS = (
    *("name", "training_data", "split", "selection", "keras_sha256", "tflite_sha256", "created", "license"),
    *("label_set", "label_meaning", "data_sha256"),
)
_JSON_TYPES: Mapping[str, type | tuple[type, ...]] = (
    dict.fromkeys(_TEXTS, str)
    | dict.fromkeys(_LISTS, (list, tuple))
    | dict.fromkeys(("input", "metrics", "training", "parent", *_TEXTS_BY_KEY), Mapping)
    | dict.fromkeys(("parameters", "format"), int)
)


def _is_usable(key: str, value: Any) -> bool:
    fits: bool = isinstance(value, _JSON_TYPES[key])
    if not fits:
        return False
    texts = value if key in _LISTS else value.values() if key in _TEXTS_BY_KEY else ()
    return all(isinstance(item, str) for item in texts)


def read_card(path: Path) -> ModelCard:
    """Read `NAME.json`.

    Raises:
        ModelError: The file cannot be read or is not a model card.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(
            _("The model card '{name}' cannot be read.").format(name=path.name), _("Publish the model again.")
        ) from error
    if not isinstance(data, dict):
        raise ModelError(
            _("'{name}' is not a model card.").format(name=path.name), _("Publish the model again with its card.")
        )
    return ModelCard.from_dict(data)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
