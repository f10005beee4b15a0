"""A published model from which a run may go on: it must not know the faces that the run holds out."""

from __future__ import annotations

from pathlib import Path

import keras

from emotion_gui.core.errors import ModelError
from train.config import HEADS, TrainConfig
from train.data.faces import TRAINING, Faces, fingerprint
from train.judging.evaluate import KINDS
from train.judging.judged_model import load_judged_model
from train.learning.beginning import Beginning


def beginning_of(path: Path, faces: Faces, config: TrainConfig) -> Beginning:
    """Load a `.keras` file with its card for a run to begin with.

    Args:
        path: The model.
        faces: Of the run.
        config: Of the run.

    Raises:
        ModelError: It cannot be used, has no card of its own, or was trained with other faces held out.
    """
    if path.suffix.lower() != ".keras":
        raise ModelError(f"No run can go on from '{path.name}'.", "Give the model's .keras file.")
    judged = load_judged_model(path)
    if not judged.has_card or not judged.own_figures:
        raise ModelError(
            f"'{path.name}' has no card of its own beside it, so nobody knows which faces it has learnt.",
            "Give a model as 'publish' wrote it, with its card.",
        )
    card = judged.card
    known = tuple(card.training.get(name) for name in ("seed", "held_out_parts"))
    same_faces = card.data_sha256 == fingerprint(faces.of_usage(TRAINING))
    if not same_faces or known != (config.seed, config.held_out_parts):
        raise ModelError(
            f"'{path.name}' may have learnt faces that this run would hold out.",
            "Give the data, --seed and --held-out-parts that its card names.",
        )
    head = dict(zip(KINDS, HEADS, strict=True)).get(card.label_set, "")
    return Beginning(path.name, keras.saving.load_model(path, safe_mode=True, compile=False), head)
