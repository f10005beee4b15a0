"""Markers of the running session, and of the last one after it was stopped: set, given a text, removed."""

from __future__ import annotations

import time
from bisect import insort
from collections.abc import Callable
from dataclasses import replace

from emotion_gui.controller.record_writer import RecordWriter
from emotion_gui.controller.session_link import SessionLink
from emotion_gui.controller.status import Level, Notice
from emotion_gui.core.markers import Marker
from emotion_gui.core.session import InterviewSession
from emotion_gui.core.translation import _


class MarkerBook:
    """The markers of what is on the screen; all methods are called on one thread and return at once."""

    def __init__(
        self,
        link: SessionLink,
        writer: RecordWriter,
        *,
        session: Callable[[], InterviewSession | None],
        live: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take what it works on.

        Args:
            link: Tells which session runs, and keeps new markers.
            writer: Keeps what is changed afterwards.
            session: The running session, or the last one.
            live: Whether the source's time goes on while no picture comes, as a camera's does.
            clock: Seconds, never running backwards.
        """
        self._link = link
        self._writer = writer
        self._session = session
        self._live = live
        self._clock = clock
        self._pictured_at = 0.0

    @property
    def all(self) -> tuple[Marker, ...]:
        """The markers in order of time; none where there is no session."""
        session = self._session()
        return tuple(session.markers) if session else ()

    def note_result(self, delay_s: float) -> None:
        """Learn that the session's time is that of a picture taken `delay_s` seconds ago."""
        self._pictured_at = self._clock() - delay_s

    def set(self) -> Marker | None:
        """Set a marker without a text at this very moment of the running or paused session.

        Returns:
            The marker; None where no session runs, or its first picture is still to come.
        """
        session = self._link.running()
        if session is None:
            return None
        if not session.begun:
            self._link.tell(Notice(Level.INFO, _("Markers can be set from the session's first picture on.")))
            return None
        marker = Marker(self._moment(session))
        insort(session.markers, marker, key=_time_of)
        self._link.record(marker)
        return marker

    def rename(self, marker: Marker, text: str) -> None:
        """Give a marker another text; does nothing where it was removed meanwhile."""
        session = self._session()
        known = self._find(session, marker)
        if session is None or known is None or known.text == text:
            return
        renamed = replace(known, text=text)
        session.markers[session.markers.index(known)] = renamed
        self._writer.put_marker(session.info.session_id, renamed)

    def remove(self, marker: Marker) -> None:
        """Take a marker away; does nothing where it is gone already."""
        session = self._session()
        known = self._find(session, marker)
        if session and known:
            session.markers.remove(known)
            self._writer.delete_marker(session.info.session_id, known.marker_id)

    def _moment(self, session: InterviewSession) -> float:
        if not self._live():
            # A recording that is held stands still, and so does its session.
            return session.time_s
        return session.time_s + max(0.0, self._clock() - self._pictured_at)

    def _find(self, session: InterviewSession | None, marker: Marker) -> Marker | None:
        markers = session.markers if session else ()
        return next((known for known in markers if known.marker_id == marker.marker_id), None)


def _time_of(marker: Marker) -> float:
    return marker.time_s
