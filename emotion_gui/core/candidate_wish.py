"""Whose face a recording is about, as somebody wants it who cannot click on a face."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

_TRACK = re.compile(r"track[ :]?([1-9][0-9]{0,8})")


class WishKind(Enum):
    """How the candidate is found; the value is what is typed."""

    LARGEST = "largest"
    LEFT = "left"
    TRACK = "track"


@dataclass(frozen=True, slots=True)
class CandidateWish:
    """Who is the candidate.

    Attributes:
        kind: The largest face, the one furthest left, or the person with a number.
        track: That number, from 1; 0 for the other two.
    """

    kind: WishKind = WishKind.LARGEST
    track: int = 0

    @classmethod
    def parse(cls, text: str) -> CandidateWish:
        """Read 'largest', 'left' or 'track N'.

        Raises:
            ValueError: It is none of these.
        """
        found = _TRACK.fullmatch(text)
        if found:
            return cls(WishKind.TRACK, int(found[1]))
        if text not in {WishKind.LARGEST.value, WishKind.LEFT.value}:
            raise ValueError(text)
        return cls(WishKind(text))

    def __str__(self) -> str:
        return f"{self.kind.value} {self.track}" if self.track else self.kind.value


LARGEST = CandidateWish()
