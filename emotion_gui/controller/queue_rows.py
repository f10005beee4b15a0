"""What a window shows of the queue of recordings: plain values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from emotion_gui.batch.plan import Found, Recording
from emotion_gui.core.candidate_wish import CandidateWish
from emotion_gui.core.consent import Consent, Purpose

# Before that, the rate is that of loading the model.
_RATE_AFTER_S, _RATE_AFTER_SHARE = 3.0, 0.005


class RowState(Enum):
    """Where a recording stands."""

    WAITING = "waiting"
    ANALYSING = "analysing"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class QueueRow:
    """One recording in the queue.

    Attributes:
        key: Stays its own as long as the program runs.
        recording: What is analysed.
        name: Name or code that its session gets.
        state: Where it stands.
        share: How much of it was analysed, 0 to 1.
        text: Why it failed.
        found: Its session, once it is done.
    """

    key: int
    recording: Recording
    name: str
    state: RowState = RowState.WAITING
    share: float = 0.0
    text: str = ""
    found: Found | None = None

    @property
    def weight(self) -> float:
        """How much of all the work it is: its bytes are known before anything is opened."""
        return float(max(1, self.recording.bytes))


@dataclass(frozen=True)
class QueueRequest:
    """How the queue is to be analysed.

    Attributes:
        wish: Whose face counts; None for everyone's.
        purpose: What it is for.
        consent: What the people in the recordings agreed to; None where nobody was asked.
    """

    wish: CandidateWish | None
    purpose: Purpose
    consent: Consent | None


@dataclass(frozen=True)
class QueueProgress:
    """How far a run is.

    Attributes:
        ended: Recordings that are done or failed.
        total: Recordings of the run; 0 before the first.
        share: How much of all was analysed, 0 to 1.
        left_s: Seconds that it will go on, as far as that can be told.
        running: Whether it runs.
        cancelling: Whether it was told to stop.
    """

    ended: int = 0
    total: int = 0
    share: float = 0.0
    left_s: float | None = None
    running: bool = False
    cancelling: bool = False


class TimeLeft:
    """Tells the time left from the mean rate, which does not jump as recordings begin and end.

    Args:
        now: The time in seconds.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._began_at = now()
        self._left_out: set[int] = set()

    def begin(self) -> None:
        """Count from now on."""
        self._began_at = self._now()
        self._left_out.clear()

    def leave_out(self, key: int) -> None:
        """Let a recording not count: it took no time."""
        self._left_out.add(key)

    def share(self, rows: Sequence[QueueRow]) -> float:
        """How much of all is done, 0 to 1."""
        total = sum(row.weight for row in rows)
        return sum(row.weight * _passed(row) for row in rows) / total if total else 0.0

    def seconds(self, rows: Sequence[QueueRow]) -> float | None:
        """Seconds until all are done; None where that cannot be told yet."""
        counted = [row for row in rows if row.key not in self._left_out]
        passed_s, share = self._now() - self._began_at, self.share(counted)
        if passed_s < _RATE_AFTER_S or share < _RATE_AFTER_SHARE:
            return None
        return passed_s * (1 - share) / share


def _passed(row: QueueRow) -> float:
    return 1.0 if row.state in {RowState.DONE, RowState.FAILED} else row.share
