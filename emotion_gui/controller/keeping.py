"""Whether what was counted and filmed is on the disk, and the word when it is."""

from __future__ import annotations

from collections.abc import Iterator

from emotion_gui.controller.evidence import Evidence
from emotion_gui.controller.record_writer import RecordWriter
from emotion_gui.controller.status import Keeping, Level, Notice


class SessionKeeping:
    """Follows the threads that write; nothing here waits for them."""

    def __init__(self, writer: RecordWriter, evidence: Evidence) -> None:
        self._writer = writer
        self._evidence = evidence
        self._news = ""

    @property
    def state(self) -> Keeping:
        """Whether everything is on the disk."""
        if self._writer.failing:
            return Keeping.HELD_UP
        return Keeping.SAVED if self._writer.idle and self._evidence.idle else Keeping.SAVING

    def expect(self, news: str) -> None:
        """A session has ended: tell this when all of it is on the disk; replaces what was to be told before."""
        self._news = news

    def poll(self) -> Iterator[Notice]:
        """What the user must be told since the last call."""
        if self._news and self.state is Keeping.SAVED:
            news, self._news = self._news, ""
            yield Notice(Level.INFO, news)
