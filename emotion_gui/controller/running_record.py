"""The session that runs, kept from its first picture on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from emotion_gui.controller.record_writer import RecordWriter
from emotion_gui.core.session import InterviewSession, SessionEntry, SessionEvent, SessionInfo

# Clocks are set right by fractions of a second all the time.
_CLOCK_SET_BACK_S = 30.0


class RunningRecord:
    """Hands a session to the writer; what happens before its first picture waits, and is dropped where none comes.

    Attributes:
        session: The running session, or the last one after it was ended; None before the first.
    """

    def __init__(self, writer: RecordWriter, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.session: InterviewSession | None = None
        self._writer = writer
        self._now = now
        self._before: InterviewSession | None = None
        self._begun = False
        self._early: list[SessionEntry] = []

    @property
    def begun(self) -> bool:
        """Whether the session had its first picture."""
        return self._begun

    def expect(self, info: SessionInfo) -> None:
        """Have a session whose picture is still to come."""
        self._before, self.session = self.session, InterviewSession(info)
        self._begun = False

    def picture_came(self) -> None:
        """Keep the session from now on; does nothing where it is kept already."""
        if self._begun or not self.session:
            return
        self._begun = True
        self.session.info = replace(self.session.info, started_at=self._now())
        self._writer.begin(self.session.info)
        for entry in self._early:
            self.add(entry)
        self._early.clear()

    def add(self, entry: SessionEntry) -> None:
        """Keep something in the record, in the order of the calls."""
        if not self._begun:
            self._early.append(entry)
        elif self.session:
            self._writer.add(self.session.info.session_id, entry)

    def change(self, info: SessionInfo) -> None:
        """Replace what is known about the session: its note, its rule."""
        if self.session:
            self.session.info = info
            if self._begun:
                self._writer.change(info)

    def end(self) -> None:
        """End the session; one that never had a picture leaves nothing, and the one before it comes back into view."""
        if not self._begun:
            self._early.clear()
            self.session = self._before
            self._begun = self.session is not None
        elif self.session:
            ended_at = self._ended_at(self.session)
            self.add(SessionEvent(self.session.time_s, "stopped"))
            self._writer.end(self.session.info.session_id, ended_at)

    def _ended_at(self, session: InterviewSession) -> datetime:
        """Now; where the computer's clock was set back since, the time by the session's own clock, which was not."""
        now, least = self._now(), session.info.started_at + timedelta(seconds=session.time_s)
        behind_s = (least - now).total_seconds()
        if behind_s > _CLOCK_SET_BACK_S:
            text = f"by about {max(1, round(behind_s / 60))} min; the session's own times are right"
            self.add(SessionEvent(session.time_s, "clock set back", text))
        return max(now, least)
