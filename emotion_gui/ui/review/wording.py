"""How the review words moments and what happened in them; no widgets here."""

from __future__ import annotations

from collections.abc import Mapping

from emotion_gui.core.consent import Consent
from emotion_gui.core.corrections import Correction
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.moments import Moment
from emotion_gui.core.results import FaceQuality, FaceResult, QualityProblem
from emotion_gui.core.session import SessionRecord, SessionState
from emotion_gui.core.translation import N_, _, plural
from emotion_gui.ui.wording import clock

STATES: Mapping[SessionState, str] = {
    SessionState.RUNNING: N_("Running"),
    SessionState.FINISHED: N_("Finished"),
    SessionState.INTERRUPTED: N_("Interrupted"),
}
PROBLEMS: Mapping[QualityProblem, str] = {
    QualityProblem.TOO_SMALL: N_("the face is too small"),
    QualityProblem.TOO_DARK: N_("it is too dark"),
    QualityProblem.TOO_BRIGHT: N_("it is too bright"),
    QualityProblem.BLURRED: N_("the face is blurred"),
    QualityProblem.TURNED_AWAY: N_("the head is turned away"),
    QualityProblem.UNSURE: N_("it is not sure that this is a face"),
}


def fine_clock(seconds: float) -> str:
    """'12:03.4': session time to a tenth of a second, cut and not rounded, as a clock does."""
    tenths = int(max(0.0, seconds) * 10 + 1e-6)
    return f"{clock(tenths // 10)}.{tenths % 10}"


def name_of(emotion: Emotion) -> str:
    return emotion.title


def candidate_of(record: SessionRecord) -> str:
    return record.info.candidate.strip() or _("No name given")


def moment_line(moment: Moment) -> str:
    """What was named at a moment: 'Happy 84 %'."""
    face = moment.face
    if moment.frame is None:
        return _("Nothing was counted here")
    if face is None:
        return _("No face")
    return f"{name_of(face.label)} {100 * face.confidence:.0f} %"


def counted_line(moment: Moment) -> str:
    """Whether a moment counts, and if not, why."""
    face = moment.face
    if moment.frame is None:
        return _("The session was paused, or there was no picture.")
    if face is None:
        return _("Nobody was found in the picture.")
    if face.problem is not None:
        return _("Not counted: {problem}.").format(problem=_(PROBLEMS[face.problem]))
    if not face.watched:
        return _("Not counted: this is not the candidate.")
    others = len(moment.frame.faces) - 1
    if others:
        return _("Counted.") + " " + plural("{count} more face in the picture.", "{count} more faces.", others)
    return _("Counted.")


def quality_line(face: FaceResult | None) -> str:
    """How well the face could be judged, in figures; empty where it was not measured."""
    if face is None or face.quality is None:
        return ""
    quality: FaceQuality = face.quality
    return _("Face {side:.0f} px, light {light:.0f}, sharpness {sharpness:.0f}, turned {turn:.0f} %").format(
        side=quality.side_px, light=quality.light, sharpness=quality.sharpness, turn=100 * quality.turn
    )


def correction_line(correction: Correction, consent: Consent | None) -> str:
    """How a label was set right, and what became of the picture of the face."""
    line = _("Set right by hand: {right} in place of {shown}.").format(
        right=name_of(correction.right), shown=name_of(correction.shown)
    )
    if correction.crop:
        return " ".join((line, _("The picture of the face was kept for training.")))
    if consent and consent.keeps_crops:
        return " ".join((line, _("No picture of this moment was kept.")))
    return line


def corrected_line(count: int) -> str:
    """That labels were set right, and what it does not change; empty where none were."""
    if not count:
        return ""
    return plural(
        "{count} moment was set right by hand; shares and verdict stay as they were counted.",
        "{count} moments were set right by hand; shares and verdict stay as they were counted.",
        count,
    )
