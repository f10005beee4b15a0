"""How good a model was before its tuning and is after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.errors import AppError
from train.data.targets import UNLABELED
from train.judging.scoring import score_keras

CORRECTIONS_SPLIT = "corrections kept back"
USER_LABELS = "the user's"


@dataclass(frozen=True)
class Outcome:
    """Accuracy on the same faces, before and after.

    Attributes:
        split: Which faces.
        labels: By which labels.
        n: How many.
        before: Accuracy of the parent, 0 to 1.
        after: Accuracy of the tuned model, 0 to 1.
    """

    split: str
    labels: str
    n: int
    before: float
    after: float

    @property
    def loss_points(self) -> float:
        """Percentage points that were lost; negative where some were gained."""
        return 100 * (self.before - self.after)

    @property
    def line(self) -> str:
        """For the terminal and the page."""
        return (
            f"{self.split}, labels {self.labels}: {self.n} faces, accuracy {100 * self.before:.2f} % before, "
            f"{100 * self.after:.2f} % after"
        )

    def to_dict(self) -> dict[str, Any]:
        """For the card."""
        return {
            "split": self.split,
            "labels": self.labels,
            "n": self.n,
            "before": round(self.before, 4),
            "after": round(self.after, 4),
        }


@dataclass(frozen=True)
class Yardstick:
    """Faces by which the parent and what becomes of it are measured.

    Attributes:
        split: Which faces.
        kind: By which labels.
        images: uint8 [n, 48, 48].
        labels: int64 [n], places among the model's outputs; `UNLABELED` ones are left out.
        before: Accuracy of the parent, 0 to 1.
    """

    split: str
    kind: str
    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    before: float

    def outcome(self, model: keras.Model) -> Outcome:
        """Before and now."""
        known = int((self.labels != UNLABELED).sum())
        return Outcome(
            self.split, self.kind, known, self.before, accuracy(score_keras(model, self.images), self.labels)
        )


def accuracy(probabilities: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    """Share of the labelled faces that are named right, 0 to 1.

    Args:
        probabilities: float32 [n, k].
        labels: int64 [n], places among the k; `UNLABELED` ones are left out.

    Returns:
        0 where no face has a label.
    """
    known = labels != UNLABELED
    return float((probabilities[known].argmax(axis=1) == labels[known]).mean()) if known.any() else 0.0


def forgot_too_much(original: Outcome, most_loss_points: float) -> AppError:
    """What to tell the user when nothing could be learnt without losing more than that on the original faces."""
    return AppError(
        f"The tuned model was not written: on the {original.split} it fell from {100 * original.before:.2f} to "
        f"{100 * original.after:.2f} %, and even a sixteenth of the change cost more than {most_loss_points:g} points.",
        "Give a smaller --learning-rate or a larger --most-loss, or write it all the same with --force.",
    )
