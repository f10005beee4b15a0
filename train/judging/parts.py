"""Which faces a model is scored on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from emotion_gui.core.errors import AppError
from emotion_gui.core.model_card import ModelCard
from train.config import TrainConfig, read_config
from train.data.faces import PRIVATE_TEST, PUBLIC_TEST, TRAINING, DataError, Faces, fingerprint
from train.learning.fit import refuse_other_faces, split_training

HELD_OUT = "held-out"
SPLITS = (PUBLIC_TEST, PRIVATE_TEST, HELD_OUT)


@dataclass(frozen=True)
class Part:
    """Faces that are scored together.

    Attributes:
        key: One of `SPLITS`; stands in file names.
        name: As it stands in cards and on pages.
        faces: The faces.
        training: The faces whose copies are removed for a second set of figures; None where there are none.
    """

    key: str
    name: str
    faces: Faces
    training: Faces | None


def held_out_name(config: TrainConfig) -> str:
    """How cards name the faces that a run kept back."""
    return f"held-out part of Training (1 in {config.held_out_parts})"


def parts_of(faces: Faces, splits: Sequence[str], card: ModelCard, run: Path | None) -> list[Part]:
    """The faces of each split.

    Args:
        faces: The data.
        splits: Some of `SPLITS`; none for those test parts that the data has.
        card: The model's; where no run is given it says how Training was divided.
        run: Folder of the run that the model came from, or None.

    Raises:
        DataError: The data has no such faces, or they are not those of the run.
        AppError: Nothing tells how Training was divided, or run and card contradict each other.
    """
    chosen = splits or [split for split in (PUBLIC_TEST, PRIVATE_TEST) if (faces.usage == split).any()]
    if not chosen:
        raise DataError(
            "The data has no PublicTest or PrivateTest faces.",
            f"Give FER-2013 with a test part, or ask for the held-out part of Training with --split {HELD_OUT}.",
        )
    # Copies of held-out faces count as copies too: the epoch was chosen by them.
    training = faces.select(faces.usage == TRAINING)
    known = training if len(training) else None
    return [
        _held_out(faces, card, run) if split == HELD_OUT else Part(split, split, faces.of_usage(split), known)
        for split in dict.fromkeys(chosen)
    ]


def _held_out(faces: Faces, card: ModelCard, run: Path | None) -> Part:
    """No copies to remove: the split keeps all copies of a face on one side."""
    config = _division(card, run)
    if run is not None:
        refuse_other_faces(faces, run)
    if card.data_sha256 not in {"", fingerprint(faces.of_usage(TRAINING))}:
        raise DataError(
            f"These are not the faces or votes that '{card.name}' was trained with.",
            "Give the same data and the same votes; with others, faces that it learnt from would count as held out.",
        )
    return Part(HELD_OUT, held_out_name(config), split_training(faces, config)[1], None)


def _division(card: ModelCard, run: Path | None) -> TrainConfig:
    """The run's configuration; what decides its division must be as the card has it."""
    kept: dict[str, Any] = {name: card.training.get(name) for name in ("held_out_parts", "seed")}
    if run is not None:
        config = read_config(run)
        if any(kept[name] not in {None, getattr(config, name)} for name in kept):
            raise AppError(
                f"The run in '{run}' held out other faces than the one that '{card.name}' came from.",
                "Give the folder of the model's own run.",
            )
        return config
    if not all(type(value) is int for value in kept.values()):
        raise AppError(
            f"Nothing says which faces were held out when '{card.name}' was trained.",
            "Give the folder of its run with --run.",
        )
    return replace(TrainConfig(classes=card.labels), **kept)
