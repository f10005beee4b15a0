"""How the window words a calibration and what came out of it; no widgets here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from emotion_gui.controller.calibration import CALIBRATION_S, CalibrationState, CalibrationStatus
from emotion_gui.core.baseline import Baseline
from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.translation import _
from emotion_gui.ui.wording import hint_line

# From this share on the resting face is what the correction takes it for.
_PLAINLY = 0.8
# Less than this is not worth a line.
_LEAST = 0.01


@dataclass(frozen=True)
class CalibrationWords:
    """What stands in the window.

    Attributes:
        title: What is the case, or what to do.
        text: More about it.
        trouble: Whether something is wrong.
    """

    title: str
    text: str
    trouble: bool = False


def calibration_words(status: CalibrationStatus) -> CalibrationWords:
    """The sentences for a status."""
    match status.state:
        case CalibrationState.MEASURING:
            title = _("Ask the candidate to look at the camera and rest.")
            return CalibrationWords(title, _measuring(status), not status.seen or status.problem is not None)
        case CalibrationState.FAILED:
            return CalibrationWords(status.message, status.hint, True)
        case _other:
            title = _("The baseline is in use.") if status.baseline else _("Teach the program this face at rest.")
            return CalibrationWords(title, outcome(status.baseline) if status.baseline else _purpose())


def _purpose() -> str:
    return _(
        "Some faces look sad or angry when they only rest. The program watches the candidate's resting face for "
        "{seconds} seconds and from then on shows what goes beyond it. These seconds do not count in the session. "
        "You may skip this, and do it again at any time."
    ).format(seconds=int(CALIBRATION_S))


def _measuring(status: CalibrationStatus) -> str:
    if not status.seen:
        return _("The candidate's face is not in the picture; the time goes on when it is back.")
    if status.problem:
        return f"⚠ {hint_line(status.problem)}"
    return _("{seen} of {needed} seconds seen. No talking and no smile meanwhile.").format(
        seen=int(status.progress * CALIBRATION_S), needed=int(CALIBRATION_S)
    )


def outcome(baseline: Baseline) -> str:
    """What a baseline changes, one sentence."""
    if baseline.resting[EMOTIONS.index(Emotion.NEUTRAL)] >= _PLAINLY:
        return _("This face rests neutral, so the baseline changes next to nothing.")
    strongest = max(EMOTIONS[:-1], key=lambda emotion: baseline.resting[EMOTIONS.index(emotion)])
    return _("From now on '{emotion}' is shown only as far as it goes beyond the resting face.").format(
        emotion=strongest.word
    )


def resting_shares(baseline: Baseline) -> list[tuple[Emotion, float]]:
    """What the resting face is read as, 0 to 1 each, the strongest first; without what hardly occurs."""
    shares = sorted(zip(EMOTIONS, baseline.resting, strict=True), key=lambda pair: -pair[1])
    return [pair for pair in shares if pair[1] >= _LEAST]


def since_words(baseline: Baseline) -> str:
    """'Baseline in use since 14:02', with the day where it was not today."""
    taken_at = baseline.taken_at.astimezone()
    today = taken_at.date() == datetime.now().astimezone().date()
    when = f"{taken_at:%H:%M}" if today else f"{taken_at:%Y-%m-%d %H:%M}"
    return _("Baseline in use since {when}").format(when=when)
