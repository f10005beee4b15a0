"""What a person meets, as one of a fixed set of situations; no widgets here, and no words.

Four questions have an answer each at any time: what the picture shows or why there is none, where the session stands,
what the video does, and what is told once. `situation_looks` says how each answer looks and reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from emotion_gui.controller.calibration import CalibrationState
from emotion_gui.controller.status import (
    Keeping,
    Level,
    ModelState,
    ModelStatus,
    Phase,
    SourceState,
    SourceStatus,
)
from emotion_gui.core.results import FaceResult, QualityProblem
from emotion_gui.core.source_spec import CAMERA
from emotion_gui.tracking.candidate import Presence
from emotion_gui.ui.controller_port import Controller


class Situation(Enum):
    """Every situation; the value is a name for logs, tests and screenshots."""

    # Of the picture: there is none, and something stands in its place.
    NO_SOURCE = "no source"
    SOURCE_OFF = "source off"
    OPENING = "opening"
    NO_CAMERA = "no camera"
    NO_PICTURE = "no picture"
    LOST = "camera lost"
    ENDED = "recording ended"
    PAUSED = "paused"
    # Of the picture: a line under it says what is seen.
    LOADING_MODEL = "loading model"
    NO_MODEL = "no model"
    PREVIEW = "preview"
    LOOKING = "looking for faces"
    CALIBRATING = "calibrating"
    UNSEEN = "candidate not seen"
    SOMEBODY_ELSE = "somebody else in the picture"
    AWAY = "candidate away"
    CLICK_NEEDED = "candidate to be clicked"
    NOT_USABLE = "face not usable"
    NO_FACE = "no face"
    ONE_FACE = "one face"
    CANDIDATE_AMONG_OTHERS = "several faces, one counts"
    EVERYONE = "several faces, all count"
    # Of the session.
    COUNTING = "counting"
    WAITING = "waiting for the picture"
    RESTING = "measuring the resting face"
    SESSION_PAUSED = "session paused"
    SAVING = "saving"
    SAVED = "saved"
    NOT_SAVED = "not saved"
    # Of the video.
    RECORDING = "recording"
    RECORDING_PAUSED = "recording paused"
    RECORDING_WAITING = "recording waiting"
    # Told once.
    NEWS = "news"
    WORKING = "working"
    DONE = "done"
    TROUBLE = "error"


_NO_SOURCE, _READY = SourceStatus(), ModelStatus(ModelState.READY)


@dataclass(frozen=True)
class Sight:
    """All that a situation depends on, as it is at one moment.

    Attributes:
        source: Where the picture source stands.
        model: Where the model stands.
        phase: Where the session stands.
        previews: Whether pictures are shown without looking for faces.
        analyzed: Whether results come.
        faces: The faces of the newest result.
        presence: Where the candidate is.
        everyone: Whether everyone counts, by choice.
        calibrating: Whether a resting face is being measured.
        keeping: Whether the session is on the disk.
        has_session: Whether there is a session, running or ended.
    """

    source: SourceStatus = _NO_SOURCE
    model: ModelStatus = _READY
    phase: Phase = Phase.IDLE
    previews: bool = False
    analyzed: bool = True
    faces: tuple[FaceResult, ...] = ()
    presence: Presence = Presence.NOBODY
    everyone: bool = False
    calibrating: bool = False
    keeping: Keeping = Keeping.SAVED
    has_session: bool = False

    @classmethod
    def of(cls, controller: Controller) -> Sight:
        """What a controller shows now."""
        return cls(
            controller.source,
            controller.model,
            controller.phase,
            controller.previews,
            controller.results_per_s > 0,
            controller.faces,
            controller.presence,
            controller.settings.count_everyone,
            controller.calibration.status.state is CalibrationState.MEASURING,
            controller.keeping.state,
            controller.session is not None,
        )


def hindrance(faces: Iterable[FaceResult]) -> QualityProblem | None:
    """What keeps the largest face of those who count from being counted; None where it counts or is not there."""
    watched = [face for face in faces if face.watched]
    return max(watched, key=lambda face: face.box.width * face.box.height).problem if watched else None


def of_picture(sight: Sight) -> Situation:
    """What stands in place of the picture, or over it; where there is nothing to say there, what is seen in it."""
    return _without_picture(sight) or (Situation.PAUSED if sight.phase is Phase.PAUSED else of_line(sight))


def _without_picture(sight: Sight) -> Situation | None:
    source = sight.source
    if source.state not in {SourceState.LOST, SourceState.FAILED}:
        return _SOURCES.get(source.state)
    if source.state is SourceState.LOST and source.seen:
        return Situation.LOST
    camera = source.spec is not None and source.spec.kind == CAMERA
    return Situation.NO_CAMERA if camera else Situation.NO_PICTURE


def of_line(sight: Sight) -> Situation:
    """What the line under a playing picture says: what stops everything first, then who is missed, then who is seen."""
    if sight.model.state is not ModelState.READY:
        return Situation.LOADING_MODEL if sight.model.state is ModelState.LOADING else Situation.NO_MODEL
    if sight.previews:
        return Situation.PREVIEW
    if not sight.analyzed:
        return Situation.LOOKING
    if sight.calibrating:
        return Situation.CALIBRATING
    return _absence(sight) or _seen(sight.faces)


def _absence(sight: Sight) -> Situation | None:
    """Why the candidate is missed; without a session nobody is waited for, nor where everyone counts."""
    if sight.phase is Phase.IDLE or sight.everyone:
        return None
    return _ABSENCES.get((sight.presence, bool(sight.faces)))


def _seen(faces: tuple[FaceResult, ...]) -> Situation:
    if not faces:
        return Situation.NO_FACE
    if hindrance(faces):
        return Situation.NOT_USABLE
    if len(faces) == 1:
        return Situation.ONE_FACE
    chosen = any(face.candidate for face in faces) and not all(face.watched for face in faces)
    return Situation.CANDIDATE_AMONG_OTHERS if chosen else Situation.EVERYONE


def of_session(sight: Sight) -> Situation | None:
    """Where the session stands; None before the first."""
    if not sight.has_session:
        return None
    match sight.phase:
        case Phase.PAUSED:
            return Situation.SESSION_PAUSED
        # What is not seen is not counted, and nobody should believe that it is.
        case Phase.RUNNING if sight.source.state is not SourceState.PLAYING:
            return Situation.WAITING
        case Phase.RUNNING:
            return Situation.RESTING if sight.calibrating else Situation.COUNTING
        case Phase.IDLE:
            return _KEPT[sight.keeping]


def of_video(sight: Sight, *, paused: bool) -> Situation:
    """What a video that is being recorded does.

    Args:
        sight: What is seen.
        paused: Whether it waits because the session does.
    """
    if paused:
        return Situation.RECORDING_PAUSED
    return Situation.RECORDING if sight.source.state is SourceState.PLAYING else Situation.RECORDING_WAITING


# A source that plays has its picture.
_SOURCES = {
    SourceState.CLOSED: Situation.NO_SOURCE,
    SourceState.WAITING: Situation.SOURCE_OFF,
    SourceState.OPENING: Situation.OPENING,
    SourceState.ENDED: Situation.ENDED,
}
# By where the candidate is, and whether any face is in the picture.
_ABSENCES = {
    (Presence.AWAY, False): Situation.UNSEEN,
    (Presence.AWAY, True): Situation.SOMEBODY_ELSE,
    (Presence.GONE, False): Situation.AWAY,
    (Presence.GONE, True): Situation.CLICK_NEEDED,
}
_KEPT = {Keeping.SAVED: Situation.SAVED, Keeping.SAVING: Situation.SAVING, Keeping.HELD_UP: Situation.NOT_SAVED}
TOLD = {
    Level.INFO: Situation.NEWS,
    Level.BUSY: Situation.WORKING,
    Level.DONE: Situation.DONE,
    Level.ERROR: Situation.TROUBLE,
}
