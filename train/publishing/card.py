"""The card of a model that a run of `fit` made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from emotion_gui.core.model_card import ModelCard
from emotion_gui.vision.preprocessing import FACE_SIDE
from train.config import TrainConfig
from train.data.faces import PUBLIC_TEST, TRAINING, Faces, fingerprint, without_blank
from train.judging.evaluate import MAJORITY, ORIGINAL
from train.learning.checkpoints import accuracy_key
from train.publishing.words import (
    LABEL_MEANINGS,
    LICENSE,
    LIMITS,
    SOURCE,
    emotion_meanings,
    weak_classes,
)

HEAD_LABELS = {"fer2013": ORIGINAL, "ferplus": MAJORITY}
INPUT: Mapping[str, Any] = {"shape": [FACE_SIDE, FACE_SIDE, 1], "value_range": [0, 255], "color": "gray"}


@dataclass(frozen=True)
class Origin:
    """Other models that stand behind a run.

    Attributes:
        teachers: Names of the models whose probabilities it learnt from.
        parent: The model that it went on from, as `parent_of` gives it; empty where it began with random weights.
    """

    teachers: tuple[str, ...] = ()
    parent: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Finished:
    """A run at its best epoch for one head.

    Attributes:
        config: Of the run.
        head: Key of `HEAD_LABELS`.
        best: The record of that epoch.
        origin: Whom it learnt from.
    """

    config: TrainConfig
    head: str
    best: Mapping[str, Any]
    origin: Origin = Origin()


def card_of_run(run: Finished, faces: Faces, metrics: Mapping[str, Any], name: str) -> ModelCard:
    """All that is known before the files are written.

    Args:
        run: What is published.
        faces: The faces of the run, with PublicTest where it was read.
        metrics: `figures` as `train.judging.evaluate.evaluate` gives them, and whatever else was measured.
        name: Of the model.
    """
    config, kind = run.config, HEAD_LABELS[run.head]
    return ModelCard(
        name=name,
        labels=config.classes,
        input=INPUT,
        training_data=_training_data(run, faces),
        split=(
            f"One part in {config.held_out_parts} of Training is held out, stratified by label and grouped by "
            "identical pixels, so that no copy stands on both sides."
        ),
        selection=_selection(run, faces),
        metrics=metrics,
        created=datetime.now(UTC).date().isoformat(),
        license=LICENSE,
        limits=(*LIMITS, *weak_classes(metrics["figures"], kind)),
        training=config.to_dict(),
        label_set=kind,
        label_meaning=LABEL_MEANINGS[kind],
        emotion_meanings=emotion_meanings(config.classes),
        data_sha256=fingerprint(faces.of_usage(TRAINING)),
        teachers=run.origin.teachers,
        parent=run.origin.parent,
    )


def _training_data(run: Finished, faces: Faces) -> str:
    training = faces.of_usage(TRAINING)
    blank = len(training) - len(without_blank(training))
    taught = {"fer2013": "FER-2013's own labels", "ferplus": "the FER+ votes (Barsoum et al. 2016)"}
    heads = [taught[head] for head in run.config.heads]
    what = f"one head, taught {heads[0]}."
    if len(heads) > 1:
        what = f"two heads on one trunk, one taught {heads[0]}, one {heads[1]}."
    classes = f" Only faces of {', '.join(run.config.classes)} were shown." if len(run.config.classes) < 7 else ""
    others = run.origin.teachers
    teachers = f" It learnt from the probabilities of {', '.join(others)} too." if others else ""
    return (
        f"{SOURCE}: {len(training)} faces, of which {blank} without variance are left out; {what} This is the head "
        f"for {HEAD_LABELS[run.head]}.{classes}{teachers}{_begun(run.origin.parent)}"
    )


def _begun(parent: Mapping[str, Any]) -> str:
    if not parent:
        return ""
    both = len(parent.get("training", {}).get("heads", ())) > 1
    what = ", which had learnt both ways of labelling on one trunk" if both else ""
    return f" The run went on from '{parent['name']}' (SHA-256 {parent['sha256']}){what}."


def _selection(run: Finished, faces: Faces) -> str:
    public = "PublicTest was read after that" if (faces.usage == PUBLIC_TEST).any() else "PublicTest was not read"
    best = f"{100 * run.best[accuracy_key(run.head)]:.2f} %"
    return (
        f"Epoch {run.best['epoch']} of {run.config.epochs}: the best accuracy of this head on the held-out faces "
        f"({best}), running mean of the weights; {public}. No flip averaging in the choice."
    )
