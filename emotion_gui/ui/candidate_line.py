"""What the line under the picture says of the candidate; no widgets here."""

from __future__ import annotations

from collections.abc import Sequence

from emotion_gui.core.results import FaceResult
from emotion_gui.core.translation import N_, _
from emotion_gui.tracking.candidate import Presence
from emotion_gui.ui.wording import ATTENTION

_NO_FACE_THERE = N_("No face there - click on a face to choose it")
_BACK = N_("The candidate is back")
_UNSEEN = N_("Candidate not seen - look into the camera")
_SOMEBODY_ELSE = N_("Candidate not seen - other faces do not count")
_AWAY = N_("Candidate away - nothing is counted meanwhile")
_CLICK = N_("Candidate away - click the face to go on")
_OTHERS = N_("Candidate: {expression} {percent:.0f} % - click a face to change")
# What is shown for less cannot be read.
_NOTE_LASTS_S = 2.5


class CandidateLine:
    """Says where the candidate is, and for a moment what has just become of it."""

    def __init__(self) -> None:
        self._was_away = False
        self._note = ""
        self._note_until_s = 0.0

    def missed(self, now_s: float) -> None:
        """A click found no face."""
        self._tell(_NO_FACE_THERE, now_s)

    def update(self, presence: Presence, faces: Sequence[FaceResult], now_s: float, *, running: bool) -> str:
        """The line to show now; empty where there is nothing to say of the candidate.

        Args:
            presence: Where the candidate is.
            faces: What is in the picture.
            now_s: Seconds of any clock that does not run backwards.
            running: Whether a session runs; without one, nobody waits for anybody.
        """
        away = running and presence in {Presence.AWAY, Presence.GONE}
        if self._was_away and running and presence is Presence.HERE:
            self._tell(_BACK, now_s)
        self._was_away = away
        if away:
            return f"{ATTENTION} {_(_absence(presence, faces))}"
        return _(self._note) if now_s < self._note_until_s else _among_others(faces)

    def _tell(self, note: str, now_s: float) -> None:
        self._note, self._note_until_s = note, now_s + _NOTE_LASTS_S


def _absence(presence: Presence, faces: Sequence[FaceResult]) -> str:
    if presence is Presence.GONE:
        return _CLICK if faces else _AWAY
    return _SOMEBODY_ELSE if faces else _UNSEEN


def _among_others(faces: Sequence[FaceResult]) -> str:
    candidate = next((face for face in faces if face.candidate), None)
    if candidate is None or all(face.watched for face in faces):
        return ""
    return _(_OTHERS).format(expression=_(candidate.label.title), percent=100 * candidate.confidence)
