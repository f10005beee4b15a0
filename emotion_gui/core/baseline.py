"""How a person's face looks at rest, so that it is not taken for an expression."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from emotion_gui.core.emotions import EMOTIONS, Emotion

_NEUTRAL = EMOTIONS.index(Emotion.NEUTRAL)


@dataclass(frozen=True)
class Baseline:
    """The resting face of one person.

    Attributes:
        resting: Mean probabilities at rest, seven values from 0 to 1 in the order of `EMOTIONS`, summing to 1.
        usable_s: Seconds of usable face time that they were taken from.
        brief_changes: Bursts of another expression in that time, for comparison with the session's.
        taken_at: When, in UTC.
        levels: What each probability reached at rest, 0 to 1: the correction takes no more than this for rest. Empty
            where only the means are known; they serve then.
    """

    resting: tuple[float, ...]
    usable_s: float
    brief_changes: int
    taken_at: datetime
    levels: tuple[float, ...] = ()

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
            tuple(data["levels"]),
        )


def corrected(probabilities: Sequence[float], baseline: Baseline) -> tuple[float, ...]:
    """Probabilities with what the resting face reaches by itself taken for neutral.

    Each expression counts by what it has beyond its level c at rest, as a share of what is possible beyond it:
    (p - c) / (1 - c), and nothing below; what is left is neutral. This is Abbott's formula for a response that is there
    without a cause (Abbott 1925, "A method of computing the effectiveness of an insecticide", Journal of Economic
    Entomology 18, 265-267), and of the form of Cohen's correction for chance (1960).

    A log-ratio against the resting distribution (as in Saerens, Latinne and Decaestecker 2002) was tried before. It
    divides by what is hardly ever seen at rest, so that the noise of a sure model decides: for a face that rests
    plainly neutral it raised every expression threefold, and of the smile of a portrait that rests sad (0.90) it left
    2 results happy of the 10 that this formula leaves, as many as without a correction. Here no expression is ever
    raised, neutral is raised by no more than the levels at rest, an expression that is not seen at rest stays as it
    is, and a resting face that is plainly neutral changes nothing but the last percent.

    Args:
        probabilities: Seven values from 0 to 1 in the order of `EMOTIONS`.
        baseline: The person's.

    Returns:
        Seven values from 0 to 1 with the same sum; none but neutral above `probabilities`; each of the rest grows with
        its probability.
    """
    levels = baseline.levels or baseline.resting
    beyond = [
        max(0.0, probability - level) / (1 - level) if level < 1 else 0.0
        for probability, level in zip(probabilities, levels, strict=True)
    ]
    beyond[_NEUTRAL] = 0.0
    beyond[_NEUTRAL] = max(0.0, sum(probabilities) - sum(beyond))
    return tuple(beyond)


@dataclass(frozen=True)
class AppliedBaseline:
    """From when on a baseline applied: `time_s` in seconds of the session; a later one replaces it."""

    time_s: float
    baseline: Baseline
