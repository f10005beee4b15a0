"""What the card of the model that ran says of it: how good it is at each expression, on which faces."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from emotion_gui.core import paths
from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.errors import ModelError
from emotion_gui.core.model_card import ModelCard, read_card
from emotion_gui.core.session import Provenance

_ALL_FACES = "included"


class CardMatch(Enum):
    """How a card was found."""

    EXACT = "exact"
    """It names the file that ran, by its hash."""
    NAME_ONLY = "name only"
    """A card has the model's name and describes another file."""
    NONE = "none"
    """No card that comes with the program fits."""


@dataclass(frozen=True)
class ClassFigure:
    """How well one expression is named.

    Attributes:
        emotion: Which.
        precision: Of the faces that were called so, the share that is labelled so; 0 to 1.
        recall: Of the faces that are labelled so, the share that was called so; 0 to 1.
        faces: How many faces are labelled so.
    """

    emotion: Emotion
    precision: float
    recall: float
    faces: int


@dataclass(frozen=True)
class ModelExcerpt:
    """The card, and of its figures those that fit the model's own labels on the strictest faces it has.

    Attributes:
        match: How the card was found.
        card: The card; None where there is none.
        split: Which faces the figures were measured on.
        labels: Whose labels they were compared with.
        copies: What was done about copies of faces that were trained on.
        flip_averaging: Whether each face was also shown in a mirror and the results averaged; the program does not.
        faces: How many faces.
        accuracy: Share of faces named as labelled, 0 to 1; None where the card has no figures.
        classes: Figures of each expression, in the order of `EMOTIONS`; empty where the card has none.
    """

    match: CardMatch
    card: ModelCard | None = None
    split: str = ""
    labels: str = ""
    copies: str = ""
    flip_averaging: bool = False
    faces: int = 0
    accuracy: float | None = None
    classes: tuple[ClassFigure, ...] = ()


def model_excerpt(provenance: Provenance) -> ModelExcerpt:
    """The excerpt for the model of a session, from the cards that come with the program.

    Figures are given for exactly the file that ran, by its hash: those of another file of the same name would be
    somebody else's.
    """
    cards = _shipped_cards()
    for card in cards:
        if provenance.model_sha256 and provenance.model_sha256 in {card.keras_sha256, card.tflite_sha256}:
            return _with_figures(ModelExcerpt(CardMatch.EXACT, card))
    same_name = next((card for card in cards if card.name == provenance.model_name), None)
    return ModelExcerpt(CardMatch.NAME_ONLY if same_name else CardMatch.NONE, same_name)


def _shipped_cards() -> list[ModelCard]:
    cards = []
    for path in sorted(paths.models_folder().glob("*.json")):
        # A broken card is told when its model is loaded; a report does without it.
        with suppress(ModelError):
            cards.append(read_card(path))
    return cards


def _with_figures(excerpt: ModelExcerpt) -> ModelExcerpt:
    card = excerpt.card
    listed = card.metrics.get("figures") if card else None
    if card is None or not isinstance(listed, list):
        return excerpt
    usable = [figure for figure in listed if isinstance(figure, Mapping) and figure.get("labels") == card.label_set]
    if not usable:
        return excerpt
    # Without averaging and without copies is what a live face meets; the split listed last is furthest from training.
    best = max(enumerate(usable), key=lambda item: (*_strictness(item[1]), item[0]))[1]
    # A card that another program wrote may hold anything.
    with suppress(KeyError, TypeError, ValueError):
        return replace(
            excerpt,
            split=str(best["split"]),
            labels=str(best["labels"]),
            copies=str(best.get("copies", "")),
            flip_averaging=bool(best.get("flip_averaging", False)),
            faces=int(best["n"]),
            accuracy=float(best["accuracy"]),
            classes=_class_figures(best["per_class"]),
        )
    return excerpt


def _strictness(figure: Mapping[str, Any]) -> tuple[bool, bool]:
    return not figure.get("flip_averaging", False), figure.get("copies", _ALL_FACES) != _ALL_FACES


def _class_figures(per_class: Mapping[str, Any]) -> tuple[ClassFigure, ...]:
    return tuple(
        ClassFigure(emotion, float(row["precision"]), float(row["recall"]), int(row["n"]))
        for emotion in EMOTIONS
        if (row := per_class.get(emotion.value))
    )
