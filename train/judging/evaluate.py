"""Figures to judge a model by, each with its split, its labels, and what was done about copies and mirror images."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support, roc_auc_score

from emotion_gui.core.emotions import EMOTION_NAMES
from train.data.faces import Faces, has_copy_in
from train.data.targets import UNLABELED, majority_label
from train.judging.calibration import expected_calibration_error

ORIGINAL, MAJORITY = "FER-2013", "FER+ untied majority of the 7 emotions"
KINDS = (ORIGINAL, MAJORITY)
INCLUDED, REMOVED = "included", "faces with a pixel copy in Training removed"


def labels_of(faces: Faces, kind: str) -> NDArray[np.int64]:
    """Labels of one kind (`ORIGINAL` or `MAJORITY`), int64 [n], `UNLABELED` where there is none."""
    return faces.labels.astype(np.int64) if kind == ORIGINAL else majority_label(faces.votes)


def labels_among(faces: Faces, kind: str, classes: Sequence[str]) -> NDArray[np.int64]:
    """Labels of one kind as places in `classes`.

    Args:
        faces: The faces.
        kind: `ORIGINAL` or `MAJORITY`.
        classes: Names of the emotions that a model tells apart, in the order of its outputs.

    Returns:
        int64 [n], from 0; `UNLABELED` where there is no label or it is none of the classes.
    """
    places = [classes.index(name) if name in classes else UNLABELED for name in EMOTION_NAMES]
    # One more at the end, where the label -1 finds it.
    return np.array([*places, UNLABELED], np.int64)[labels_of(faces, kind)]


def evaluate(
    probabilities: NDArray[np.float32],
    faces: Faces,
    split: str,
    training: Faces | None = None,
    *,
    mirrored: NDArray[np.float32] | None = None,
    classes: Sequence[str] = EMOTION_NAMES,
) -> list[dict[str, Any]]:
    """All figures of a model on one split.

    Args:
        probabilities: float32 [n, k] of `faces`, in the order of `classes`.
        faces: The split's faces.
        split: Its name, as it shall stand in the card.
        training: The faces whose copies are to be removed for a second set of figures; None for none.
        mirrored: The same of the mirrored faces, for figures of the mean of both; None for none.
        classes: Names of the k emotions that the model tells apart; faces of others are left out.

    Returns:
        One dict per kind of labels, number of views and treatment of copies, each with `split`, `labels`, `copies`,
        `flip_averaging`, `left_out` (labelled faces of other classes), `n`, `accuracy`, `macro_f1`, `macro_auc`,
        `ece`, `per_class` (precision, recall, f1, auc and n by emotion) and `confusion` (rows: labels, columns: what
        the model said, in the order of `classes`). All shares are from 0 to 1; an AUC that the labels leave undefined
        is None.
    """
    treatments = {INCLUDED: np.ones(len(faces), dtype=bool)}
    if training is not None:
        treatments[REMOVED] = ~has_copy_in(faces.images, training.images)
    views = {False: probabilities}
    if mirrored is not None:
        views[True] = np.mean([probabilities, mirrored], axis=0, dtype=np.float32)
    figures = []
    for kind in KINDS:
        labels, labelled = labels_among(faces, kind, classes), labels_of(faces, kind) != UNLABELED
        for averaged, scores in views.items():
            for copies, kept in treatments.items():
                chosen = kept & (labels != UNLABELED)
                if chosen.any():
                    description = {"split": split, "labels": kind, "copies": copies, "flip_averaging": averaged}
                    left_out = {"left_out": int((kept & labelled).sum() - chosen.sum())}
                    figures.append(description | left_out | _figures(scores[chosen], labels[chosen], classes))
    return figures


def _figures(probabilities: NDArray[np.float32], labels: NDArray[np.int64], classes: Sequence[str]) -> dict[str, Any]:
    said = probabilities.argmax(axis=1)
    places = list(range(len(classes)))
    precision, recall, f1, count = precision_recall_fscore_support(labels, said, labels=places, zero_division=0.0)
    present = count > 0
    areas = [_area(probabilities[:, place], labels == place) for place in places]
    known = [area for area in areas if area is not None]
    return {
        "n": len(labels),
        "accuracy": _rounded((said == labels).mean()),
        "macro_f1": _rounded(f1[present].mean()),
        "macro_auc": _rounded(float(np.mean(known))) if known else None,
        "ece": _rounded(expected_calibration_error(probabilities, labels)),
        "per_class": {
            name: {
                "precision": _rounded(precision[place]),
                "recall": _rounded(recall[place]),
                "f1": _rounded(f1[place]),
                "auc": areas[place],
                "n": int(count[place]),
            }
            for place, name in enumerate(classes)
        },
        "confusion": confusion_matrix(labels, said, labels=places).tolist(),
    }


def _area(probability: NDArray[np.float32], is_class: NDArray[np.bool_]) -> float | None:
    """Area under the one-vs-rest ROC curve; None where all faces are of the class, or none is."""
    if is_class.all() or not is_class.any():
        return None
    return _rounded(roc_auc_score(is_class, probability))


def _rounded(share: float) -> float:
    return round(float(share), 4)
