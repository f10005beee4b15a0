"""The session of one candidate: what is counted while it runs, and the record it leaves."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from emotion_gui.core.baseline import AppliedBaseline
from emotion_gui.core.brief_changes import BriefChange, BriefChangeDetector
from emotion_gui.core.candidate_watch import CandidateWatch
from emotion_gui.core.consent import Consent, Purpose
from emotion_gui.core.corrections import Correction
from emotion_gui.core.markers import Marker
from emotion_gui.core.nervousness import Judgement, NervousnessRule, judge
from emotion_gui.core.results import FaceResult, FrameResult
from emotion_gui.core.statistics import EmotionStatistics
from emotion_gui.core.timeline import Timeline

# A result stands for the time since the one before it, but never for more than this: what happened in a longer gap
# (camera pulled, machine asleep) is not known and must not be counted.
MAX_HOLD_S = 1.0


class SessionState(Enum):
    """Where a session stands in its life, as the store keeps it."""

    RUNNING = "running"
    FINISHED = "finished"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True)
class Provenance:
    """What made the numbers.

    Attributes:
        app_version: Version of this program.
        model_name: Name from the model's card.
        model_sha256: Hash of the model file that ran, 64 hexadecimal digits.
        detector: Key of the face detector.
        source: Title of the picture source, without folders or passwords.
    """

    app_version: str
    model_name: str
    model_sha256: str
    detector: str
    source: str


@dataclass(frozen=True)
class SessionInfo:
    """What is fixed when a session starts.

    Attributes:
        session_id: 32 hexadecimal digits.
        candidate: Name or code as typed; never used as a path.
        note: Free text as typed.
        started_at: Time of the start in UTC.
        rule: The thresholds that apply to it.
        provenance: Program, model, detector and source.
        settings: All settings as JSON types.
        purpose: What it is for.
        consent: What was agreed to and by whom, see `Consent.given`; None on the demo clip and in sessions of old.
    """

    candidate: str
    note: str
    rule: NervousnessRule
    provenance: Provenance
    settings: Mapping[str, Any] = field(default_factory=dict)
    purpose: Purpose = Purpose.PRACTICE
    consent: Consent | None = None
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    session_id: str = field(default_factory=lambda: uuid.uuid4().hex)


@dataclass(frozen=True, slots=True)
class SessionFrame:
    """One analysed frame as it counts.

    Attributes:
        frame: Number of the frame in its source.
        time_s: Seconds since the session's first frame, pauses included; never runs backwards.
        duration_s: Seconds that it stands for, 0 to `MAX_HOLD_S`.
        faces: All faces in it; `FaceResult.counts` tells those that count.
    """

    frame: int
    time_s: float
    duration_s: float
    faces: tuple[FaceResult, ...]


@dataclass(frozen=True, slots=True)
class SessionEvent:
    """Something that happened beside the counting.

    Attributes:
        time_s: Session time in seconds.
        kind: 'paused', 'resumed', 'source lost', 'source back', 'stopped', 'settings changed', 'candidate chosen',
            'candidate lost', 'candidate back', 'video started' ...: what the record keeps, in English.
        text: Details; often empty.
    """

    time_s: float
    kind: str
    text: str = ""


# What a running session hands to the store as it comes.
SessionEntry = SessionFrame | SessionEvent | Marker | AppliedBaseline | BriefChange


@dataclass(frozen=True)
class SessionRecord:
    """A session as a whole, for the history and every exporter.

    Attributes:
        info: What was fixed at its start.
        ended_at: Time of the last thing that was stored, in UTC.
        state: Finished, interrupted, or still running.
        frames: The counted frames in order of time; can be gone through more than once.
        events: What happened beside the counting, in order of time.
        statistics: The totals of `frames`.
        timeline: The course of `frames`.
        markers: Notes at moments, in order of time.
        baselines: From when on which baseline applied, in order of time.
        brief_changes: Bursts of another expression, in order of time.
        corrections: Labels that were set right by hand, in order of time; `frames` are as they were counted.
    """

    info: SessionInfo
    ended_at: datetime
    state: SessionState
    frames: Iterable[SessionFrame]
    events: tuple[SessionEvent, ...]
    statistics: EmotionStatistics
    timeline: Timeline
    markers: tuple[Marker, ...] = ()
    baselines: tuple[AppliedBaseline, ...] = ()
    brief_changes: tuple[BriefChange, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def judgement(self) -> Judgement:
        """The verdict by the rule that applied to the session."""
        return judge(self.statistics, self.info.rule)


def summarize(frames: Iterable[SessionFrame]) -> tuple[EmotionStatistics, Timeline]:
    """Totals and course of stored frames, the same as the running session had."""
    statistics, timeline = EmotionStatistics(), Timeline()
    for frame in frames:
        statistics.add(frame.duration_s, frame.faces)
        timeline.add(frame.time_s, frame.duration_s, frame.faces)
    return statistics, timeline


class InterviewSession:
    """A session that runs: turns results into counted time.

    Results arrive at whatever rate the machine reaches. Each stands for the time since the one before it, so the
    shares do not depend on that rate.
    """

    def __init__(self, info: SessionInfo) -> None:
        self.info = info
        self.statistics = EmotionStatistics()
        self.timeline = Timeline()
        self.markers: list[Marker] = []
        self.brief_changes: list[BriefChange] = []
        self._detector = BriefChangeDetector()
        self._candidate_watch = CandidateWatch()
        self.time_s = 0.0
        self._origin_s: float | None = None
        self._last_source_s: float | None = None

    @property
    def begun(self) -> bool:
        """Whether a first result has come, so that there is a session time."""
        return self._origin_s is not None

    def add(self, result: FrameResult) -> list[SessionEntry]:
        """Count one result; call it only while the session is not paused.

        Returns:
            What is to be kept: first the result with its session time and the seconds that it stands for, then what it
            brought about.
        """
        duration_s = self._duration(result)
        frame = SessionFrame(result.frame, self._session_time(result), duration_s, result.faces)
        self.statistics.add(duration_s, frame.faces)
        self.timeline.add(frame.time_s, duration_s, frame.faces)
        self._last_source_s = result.time_s
        self.time_s = frame.time_s
        return [frame, *self._candidate_change(frame), *self._brief_change(frame)]

    def _candidate_change(self, frame: SessionFrame) -> list[SessionEvent]:
        # Where all count, it does not matter who of them is the candidate.
        if self.info.settings.get("count_everyone"):
            return []
        change = self._candidate_watch.add(frame.time_s, frame.duration_s, frame.faces)
        return [SessionEvent(frame.time_s, change.kind, change.text)] if change else []

    def _brief_change(self, frame: SessionFrame) -> list[BriefChange]:
        face = next((face for face in frame.faces if face.candidate and face.counts), None)
        change = self._detector.add(frame.time_s, face)
        found = [change] if change else []
        self.brief_changes += found
        return found

    def skip(self, result: FrameResult) -> None:
        """Let the session's time go on over a result that is not counted, as a camera's does in a pause."""
        self.time_s = self._session_time(result)

    def _duration(self, result: FrameResult) -> float:
        # The first result of a stretch has no predecessor: it stands for one frame of its source.
        passed_s = result.interval_s if self._last_source_s is None else result.time_s - self._last_source_s
        return min(max(0.0, passed_s), MAX_HOLD_S)

    def _session_time(self, result: FrameResult) -> float:
        if self._origin_s is None:
            self._origin_s = result.time_s
        time_s = result.time_s - self._origin_s
        if time_s < self.time_s:
            # The source began anew, or the clock was set back: go on from where the session is.
            time_s = self.time_s + result.interval_s
            self._origin_s = result.time_s - time_s
        return time_s

    def pause(self) -> SessionEvent:
        return SessionEvent(self.time_s, "paused")

    def resume(self) -> SessionEvent:
        """Go on; the time since `pause` is not counted."""
        self._last_source_s = None
        return SessionEvent(self.time_s, "resumed")

    def interrupt(self, reason: str) -> SessionEvent:
        """Note that the source is gone; the time until it returns is not counted."""
        self._last_source_s = None
        return SessionEvent(self.time_s, "source lost", reason)

    @property
    def judgement(self) -> Judgement:
        """The verdict so far."""
        return judge(self.statistics, self.info.rule)
