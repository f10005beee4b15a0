"""What a model began with, where its run went on from a published one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from emotion_gui.core.model_card import read_card, sha256_of
from train.config import TrainConfig
from train.data.faces import DataError

_DESCRIPTION = "The run began with its weights."


def parent_of(config: TrainConfig, begun_with: Path | None) -> Mapping[str, Any]:
    """The model that a run went on from, as a card keeps it: with how it was trained and chosen; empty without one.

    Args:
        config: Of the run.
        begun_with: That model; None to name it by its hash.

    Raises:
        DataError: The file is missing or another one, or the run began with none.
        ModelError: Its card is broken.
    """
    sha256 = config.network.begun_with
    if begun_with is None:
        return {"name": "unknown", "sha256": sha256, "description": _DESCRIPTION} if sha256 else {}
    if not begun_with.is_file():
        raise DataError(f"There is no model file '{begun_with}'.", "Give the one that 'fit' was given.")
    if sha256_of(begun_with) != sha256:
        raise DataError(
            f"'{begun_with.name}' is not the model that the run began with.",
            "Give the one that 'fit' was given with --begin-with.",
        )
    card = read_card(begun_with.with_suffix(".json"))
    return {
        "name": card.name,
        "sha256": sha256,
        "description": f"{_DESCRIPTION} It was chosen so: {card.selection}",
        "training": dict(card.training),
    }
