"""Asks finished models what they say of the Training faces."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.errors import AppError, ModelError
from train.config import HEADS
from train.data.faces import TRAINING, Faces
from train.judging.judged_model import JudgedModel, load_judged_model
from train.learning.soft_labels import SoftLabels, Teacher, checksums

Probabilities = NDArray[np.float32]


def soften(models: Sequence[Path], faces: Faces, *, head: str | None = None, temperature: float = 1.0) -> SoftLabels:
    """The mean of the teachers' probabilities, each asked about every face and its mirror image.

    Args:
        models: Published files with their cards, one or more.
        faces: FER-2013; only its Training part is read.
        head: Whose targets the teachers soften; None to go by each card's name.
        temperature: Divides the teachers' logits (Hinton et al. 2015, section 2); above 1 the classes that are not the
            likeliest weigh more.

    Raises:
        AppError: The temperature is none, or a card's name is no head's.
        ModelError: A model cannot be used or has no card of its own, or the models tell different emotions apart.
        DataError: There are no Training faces.
    """
    if not 0.1 <= temperature <= 100:
        raise AppError(f"The temperature is {temperature}.", "Give one from 0.1 to 100; 1 leaves things as they are.")
    training = faces.of_usage(TRAINING)
    training = training.select(np.argsort(training.rows))
    loaded = [_load(path) for path in models]
    _refuse_different_classes(loaded)
    teachers = [_teacher(model, head) for model in loaded]
    answers: dict[str, list[Probabilities]] = {}
    for model, teacher in zip(loaded, teachers, strict=True):
        print(f"{model.file_name} looks at {len(training)} faces for '{teacher.head}'", flush=True)
        answers.setdefault(teacher.head, []).append(_answers(model, training.images, temperature))
    return SoftLabels(
        training.rows,
        checksums(training.images),
        {name: np.mean(answers[name], axis=0, dtype=np.float32) for name in HEADS if name in answers},
        tuple(name for name in EMOTION_NAMES if name in loaded[0].card.labels),
        tuple(teachers),
        temperature,
    )


def _load(path: Path) -> JudgedModel:
    model = load_judged_model(path)
    if not model.has_card or not model.own_figures:
        raise ModelError(
            f"'{path.name}' has no card that was made for it.", "Give a model as 'publish' wrote it, with its card."
        )
    return model


def _refuse_different_classes(models: Sequence[JudgedModel]) -> None:
    first = models[0]
    for other in models[1:]:
        if set(other.card.labels) != set(first.card.labels):
            raise ModelError(
                f"'{first.file_name}' and '{other.file_name}' tell different emotions apart.",
                "Ask teachers of the same emotions, or make one file for each.",
            )


def _teacher(model: JudgedModel, head: str | None) -> Teacher:
    chosen = head or model.card.name
    if chosen not in HEADS:
        raise AppError(
            f"The card of '{model.file_name}' is named '{chosen}', which is none of {', '.join(HEADS)}.",
            "Say with --head whose targets its probabilities soften.",
        )
    training = model.card.training
    return Teacher(model.card.name, chosen, model.sha256, training.get("seed"), training.get("held_out_parts"))


def _answers(model: JudgedModel, images: NDArray[np.uint8], temperature: float) -> Probabilities:
    """float32 [n, 7] in FER-2013 order, the mean over each face and its mirror image."""
    views = [_softened(model.probabilities(view), temperature) for view in (images, images[:, :, ::-1])]
    answers = np.zeros((len(images), len(EMOTION_NAMES)), np.float32)
    answers[:, [EMOTION_NAMES.index(label) for label in model.card.labels]] = np.mean(views, axis=0)
    return answers


def _softened(probabilities: Probabilities, temperature: float) -> Probabilities:
    # Rounded outputs may lie a hair below 0.
    raised = np.maximum(probabilities, np.float32(1e-7)) ** np.float32(1 / temperature)
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)
