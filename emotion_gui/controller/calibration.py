"""Takes the candidate's personal baseline, and keeps it in use for as long as it is the same person."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from emotion_gui.controller.session_link import SessionLink
from emotion_gui.controller.status import Level, ModelState, ModelStatus, Notice, Phase, SourceState, SourceStatus
from emotion_gui.core.baseline import AppliedBaseline, Baseline, corrected
from emotion_gui.core.errors import AppError
from emotion_gui.core.resting_face import RestingFace
from emotion_gui.core.results import FaceResult, FrameResult, QualityProblem
from emotion_gui.core.session import SessionEvent
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.core.translation import _

# Long enough for the mean of a resting face, short enough to keep still.
CALIBRATION_S = 15.0
_PATIENCE_S = 40.0
# Results that were in the making when the baseline came are not corrected by it; they take no longer than this.
_IN_THE_MAKING_S = 0.5
_WATCHED = {SourceState.PLAYING, SourceState.LOST, SourceState.OPENING}


class CalibrationState(Enum):
    """Where a calibration stands."""

    IDLE = "idle"
    MEASURING = "measuring"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class CalibrationStatus:
    """What a window shows of it.

    Attributes:
        state: DONE and FAILED stay until the next start.
        progress: Share of the face time that is needed, 0 to 1.
        seen: Whether the newest result had the candidate's face.
        problem: Why that face could not be judged; None where it could.
        baseline: What is in use; None for none.
        message: Why it failed, one sentence.
        hint: What to do about it.
    """

    state: CalibrationState = CalibrationState.IDLE
    progress: float = 0.0
    seen: bool = True
    problem: QualityProblem | None = None
    baseline: Baseline | None = None
    message: str = ""
    hint: str = ""


class Watching(Protocol):
    """What it needs of `Playback`."""

    @property
    def source(self) -> SourceStatus: ...
    @property
    def model(self) -> ModelStatus: ...
    @property
    def previews(self) -> bool: ...

    def set_baseline(self, baseline: Baseline | None) -> None: ...


class Calibration:
    """Measures a resting face while the results come, and applies what came out from then on.

    The time of a calibration does not count in a running session: the candidate was asked to rest and does not answer.
    The record has its beginning, its end and the baseline; a baseline from before the session is in it from 0 s.
    """

    def __init__(
        self,
        playback: Watching,
        link: SessionLink,
        *,
        phase: Callable[[], Phase],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.status = CalibrationStatus()
        self._playback = playback
        self._link = link
        self._phase = phase
        self._clock = clock
        self._face: RestingFace | None = None
        self._fresh: tuple[float, Baseline] | None = None
        self._patient_until = 0.0
        self._owner = ""
        self._spec: SourceSpec | None = None
        self._track = 0
        self._strangers: set[int] = set()

    @property
    def measuring(self) -> bool:
        """Whether results do not count: a face is being measured, or what came out is not in them yet."""
        return self._face is not None or self._fresh is not None

    def start(self) -> None:
        """Begin to measure; what is in use stays in use until another baseline is there.

        Raises:
            AppError: There are no results to take it from; the message says what to do.
        """
        source = self._playback.source
        if self._phase() is Phase.PAUSED and source.spec and not source.spec.live:
            raise AppError(_("The recording is paused."), _("Press Resume, then calibrate."))
        ready = source.state is SourceState.PLAYING and self._playback.model.state is ModelState.READY
        if not ready or self._playback.previews:
            raise AppError(
                _("There is no face to watch yet."),
                _("Start the session first; the time of the calibration does not count."),
            )
        self._apply()
        self._face = RestingFace()
        self._patient_until = self._clock() + _PATIENCE_S
        self.status = CalibrationStatus(CalibrationState.MEASURING, baseline=self.status.baseline)
        self._note("calibration started")

    def cancel(self) -> None:
        """Stop measuring; what is in use stays in use."""
        self._apply()
        if self.measuring:
            self._end(CalibrationStatus(baseline=self.status.baseline), "calibration cancelled")

    def remove(self) -> None:
        """Use no baseline from now on."""
        self._apply()
        if self.status.baseline:
            self._use(None)
            self.status = CalibrationStatus()
            self._note("baseline removed")

    def session_started(self, candidate: str) -> None:
        """A session begins: the baseline goes with it, unless it is another candidate's."""
        self._give_up()
        self._track, self._strangers = 0, set()
        baseline = self.status.baseline
        if baseline and self._owner not in {"", candidate}:
            self._drop()
        elif baseline:
            self._owner = candidate
            self._link.record(AppliedBaseline(0.0, baseline))

    def source_chosen(self, spec: SourceSpec) -> None:
        """A source is opened: other pictures show other people, the same ones again do not."""
        if spec != self._spec:
            self._give_up()
            self._spec = spec
            self._track, self._strangers = 0, set()
            if self.status.baseline:
                self._drop()

    def take(self, result: FrameResult) -> None:
        """Take in one result."""
        face = next((face for face in result.faces if face.candidate), None)
        if face:
            self._follow(face.track)
            self._strangers.update(other.track for other in result.faces if other is not face)
        if self._fresh and (_shows(face, self._fresh[1]) or result.time_s - self._fresh[0] > _IN_THE_MAKING_S):
            self._apply()
        if self._face is None:
            return
        self._face.add(result.time_s, face if face and face.problem is None else None)
        self.status = CalibrationStatus(
            CalibrationState.MEASURING,
            min(1.0, self._face.usable_s / CALIBRATION_S),
            face is not None,
            face.problem if face else None,
            self.status.baseline,
        )
        if self._face.usable_s >= CALIBRATION_S:
            self._finish(self._face, result.time_s)

    def poll(self) -> None:
        """Give up where the face does not come."""
        if self._playback.source.state not in _WATCHED:
            self._apply()
        if self._face is None:
            return
        if self._playback.source.state not in _WATCHED or self._playback.previews:
            self._fail(
                _("The picture ended before the face was seen for long enough."), _("Calibrate again."), "no picture"
            )
        elif self._clock() > self._patient_until:
            message = _("The face could be judged for only {seen} of {needed} seconds.").format(
                seen=int(self._face.usable_s), needed=int(CALIBRATION_S)
            )
            hint = _("Ask the candidate to face the camera in even light, and try again.")
            self._fail(message, hint, "too little usable face")

    def _give_up(self) -> None:
        """Measure no longer; the session that knew of it is over."""
        self._face = self._fresh = None
        if self.status.state is CalibrationState.MEASURING:
            self.status = CalibrationStatus(baseline=self.status.baseline)

    def _follow(self, track: int) -> None:
        # A person who was seen beside the candidate is another one; a new number alone may be the same one, come back.
        if track in self._strangers and self._track and self.status.baseline:
            self._drop()
        if track != self._track:
            self._track, self._strangers = track, set()

    def _finish(self, face: RestingFace, time_s: float) -> None:
        try:
            baseline = face.baseline()
        except AppError as error:
            self._fail(error.message, error.hint, "restless face")
            return
        self._use(baseline)
        session = self._link.running()
        self._owner = session.info.candidate if session else ""
        self._spec = self._playback.source.spec
        self._face, self._fresh = None, (time_s, baseline)
        self.status = CalibrationStatus(CalibrationState.DONE, 1.0, baseline=baseline)

    def _apply(self) -> None:
        """From the next result on the new baseline is in what is shown, and results count again."""
        if self._fresh:
            baseline, self._fresh = self._fresh[1], None
            self._end(self.status, "calibration finished")
            session = self._link.running()
            if session:
                self._link.record(AppliedBaseline(session.time_s, baseline))

    def _fail(self, message: str, hint: str, reason: str) -> None:
        status = CalibrationStatus(
            CalibrationState.FAILED, self.status.progress, baseline=self.status.baseline, message=message, hint=hint
        )
        self._end(status, "calibration failed", reason)

    def _end(self, status: CalibrationStatus, kind: str, text: str = "") -> None:
        self._face = None
        self.status = status
        session = self._link.running()
        if session:
            # The next result must not stand for the time that was left out.
            session.resume()
        self._note(kind, text)

    def _drop(self) -> None:
        self._use(None)
        self.status = CalibrationStatus()
        self._note("baseline removed", "another person")
        message = _("The personal baseline was another person's and is no longer used.")
        self._link.tell(Notice(Level.INFO, message, _("Calibrate for this candidate.")))

    def _use(self, baseline: Baseline | None) -> None:
        self._playback.set_baseline(baseline)

    def _note(self, kind: str, text: str = "") -> None:
        session = self._link.running()
        if session:
            self._link.record(SessionEvent(session.time_s, kind, text))


def _shows(face: FaceResult | None, baseline: Baseline) -> bool:
    """Whether the face is corrected by this baseline."""
    return face is not None and face.probabilities == corrected(face.smoothed or face.probabilities, baseline)
