"""When the candidate of a session was chosen, lost and found again, for the record."""

from __future__ import annotations

from dataclasses import dataclass

from emotion_gui.core.results import FaceResult

CHOSEN, LOST, BACK = "candidate chosen", "candidate lost", "candidate back"
# A face that the detector misses for a moment is not worth a line in the record.
LOST_AFTER_S = 1.0
# Ten times a tenth of a second are a little less than one.
_ROUNDING_S = 1e-6


@dataclass(frozen=True, slots=True)
class CandidateChange:
    """What became of the candidate.

    Attributes:
        kind: `CHOSEN`, `LOST` or `BACK`: the record's own words, in English.
        text: Details for the record, in English.
    """

    kind: str
    text: str


class CandidateWatch:
    """Tells from the counted results alone, so that a window and a recording's analysis give the same record."""

    def __init__(self) -> None:
        self._track = 0
        self._seen_s = 0.0
        self._unseen_s = 0.0

    def add(self, time_s: float, duration_s: float, faces: tuple[FaceResult, ...]) -> CandidateChange | None:
        """What one counted result tells; None where nothing changed.

        Args:
            time_s: Session time in seconds.
            duration_s: Seconds that the result stands for; pauses and a lost source make no absence.
            faces: All faces in it.
        """
        track = next((face.track for face in faces if face.candidate), 0)
        if not track:
            return self._miss(duration_s)
        was_lost_s = self._unseen_s if self._is_lost else 0.0
        chosen, self._track = track != self._track, track
        self._seen_s, self._unseen_s = time_s, 0.0
        if chosen:
            return CandidateChange(CHOSEN, f"person {track}")
        return CandidateChange(BACK, f"person {track} after {was_lost_s:.1f} s") if was_lost_s else None

    @property
    def _is_lost(self) -> bool:
        return self._unseen_s >= LOST_AFTER_S - _ROUNDING_S

    def _miss(self, duration_s: float) -> CandidateChange | None:
        told = self._is_lost
        self._unseen_s += duration_s
        if not self._track or told or not self._is_lost:
            return None
        return CandidateChange(LOST, f"person {self._track}, last seen at {self._seen_s:.1f} s")
