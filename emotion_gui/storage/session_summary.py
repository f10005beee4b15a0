"""A stored session without its frames: what the history list shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from emotion_gui.core.nervousness import Judgement, judge
from emotion_gui.core.session import SessionInfo, SessionState
from emotion_gui.core.statistics import EmotionStatistics

FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class SessionSummary:
    """One line of the history.

    Attributes:
        info: What was fixed at the session's start.
        ended_at: Time of the last thing that was stored, in UTC.
        state: Finished, interrupted, or still running.
        statistics: The totals up to then.
        keep_until: Kept until then whatever the settings say, in UTC; None for as long as the settings say.
    """

    info: SessionInfo
    ended_at: datetime
    state: SessionState
    statistics: EmotionStatistics
    keep_until: datetime | None = None

    @property
    def kept_for_ever(self) -> bool:
        return self.keep_until is not None and self.keep_until >= FOR_EVER

    @property
    def session_id(self) -> str:
        return self.info.session_id

    @property
    def duration_s(self) -> float:
        """Counted time in seconds."""
        return self.statistics.duration_s

    @property
    def face_duration_s(self) -> float:
        """Seconds of the counted time with at least one face."""
        return self.statistics.face_duration_s

    @property
    def judgement(self) -> Judgement:
        """The verdict by the rule that applied to the session."""
        return judge(self.statistics, self.info.rule)
