"""Figures to judge a model by, each with its split, its labels and what was done about copies."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

from emotion_gui.core.emotions import EMOTION_NAMES
from train.data.faces import Faces, has_copy_in
from train.data.targets import UNLABELED, majority_label
from train.judging.calibration import expected_calibration_error

ORIGINAL, MAJORITY = "FER-2013", "FER+ untied majority of the 7 emotions"
INCLUDED, REMOVED = "included", "faces with a pixel copy in Training removed"


def labels_of(faces: Faces, kind: str) -> NDArray[np.int64]:
    """Labels of one kind (`ORIGINAL` or `MAJORITY`), int64 [n], `UNLABELED` where there is none."""
    return faces.labels.astype(np.int64) if kind == ORIGINAL else majority_label(faces.votes)


def evaluate(
    probabilities: NDArray[np.float32], faces: Faces, split: str, training: Faces | None = None
) -> list[dict[str, Any]]:
    """All figures of a model on one split.

    Args:
        probabilities: float32 [n, 7] in FER-2013 order, of `faces`.
        faces: The split's faces.
        split: Its name, as it shall stand in the card.
        training: The faces whose copies are to be removed for a second set of figures; None for none.

    Returns:
        One dict per kind of labels and treatment of copies, each with `split`, `labels`, `copies`, `n`, `accuracy`,
        `macro_f1`, `ece`, `per_class` (precision, recall, f1 and n by emotion) and `confusion` (rows: labels,
        columns: what the model said, in FER-2013 order). All shares are from 0 to 1.
    """
    everyone = np.ones(len(faces), dtype=bool)
    treatments = [(INCLUDED, everyone)]
    if training is not None:
        treatments.append((REMOVED, ~has_copy_in(faces.images, training.images)))
    figures = []
    for kind in (ORIGINAL, MAJORITY):
        labels = labels_of(faces, kind)
        for copies, kept in treatments:
            chosen = kept & (labels != UNLABELED)
            if chosen.any():
                description = {"split": split, "labels": kind, "copies": copies}
                figures.append(description | _figures(probabilities[chosen], labels[chosen]))
    return figures


def _figures(probabilities: NDArray[np.float32], labels: NDArray[np.int64]) -> dict[str, Any]:
    said = probabilities.argmax(axis=1)
    classes = list(range(len(EMOTION_NAMES)))
    precision, recall, f1, count = precision_recall_fscore_support(labels, said, labels=classes, zero_division=0.0)
    present = count > 0
    return {
        "n": len(labels),
        "accuracy": _rounded((said == labels).mean()),
        "macro_f1": _rounded(f1[present].mean()),
        "ece": _rounded(expected_calibration_error(probabilities, labels)),
        "per_class": {
            name: {
                "precision": _rounded(precision[index]),
                "recall": _rounded(recall[index]),
                "f1": _rounded(f1[index]),
                "n": int(count[index]),
            }
            for index, name in enumerate(EMOTION_NAMES)
        },
        "confusion": confusion_matrix(labels, said, labels=classes).tolist(),
    }


def _rounded(share: float) -> float:
    return round(float(share), 4)
