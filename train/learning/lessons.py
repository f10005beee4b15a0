"""What each face is taught as by every head, and how much it weighs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.utils.class_weight import compute_sample_weight

from train.config import TrainConfig
from train.data.faces import DataError, Faces
from train.data.targets import one_hot, original_label, vote_distribution

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Lessons:
    """Targets and weights of n faces, by head.

    Attributes:
        targets: float32 [n, classes], each row summing to 1.
        weights: float32 [n], 0 where a head has nothing to teach a face.
    """

    targets: dict[str, Array]
    weights: dict[str, Array]


def make_lessons(faces: Faces, config: TrainConfig, soft: Mapping[str, Array] | None = None) -> Lessons:
    """Targets as `config.targets` wants them.

    Args:
        faces: n faces, each with a label among the classes.
        config: Heads, classes and targets.
        soft: A teacher's probabilities of the same faces, float32 [n, classes] by head; a head that is absent is
            taught by labels alone.

    Raises:
        DataError: A head has no label for any face, or the soft labels do not go with the configuration.
    """
    _refuse_other_soft(config, soft)
    targets, weights = {}, {}
    for head in config.heads:
        label, known = _labels(faces, head, config)
        if not known.any():
            raise DataError(f"No face has a label for '{head}'.", "Give FER+ votes, or train other heads.")
        share = config.targets.soft_share if soft and head in soft else 0.0
        # A face without a label has its teacher's word alone, at the teacher's share.
        label_share = (1 - share) * known.astype(np.float32)
        weight = label_share + np.float32(share)
        mixed = label_share[:, np.newaxis] * label
        if soft and head in soft:
            mixed += np.float32(share) * soft[head]
        taught = weight > 0
        mixed[taught] /= weight[taught, np.newaxis]
        mixed[~taught] = 1 / len(config.classes)
        targets[head], weights[head] = mixed, weight * _class_weights(label, known, config)
    return Lessons(targets, weights)


def _labels(faces: Faces, head: str, config: TrainConfig) -> tuple[Array, NDArray[np.bool_]]:
    """A head's own targets, and which faces have one."""
    if head == "ferplus":
        # Votes are a distribution already; smoothing them again would blur what the raters said.
        return vote_distribution(faces.votes, config.classes)
    count, smoothing = len(config.classes), np.float32(config.targets.label_smoothing)
    labels = original_label(faces.labels, config.classes)
    # Szegedy et al. 2016, https://arxiv.org/abs/1512.00567, section 7.
    smoothed = (1 - smoothing) * one_hot(labels, count) + smoothing / np.float32(count)
    return smoothed, np.ones(len(faces), dtype=bool)


def _class_weights(label: Array, known: NDArray[np.bool_], config: TrainConfig) -> Array:
    weights = np.ones(len(label), np.float32)
    if config.targets.class_weights:
        # n / (classes * faces of the class), a face's class being the likeliest of its label.
        weights[known] = compute_sample_weight("balanced", label[known].argmax(axis=1))
    return weights


def _refuse_other_soft(config: TrainConfig, soft: Mapping[str, Array] | None) -> None:
    share = config.targets.soft_share
    if share and not soft:
        raise DataError(f"'soft_share' is {share}, but there are no soft labels.", "Give the file of soft labels too.")
    if soft and not share:
        raise DataError("The soft labels would not be used, for 'soft_share' is 0.", "Give a share of up to 1.")
    if soft and not set(soft) & set(config.heads):
        raise DataError(
            f"The soft labels are for {', '.join(soft)}, and the run teaches {', '.join(config.heads)}.",
            "Give soft labels for a head that is taught.",
        )
