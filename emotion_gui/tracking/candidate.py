"""Which of the faces is the candidate."""

from __future__ import annotations

from collections.abc import Sequence

from emotion_gui.core.results import FaceResult


class CandidateChoice:
    """Holds on to one person: the largest face at first, or the one that was chosen.

    Attributes:
        track: The candidate's number; 0 while there is none.
        away_s: Seconds for which a candidate who is not seen stays the candidate.
    """

    def __init__(self, away_s: float = 10.0) -> None:
        self.track = 0
        self.away_s = away_s
        self._seen_s = 0.0

    def choose(self, track: int, time_s: float) -> None:
        """Make this person the candidate."""
        self.track, self._seen_s = track, time_s

    def forget(self) -> None:
        """Take the largest face of the next frame that has any."""
        self.track = 0

    def update(self, time_s: float, faces: Sequence[FaceResult]) -> int:
        """The candidate's number after a frame; 0 while there is nobody."""
        if any(face.track == self.track for face in faces):
            self._seen_s = time_s
        elif faces and (not self.track or time_s - self._seen_s > self.away_s):
            self.choose(max(faces, key=lambda face: face.box.width * face.box.height).track, time_s)
        return self.track
