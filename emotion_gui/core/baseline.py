"""How a person's face looks at rest, so that it is not taken for an expression."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from emotion_gui.core.emotions import EMOTIONS, Emotion


@dataclass(frozen=True)
class Baseline:
    """The resting face of one person.

    Attributes:
        resting: Mean probabilities at rest, seven values from 0 to 1 in the order of `EMOTIONS`, summing to 1.
        usable_s: Seconds of usable face time that they were taken from.
        brief_changes: Bursts of another expression in that time, for comparison with the session's.
        taken_at: When, in UTC.
    """

    resting: tuple[float, ...]
    usable_s: float
    brief_changes: int
    taken_at: datetime

    def to_dict(self) -> dict[str, Any]:
        """The values as JSON types."""
        return asdict(self) | {"taken_at": self.taken_at.astimezone(UTC).isoformat(timespec="seconds")}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Baseline:
        """What `to_dict` gave.

        Raises:
            KeyError: Something is missing.
            ValueError: The time cannot be read.
        """
        return cls(
            tuple(data["resting"]),
            data["usable_s"],
            data["brief_changes"],
            datetime.fromisoformat(data["taken_at"]),
        )


# What a resting face is read as once it is corrected: neutral, with a little left for all the rest.
_AT_REST = {Emotion.NEUTRAL: 0.7}
_REST = 0.05
# A class that was hardly ever seen at rest would otherwise be raised without limit by the noise of a model.
_LEAST = 0.02


def corrected(probabilities: Sequence[float], baseline: Baseline) -> tuple[float, ...]:
    """Probabilities as they would be if the resting face were read as neutral.

    A classifier whose classes are met with other frequencies than it learnt is set right by the ratio of the new to
    the old frequency of each class (Saerens, Latinne and Decaestecker 2002, "Adjusting the Outputs of a Classifier to
    New a Priori Probabilities", equation 2.4). Here the resting distribution stands for the old frequencies and a
    neutral face for the new.

    Args:
        probabilities: Seven values from 0 to 1 in the order of `EMOTIONS`.
        baseline: The person's.

    Returns:
        Seven values from 0 to 1, summing to 1; all 0 where `probabilities` are.
    """
    weighted = [
        probability * _AT_REST.get(emotion, _REST) / max(resting, _LEAST)
        for emotion, probability, resting in zip(EMOTIONS, probabilities, baseline.resting, strict=True)
    ]
    total = sum(weighted)
    return tuple(value / total if total else 0.0 for value in weighted)


@dataclass(frozen=True)
class AppliedBaseline:
    """From when on a baseline applied: `time_s` in seconds of the session; a later one replaces it."""

    time_s: float
    baseline: Baseline
