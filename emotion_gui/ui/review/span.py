"""The stretch of a session that is shown, and how it is zoomed and moved; no widgets here."""

from __future__ import annotations

from dataclasses import dataclass

# A shorter stretch has fewer results than the chart has room for.
LEAST_S = 2.0


@dataclass(frozen=True)
class Span:
    """From `begin_s` to `end_s`, in seconds of a session that is `whole_s` long; 0 <= begin < end <= whole."""

    begin_s: float
    end_s: float
    whole_s: float

    @classmethod
    def whole(cls, whole_s: float) -> Span:
        """All of a session."""
        return cls(0.0, whole_s, whole_s)

    @property
    def length_s(self) -> float:
        return self.end_s - self.begin_s

    @property
    def is_whole(self) -> bool:
        return self.length_s >= self.whole_s

    def share_of(self, time_s: float) -> float:
        """Where a moment lies: 0 at the beginning of the stretch, 1 at its end; beyond them outside of it."""
        return (time_s - self.begin_s) / self.length_s

    def time_at(self, share: float) -> float:
        """The moment at a place, never outside of the stretch."""
        return self.begin_s + min(1.0, max(0.0, share)) * self.length_s

    def zoomed(self, at_s: float, factor: float) -> Span:
        """A stretch `factor` times as long in which the moment `at_s` stays at its place."""
        length_s = min(self.whole_s, max(min(LEAST_S, self.whole_s), self.length_s * factor))
        return self._from(at_s - self.share_of(at_s) * length_s, length_s)

    def stretch(self, one_s: float, other_s: float) -> Span:
        """The stretch between two moments, in either order."""
        length_s = min(self.whole_s, max(min(LEAST_S, self.whole_s), abs(other_s - one_s)))
        return self._from((one_s + other_s - length_s) / 2, length_s)

    def following(self, time_s: float) -> Span:
        """The same where it has the moment in it; else a stretch as long with the moment in its middle."""
        if self.begin_s <= time_s <= self.end_s:
            return self
        return self._from(time_s - self.length_s / 2, self.length_s)

    def _from(self, begin_s: float, length_s: float) -> Span:
        begin_s = min(max(0.0, begin_s), self.whole_s - length_s)
        return Span(begin_s, begin_s + length_s, self.whole_s)
