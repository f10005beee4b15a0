"""Everything that was found out about one model."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from train.judging.card_check import Comparison
from train.judging.judged_model import JudgedModel
from train.judging.parts import Part
from train.learning.checkpoints import History


@dataclass(frozen=True)
class Scored:
    """What a model said of one part.

    Attributes:
        part: The faces.
        probabilities: float32 [n, k], in the order of the model's labels.
        figures: What `train.judging.evaluate.evaluate` gave for it.
    """

    part: Part
    probabilities: NDArray[np.float32]
    figures: list[dict[str, Any]]


@dataclass(frozen=True)
class Evaluation:
    """Everything that was found out about a model.

    Attributes:
        model: The model.
        scored: One entry per part.
        comparison: With the model's card; None where it has none that was made for these weights.
        robustness: What `train.judging.robustness.robustness_figures` gave; None where it was not asked for.
        history: The epochs of its run; empty where none was given.
    """

    model: JudgedModel
    scored: tuple[Scored, ...]
    comparison: Comparison | None
    robustness: dict[str, Any] | None = None
    history: History = field(default_factory=list)

    @property
    def figures(self) -> list[dict[str, Any]]:
        """The figures of all parts."""
        return [entry for scored in self.scored for entry in scored.figures]

    def to_dict(self) -> dict[str, Any]:
        """All figures as JSON types."""
        card = None if self.comparison is None else asdict(self.comparison) | {"outcome": self.comparison.sentence}
        return {
            "model": {"file": self.model.file_name, "sha256": self.model.sha256, "labels": self.model.card.labels},
            "figures": self.figures,
            "robustness": self.robustness,
            "card": card,
        }
