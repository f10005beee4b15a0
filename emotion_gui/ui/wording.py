"""How the window words times, counts and states; no widgets here."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime

from emotion_gui.controller.status import ModelState, ModelStatus, SourceState, SourceStatus
from emotion_gui.core.results import FaceResult, QualityProblem
from emotion_gui.core.source_spec import CAMERA, STREAM
from emotion_gui.core.translation import N_, _, plural

MAX_NAMED_FACES = 3
MAX_NAME = 40
# What keeps a face from being counted, and what to do about it.
HINTS: Mapping[QualityProblem, str] = {
    QualityProblem.TOO_SMALL: N_("face too small - come closer to the camera"),
    QualityProblem.TOO_DARK: N_("too dark - turn on a light in front of the face"),
    QualityProblem.TOO_BRIGHT: N_("too bright - move out of the light or dim it"),
    QualityProblem.TURNED_AWAY: N_("turned away - turn to the camera"),
    QualityProblem.BLURRED: N_("blurred - hold still, clean the lens or focus"),
    QualityProblem.UNSURE: N_("face hardly seen - look into the camera, nothing before the face"),
}


def clock(seconds: float) -> str:
    """'0:07', '12:03', '1:02:03'."""
    whole = max(0, int(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def moment(when: datetime) -> str:
    """'2026-11-21 14:02' in the user's own time zone."""
    return f"{when.astimezone():%Y-%m-%d %H:%M}"


def shortened(name: str, most: int = MAX_NAME) -> str:
    """A name with its middle left out where it is longer than `most` characters."""
    if len(name) <= most:
        return name
    head = (most - 1) // 2
    return f"{name[:head]}…{name[len(name) - (most - 1 - head) :]}"


def source_line(source: SourceStatus, now: float) -> str:
    """The status bar's sentence about the picture source.

    Args:
        source: Where it stands.
        now: Seconds of `time.monotonic`, for the countdown.
    """
    name = shortened(source.spec.title) if source.spec else ""
    match source.state:
        case SourceState.CLOSED:
            return _("No picture source chosen")
        case SourceState.WAITING | SourceState.OPENING:
            waits = source.state is SourceState.WAITING
            sentence = _("{name} - off until a session starts") if waits else _("Opening {name}...")
            return sentence.format(name=name)
        case SourceState.PLAYING:
            return name
        case SourceState.ENDED:
            return _("{name} has ended").format(name=name)
        case SourceState.FAILED:
            return _("No picture from {name}").format(name=name)
        case SourceState.LOST:
            sentence = _("{name} lost - {retry}") if source.seen else _("{name} without a picture - {retry}")
            return sentence.format(name=lost_name(source), retry=retry_words(source, now))


def lost_name(source: SourceStatus) -> str:
    kind = source.spec.kind if source.spec else ""
    return {CAMERA: _("Camera"), STREAM: _("Stream")}.get(kind, _("Picture"))


def retry_words(source: SourceStatus, now: float) -> str:
    """'trying again in 4 s', or 'trying again now' when the time has come."""
    left = math.ceil(source.retry_at - now)
    return _("trying again in {seconds} s").format(seconds=left) if left > 0 else _("trying again now")


def model_line(model: ModelStatus) -> str:
    match model.state:
        case ModelState.LOADING:
            return _("Loading the model...")
        case ModelState.MISSING:
            return _("No model - choose File > Open model")
        case ModelState.READY:
            return _("Model {name}").format(name=shortened(model.name))


def faces_line(faces: Sequence[FaceResult]) -> str:
    """What is in the picture, in words: '2 faces: happy 84 %, neutral 60 %'."""
    names = [f"{face.label.word} {100 * face.confidence:.0f} %" for face in faces[:MAX_NAMED_FACES]]
    more = ", ..." if len(faces) > MAX_NAMED_FACES else ""
    noun = plural("{count} face", "{count} faces", len(faces))
    return f"{noun}: {', '.join(names)}{more}"


def capitalized(words: str) -> str:
    """The words as a sentence begins."""
    return words[:1].upper() + words[1:]


def hint_line(problem: QualityProblem) -> str:
    """Why a face is not counted and what to do: 'Not counted: too dark - turn on a light ...'."""
    return _("Not counted: {hint}").format(hint=_(HINTS[problem]))
