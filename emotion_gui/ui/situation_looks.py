"""How each situation looks and reads: an icon, a role that a theme gives its colour, a sentence.

Colour only repeats what the icon and the words say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from emotion_gui.core.consent_texts import OPENS_AFTER_CONSENT, PREVIEW
from emotion_gui.core.translation import N_
from emotion_gui.ui.situation import Situation


class Role(Enum):
    """What a situation means for the person; the value is the theme's word for its colour."""

    NEUTRAL = "secondary"
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


@dataclass(frozen=True)
class Look:
    """One line of the table.

    Attributes:
        icon: Name of a Bootstrap icon.
        role: What it means.
        sentence: What is the case; empty where it is made of what is seen or of what an error says.
        hint: What to do about it, where it is always the same.
        busy: Whether the program works on it and the person only waits.
    """

    icon: str
    role: Role
    sentence: str = ""
    hint: str = ""
    busy: bool = False


LOOKS: Mapping[Situation, Look] = {
    Situation.NO_SOURCE: Look(
        "camera-video",
        Role.INFO,
        N_("Choose a camera or a recording above."),
        N_("No camera at hand? Try the demo clip."),
    ),
    Situation.SOURCE_OFF: Look("shield-lock", Role.INFO, hint=OPENS_AFTER_CONSENT),
    Situation.OPENING: Look("hourglass-split", Role.INFO, busy=True),
    Situation.NO_CAMERA: Look("camera-video-off", Role.WARNING),
    Situation.NO_PICTURE: Look("file-earmark-x", Role.DANGER),
    Situation.LOST: Look("plug", Role.DANGER),
    Situation.ENDED: Look("check-circle", Role.SUCCESS, hint=N_("Play it again, or choose another source.")),
    Situation.PAUSED: Look("pause-circle", Role.WARNING, N_("Paused: nothing is counted.")),
    Situation.LOADING_MODEL: Look(
        "cpu", Role.INFO, N_("Loading the model - faces are named as soon as it is ready"), busy=True
    ),
    Situation.NO_MODEL: Look("cpu", Role.DANGER, N_("No model - choose File > Open model")),
    Situation.PREVIEW: Look("eye", Role.INFO, PREVIEW),
    Situation.LOOKING: Look("search", Role.INFO, N_("Looking for faces..."), busy=True),
    Situation.CALIBRATING: Look("person-bounding-box", Role.INFO, N_("Calibrating - this time does not count")),
    Situation.UNSEEN: Look("person-dash", Role.WARNING, N_("Candidate not seen - look into the camera")),
    Situation.SOMEBODY_ELSE: Look("person-slash", Role.WARNING, N_("Candidate not seen - other faces do not count")),
    Situation.AWAY: Look("person-x", Role.WARNING, N_("Candidate away - nothing is counted meanwhile")),
    Situation.CLICK_NEEDED: Look("hand-index", Role.WARNING, N_("Candidate away - click the face or press N")),
    Situation.NOT_USABLE: Look("exclamation-triangle", Role.WARNING),
    Situation.NO_FACE: Look(
        "person-exclamation", Role.WARNING, N_("No face found - face the camera and turn on a light")
    ),
    Situation.ONE_FACE: Look("person-check", Role.SUCCESS),
    Situation.CANDIDATE_AMONG_OTHERS: Look(
        "people",
        Role.INFO,
        N_("{count} faces: only the candidate counts ({expression} {percent:.0f} %) - click another to change"),
    ),
    Situation.EVERYONE: Look("people-fill", Role.SUCCESS),
    Situation.COUNTING: Look("record-circle-fill", Role.SUCCESS, N_("counting")),
    Situation.WAITING: Look("hourglass-split", Role.WARNING, N_("waiting")),
    Situation.RESTING: Look("person-bounding-box", Role.INFO, N_("calibrating")),
    Situation.SESSION_PAUSED: Look("pause-fill", Role.WARNING, N_("paused")),
    Situation.SAVING: Look("floppy", Role.INFO, N_("saving..."), busy=True),
    Situation.SAVED: Look("check-lg", Role.SUCCESS, N_("saved")),
    Situation.NOT_SAVED: Look("exclamation-triangle-fill", Role.DANGER, N_("not saved yet")),
    Situation.RECORDING: Look("record-circle-fill", Role.DANGER, N_("● REC {time}")),
    Situation.RECORDING_PAUSED: Look("pause-fill", Role.WARNING, N_("‖ REC paused {time}")),
    Situation.RECORDING_WAITING: Look("hourglass-split", Role.WARNING, N_("○ REC waiting {time}")),
    Situation.NEWS: Look("info-circle", Role.INFO),
    Situation.WORKING: Look("hourglass-split", Role.INFO, busy=True),
    Situation.DONE: Look("check-circle-fill", Role.SUCCESS),
    Situation.TROUBLE: Look("exclamation-triangle-fill", Role.DANGER),
}
