"""What decides how a tuning turns out; the tuned model's card keeps it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from emotion_gui.core.errors import AppError


@dataclass(frozen=True)
class TuneConfig:
    """How a model is tuned on corrections.

    Attributes:
        epochs: Passes over the corrections.
        batch_size: Faces per step.
        anchor_share: Share of each batch that are anchors, faces on which the model shall stay as it was, 0 to 1.
        learning_rate: At the first step; falls to 0 along a half cosine.
        label_smoothing: Probability spread over all classes in a correction's target, 0 to 1.
        pull: How much of the way back to the old weights is gone per unit of learning rate and step: L2-SP (Xuhong
            et al. 2018, https://arxiv.org/abs/1802.01483), decoupled from the loss as Loshchilov and Hutter 2019 do.
        most_loss_points: Percentage points of accuracy on the original faces that may be lost.
        held_out_parts: One part in this many of the corrections is kept back for judging.
        seed: Of the split, the order and the variations.

    Raises:
        AppError: A value makes no tuning.
    """

    epochs: int = 30
    batch_size: int = 32
    anchor_share: float = 0.5
    learning_rate: float = 0.001
    label_smoothing: float = 0.1
    pull: float = 0.5
    most_loss_points: float = 1.0
    held_out_parts: int = 4
    seed: int = 1

    def __post_init__(self) -> None:
        for name, least in {"epochs": 1, "batch_size": 4, "held_out_parts": 2, "seed": 0}.items():
            if getattr(self, name) < least:
                raise AppError(f"'{name}' is {getattr(self, name)}.", f"It must be {least} or more.")
        if not 0 < self.learning_rate < math.inf:
            raise AppError(f"'learning_rate' is {self.learning_rate}.", "It must be more than 0.")
        if not 0 <= self.anchor_share < 1:
            raise AppError(f"'anchor_share' is {self.anchor_share}.", "It must be 0 or more and less than 1.")
        if not 0 <= self.most_loss_points <= 100:
            raise AppError(f"'most_loss_points' is {self.most_loss_points}.", "It must be from 0 to 100.")
