"""What the picture source tells, taken into the session that runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from emotion_gui.controller.calibration import Calibration
from emotion_gui.controller.evidence import Evidence
from emotion_gui.controller.markers import MarkerBook
from emotion_gui.controller.running_record import RunningRecord
from emotion_gui.controller.status import Phase
from emotion_gui.core.results import FrameResult
from emotion_gui.core.session import InterviewSession, SessionEvent, SessionFrame
from emotion_gui.pipeline.events import Event, FrameAnalyzed, SourceEnded, SourceLost, SourceOpened

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class SessionIntake:
    """Counts results into the running session, and notes when its source goes and comes back.

    Args:
        record: The running session.
        phase: Where it stands now.
        calibration: While it measures, nothing is counted.
        evidence: Gets the pictures of what is counted.
        markers: Told how late results are.
        ended: Called when the recording has ended.
    """

    def __init__(
        self,
        record: RunningRecord,
        phase: Callable[[], Phase],
        *,
        calibration: Calibration,
        evidence: Evidence,
        markers: MarkerBook,
        ended: Callable[[], None],
    ) -> None:
        self._record = record
        self._phase = phase
        self._calibration = calibration
        self._evidence = evidence
        self._markers = markers
        self._ended = ended
        self._source_lost = False

    def session_started(self) -> None:
        """Forget what became of the source of the session before."""
        self._source_lost = False

    def take(self, event: Event) -> None:
        """Take in one event of the source."""
        if isinstance(event, FrameAnalyzed):
            self._calibration.take(event.result)
        session = self._record.session
        if session is None or self._phase() is Phase.IDLE:
            return
        match event:
            case SourceOpened():
                self._record.picture_came()
            case FrameAnalyzed(result, delay_s, crops):
                self._take_result(session, result, crops)
                self._markers.note_result(delay_s)
            # A camera that was never there cannot be lost; the record begins with its first picture.
            case SourceLost(message) if self._record.begun and not self._source_lost:
                self._source_lost = True
                self._record.add(session.interrupt(message))
            case SourceEnded():
                self._ended()

    def _take_result(self, session: InterviewSession, result: FrameResult, crops: Sequence[NDArray[np.uint8]]) -> None:
        if self._phase() is Phase.RUNNING and not self._calibration.measuring:
            for entry in session.add(result):
                self._record.add(entry)
                if isinstance(entry, SessionFrame):
                    self._evidence.take(entry, crops)
        else:
            session.skip(result)
        self._evidence.note_time(session.time_s, result.time_s)
        # Told with the first result and not when the source opens: only a result knows the time away.
        if self._source_lost:
            self._source_lost = False
            self._record.add(SessionEvent(session.time_s, "source back"))
