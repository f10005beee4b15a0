"""Which of the faces is the candidate."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from emotion_gui.core.candidate_wish import LARGEST, CandidateWish, WishKind
from emotion_gui.core.results import FaceResult

# Before a session the largest face is proposed; another must be this much larger in area to be proposed instead, or
# two people side by side would take turns.
_LARGER = 1.3
# And this much further to the left, in widths of the face, where the one on the left is wanted.
_FURTHER_LEFT = 0.5
# A face that the detector misses for a frame or two has not left.
_FLICKER_S = 1.0
# The first pictures of a camera are dark, and people sit down: the largest face is that of the first second, and who
# was seen for less than this is not waited for.
_FIRM_AFTER_S = 1.0


class Presence(Enum):
    """Where the candidate is."""

    NOBODY = "nobody was chosen yet"
    HERE = "in the picture"
    AWAY = "out of the picture and waited for"
    GONE = "out of the picture for so long that a person must say who it is"


class CandidateChoice:
    """Holds on to one person: the largest face at first, the one that is wished for, or the one that was chosen.

    In a session nobody takes the candidate's place by being there: another person's expressions would stand in the
    record as the candidate's. Only a choice by hand, or the same person found again, brings a candidate back.

    Attributes:
        track: The candidate's number; 0 while there is none.
        away_s: Seconds for which a candidate who is not seen is waited for.
        proposing: Whether no session runs, and the largest face is proposed as the candidate until one is chosen.
    """

    def __init__(self, away_s: float = 10.0, wish: CandidateWish = LARGEST) -> None:
        self.track = wish.track
        self.away_s = away_s
        self.proposing = False
        self._leftmost = wish.kind is WishKind.LEFT
        # Who was named by a number is waited for from the first picture on, and nobody else stands in.
        self._by_hand = wish.kind is WishKind.TRACK
        self._seen_s = 0.0
        self._begun_s = 0.0
        self._seen_for_s = 0.0
        self._away_for_s = 0.0

    def choose(self, track: int, time_s: float) -> None:
        """Make this person the candidate."""
        self._take(track, time_s)
        self._by_hand = True

    def forget(self) -> None:
        """Take the largest face of the next frame that has any."""
        self._take(0, self._seen_s)

    def propose(self) -> None:
        """Propose the largest face from now on: no session runs."""
        self.proposing, self._by_hand = True, False

    def settle(self) -> None:
        """Begin a session: whoever was chosen by hand stays; otherwise the next largest face it is."""
        if self.proposing and not self._by_hand:
            self.forget()
        self.proposing = False

    def update(self, time_s: float, faces: Sequence[FaceResult]) -> int:
        """The candidate's number after a frame; 0 while there is nobody."""
        # A source that begins anew counts from 0; how long somebody was away before that is not known.
        self._seen_s = min(self._seen_s, time_s)
        self._away_for_s = time_s - self._seen_s
        if any(face.track == self.track for face in faces):
            self._seen_for_s += min(_FLICKER_S, self._away_for_s)
            self._seen_s, self._away_for_s = time_s, 0.0
        if faces and not self.track:
            self._begun_s = time_s
        self._begun_s = min(self._begun_s, time_s)
        if faces and (not self.track or self._is_open(time_s, faces)):
            self._take(self._foremost(faces).track, time_s)
        return self.track

    def _take(self, track: int, time_s: float) -> None:
        if track != self.track:
            self._seen_for_s = 0.0
        self.track, self._by_hand = track, False
        self._seen_s, self._away_for_s = time_s, 0.0

    @property
    def presence(self) -> Presence:
        """Where the candidate was in the last frame."""
        if not self.track:
            return Presence.NOBODY
        if self._away_for_s <= _FLICKER_S:
            return Presence.HERE
        return Presence.AWAY if self._away_for_s <= self.away_s else Presence.GONE

    def _is_open(self, time_s: float, faces: Sequence[FaceResult]) -> bool:
        """Whether the foremost face may take over."""
        if self._by_hand:
            return self.proposing and self.presence is Presence.GONE
        if not self.proposing and self._seen_for_s >= _FIRM_AFTER_S:
            return False
        own = next((face for face in faces if face.track == self.track), None)
        if own is None:
            return self.presence is not Presence.HERE
        early = self.proposing or time_s - self._begun_s < _FIRM_AFTER_S
        return early and self._is_clearly_ahead(self._foremost(faces), own)

    def _foremost(self, faces: Sequence[FaceResult]) -> FaceResult:
        if self._leftmost:
            return min(faces, key=_middle)
        return max(faces, key=_area)

    def _is_clearly_ahead(self, face: FaceResult, own: FaceResult) -> bool:
        if self._leftmost:
            return _middle(face) < _middle(own) - _FURTHER_LEFT * own.box.width
        return _area(face) > _LARGER * _area(own)


def _middle(face: FaceResult) -> float:
    return face.box.center[0]


def _area(face: FaceResult) -> float:
    return face.box.width * face.box.height
