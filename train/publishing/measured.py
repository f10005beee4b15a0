"""The figures that a card keeps of a model."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import keras

from train.data.targets import UNLABELED
from train.judging.evaluate import evaluate, labels_among
from train.judging.parts import Part
from train.judging.robustness import robustness_figures
from train.judging.scoring import score_keras


def measured(
    model: keras.Model, parts: Sequence[Part], kind: str, classes: Sequence[str], *, with_robustness: bool = True
) -> dict[str, Any]:
    """Figures on every part, and on the last one what worse pictures cost.

    Args:
        model: From float32 [n, 48, 48, 1], 0 to 255, to probabilities in the order of `classes`.
        parts: The faces to score, the most telling ones last.
        kind: The labels that the model was taught; the robustness is by them.
        classes: Names of what it tells apart.
        with_robustness: Whether changed faces are scored too, which takes about thirty times as long.

    Returns:
        `figures` and, where it is asked for and a part has labels of this kind, `robustness`.
    """
    score = partial(score_keras, model)
    metrics: dict[str, Any] = {
        "figures": [
            entry
            for part in parts
            for entry in evaluate(score(part.faces.images), part.faces, part.name, part.training, classes=classes)
        ]
    }
    labelled = [part for part in parts if (labels_among(part.faces, kind, classes) != UNLABELED).any()]
    for part in labelled[-1:] if with_robustness else ():
        metrics["robustness"] = robustness_figures(score, part.faces, split=part.name, kind=kind, classes=classes)
    return metrics
