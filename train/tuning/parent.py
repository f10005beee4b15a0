"""The model that is tuned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import keras

from emotion_gui.core.errors import ModelError
from emotion_gui.core.model_card import ModelCard
from train.config import TrainConfig
from train.data.faces import PUBLIC_TEST, TRAINING, DataError, Faces, fingerprint, has_copy_in
from train.data.targets import UNLABELED
from train.judging.evaluate import KINDS, ORIGINAL, labels_among
from train.judging.judged_model import JudgedModel, load_judged_model
from train.judging.parts import HELD_OUT, Part, held_out_name
from train.learning.fit import split_training
from train.tuning.corrections import Corrections


@dataclass(frozen=True)
class Parent:
    """A published model.

    Attributes:
        path: Its `.keras` file.
        judged: Scores faces.
        label_set: Which labels it was taught; FER-2013's own where its card does not say.
    """

    path: Path
    judged: JudgedModel
    label_set: str

    @property
    def card(self) -> ModelCard:
        """Its card, or one made up."""
        return self.judged.card

    def copy(self) -> keras.Model:
        """The model anew, for weights of its own."""
        return keras.saving.load_model(self.path, safe_mode=True, compile=False)


def load_parent(path: Path) -> Parent:
    """Load a `.keras` file with its card.

    Raises:
        ModelError: It cannot be used or cannot be tuned.
    """
    if path.suffix.lower() != ".keras":
        raise ModelError(f"'{path.name}' cannot be tuned.", "Give the model's .keras file; its twin is made anew.")
    judged = load_judged_model(path)
    twin = judged.card.metrics.get("twin")
    # Cards of before `label_set` name the labels by which the twin was measured.
    stated = judged.card.label_set or (twin.get("labels") if isinstance(twin, dict) else "")
    return Parent(path, judged, stated if stated in KINDS else ORIGINAL)


@dataclass(frozen=True)
class Original:
    """The faces that the parent was trained on.

    Attributes:
        rehearsal: Those that may be shown again.
        parts: Those to judge by: the part held out from the parent, then PublicTest where the data has it.
    """

    rehearsal: Faces
    parts: tuple[Part, ...]


def original_of(parent: Parent, faces: Faces, corrections: Corrections) -> Original:
    """Divide FER-2013 as it was divided for the parent.

    Pixel copies of corrections are taken out of everything: a face cannot be a correction and judge whether the rest
    was forgotten.

    Raises:
        DataError: There are too few Training faces to divide them, or none has a label of the parent's kind.
    """
    card, training = parent.card, faces.of_usage(TRAINING)
    known: dict[str, Any] = {
        name: value for name in ("seed", "held_out_parts") if type(value := card.training.get(name)) is int
    }
    config = replace(TrainConfig(classes=card.labels), **known)
    learn, held_out = split_training(faces, config)
    same = len(known) == 2 and card.data_sha256 in {"", fingerprint(training)}
    name = held_out_name(config) if same else f"part of Training (1 in {config.held_out_parts}) that it may know"
    parts = [Part(HELD_OUT, name, _without(held_out, corrections), None)]
    if (faces.usage == PUBLIC_TEST).any():
        public = _without(faces.of_usage(PUBLIC_TEST), corrections)
        parts.append(Part(PUBLIC_TEST, PUBLIC_TEST, public, training))
    if (labels_among(parts[0].faces, parent.label_set, card.labels) == UNLABELED).all():
        raise DataError(
            f"The data has no {parent.label_set} labels, by which '{card.name}' was taught and is judged.",
            "Give the votes with --votes.",
        )
    return Original(_without(learn, corrections), tuple(parts))


def _without(faces: Faces, corrections: Corrections) -> Faces:
    return faces.select(~has_copy_in(faces.images, corrections.images))
