"""When a face cannot be judged well enough to count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from emotion_gui.core.results import FaceQuality, QualityProblem
from emotion_gui.core.translation import N_

# As they stand within a sentence: 'mostly too dark'.
PROBLEM_WORDS: Mapping[QualityProblem, str] = MappingProxyType(
    {
        QualityProblem.TOO_SMALL: N_("too small"),
        QualityProblem.TOO_DARK: N_("too dark"),
        QualityProblem.TOO_BRIGHT: N_("too bright"),
        QualityProblem.BLURRED: N_("blurred"),
        QualityProblem.TURNED_AWAY: N_("turned away"),
        QualityProblem.UNSURE: N_("hardly a face"),
    }
)


@dataclass(frozen=True, slots=True)
class QualityLimits:
    """What a face must reach to count.

    Attributes:
        min_side_px: Side of its box in pixels of the frame.
        min_light: As in `FaceQuality`, 0 to 100.
        max_light: As in `FaceQuality`, 0 to 100.
        min_sharpness: As in `FaceQuality`, 0 to 100.
        max_turn: 0 (to the camera) to 1 (profile).
        min_score: The detector's confidence, 0 to 1.
    """

    min_side_px: float
    min_light: float
    max_light: float
    min_sharpness: float
    max_turn: float
    min_score: float


def problem_of(quality: FaceQuality, score: float, limits: QualityLimits) -> QualityProblem | None:
    """The first limit that a face misses, in the order in which a person can mend it; None where it misses none."""
    checks = (
        (quality.side_px < limits.min_side_px, QualityProblem.TOO_SMALL),
        (quality.light < limits.min_light, QualityProblem.TOO_DARK),
        (quality.light > limits.max_light, QualityProblem.TOO_BRIGHT),
        (quality.turn > limits.max_turn, QualityProblem.TURNED_AWAY),
        (quality.sharpness < limits.min_sharpness, QualityProblem.BLURRED),
        (score < limits.min_score, QualityProblem.UNSURE),
    )
    return next((problem for missed, problem in checks if missed), None)
