"""Single moments of a stored session, found without reading the hours around them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol, runtime_checkable

from emotion_gui.core.results import FaceResult
from emotion_gui.core.session import MAX_HOLD_S, SessionFrame

# Frames are read in blocks of a few seconds, so that a jump reads little, and a few minutes of them stay at hand.
_BLOCK = 64
_CACHED_BLOCKS = 128


@runtime_checkable
class SeekableFrames(Protocol):
    """Frames of a session that can be read in parts."""

    def times(self, every: int) -> list[float]:
        """Session time in seconds of the first of every so many frames, rising."""
        ...

    def block(self, first: int, count: int) -> tuple[SessionFrame, ...]:
        """Up to `count` frames from position `first` on."""
        ...


@dataclass(frozen=True)
class ListedFrames:
    """Frames in memory, read like stored ones."""

    frames: tuple[SessionFrame, ...]

    def times(self, every: int) -> list[float]:
        return [frame.time_s for frame in self.frames[::every]]

    def block(self, first: int, count: int) -> tuple[SessionFrame, ...]:
        return self.frames[first : first + count]


@dataclass(frozen=True)
class Moment:
    """What the record has of one moment.

    Attributes:
        time_s: The moment in seconds of the session.
        frame: The counted frame nearest to it; None where none is within `MAX_HOLD_S`: paused, or no picture.
        before_s: Time of the frame before that one (or before the moment) in seconds; None at the beginning.
        after_s: Time of the frame after it in seconds; None at the end.
    """

    time_s: float
    frame: SessionFrame | None = None
    before_s: float | None = None
    after_s: float | None = None

    @property
    def face(self) -> FaceResult | None:
        """The candidate's face; else the first that counts for the session, else the first at all."""
        faces = self.frame.faces if self.frame else ()
        return min(faces, key=lambda face: (not face.candidate, not face.watched, face.face), default=None)


class MomentReader:
    """Finds frames by time; the blocks that were read last stay in memory. May be used from several threads."""

    def __init__(self, frames: Iterable[SessionFrame]) -> None:
        """Take the frames of a record; those that cannot be read in parts are held in memory."""
        self._frames = frames if isinstance(frames, SeekableFrames) else ListedFrames(tuple(frames))
        self._block = lru_cache(_CACHED_BLOCKS)(lambda number: self._frames.block(number * _BLOCK, _BLOCK))

    @cached_property
    def _starts_s(self) -> list[float]:
        return self._frames.times(_BLOCK)

    def at(self, time_s: float) -> Moment:
        """The frame nearest to a moment, and when its neighbours are.

        Raises:
            StorageError: The frames cannot be read.
        """
        if not self._starts_s:
            return Moment(time_s)
        number = max(0, bisect_right(self._starts_s, time_s) - 1)
        near = [frame for each in range(max(0, number - 1), number + 2) for frame in self._at(each)]
        if not near:
            # Deleted in another window since it was opened.
            return Moment(time_s)
        index = bisect_left(near, time_s, key=lambda frame: frame.time_s)
        candidates = range(max(0, index - 1), min(index + 1, len(near)))
        nearest = min(candidates, key=lambda each: abs(near[each].time_s - time_s))
        if abs(near[nearest].time_s - time_s) > MAX_HOLD_S:
            before, after = index - 1, index
            return Moment(time_s, None, _time_of(near, before), _time_of(near, after))
        return Moment(time_s, near[nearest], _time_of(near, nearest - 1), _time_of(near, nearest + 1))

    def between(self, begin_s: float, end_s: float) -> Iterator[SessionFrame]:
        """The frames from `begin_s` up to `end_s`, in order of time.

        Raises:
            StorageError: The frames cannot be read.
        """
        number = max(0, bisect_left(self._starts_s, begin_s) - 1)
        while number < len(self._starts_s) and self._starts_s[number] <= end_s:
            yield from (frame for frame in self._at(number) if begin_s <= frame.time_s <= end_s)
            number += 1

    def _at(self, number: int) -> tuple[SessionFrame, ...]:
        return self._block(number) if number < len(self._starts_s) else ()


def _time_of(frames: list[SessionFrame], index: int) -> float | None:
    return frames[index].time_s if 0 <= index < len(frames) else None
