"""How a person's face looks at rest, so that it is not taken for an expression."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any


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


@dataclass(frozen=True)
class AppliedBaseline:
    """From when on a baseline applied: `time_s` in seconds of the session; a later one replaces it."""

    time_s: float
    baseline: Baseline
