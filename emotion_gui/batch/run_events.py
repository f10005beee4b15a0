"""What an analysis that goes on behind a window says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from emotion_gui.batch.plan import Outcome
from emotion_gui.core.errors import AppError


@dataclass(frozen=True)
class Moved:
    """How far a recording is.

    Attributes:
        number: Which one, by its place among those that were given.
        share: 0 to 1.
    """

    number: int
    share: float


@dataclass(frozen=True)
class Ended:
    """What became of a recording; `number` as in `Moved`."""

    number: int
    outcome: Outcome


@dataclass(frozen=True)
class Over:
    """Nothing more will come.

    Attributes:
        error: Why none could be analysed; None where they were, or where it was cancelled.
    """

    error: AppError | None = None


RunEvent = Moved | Ended | Over
