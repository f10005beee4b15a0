"""The course of a session: face time and mean probabilities in steps of half a second."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.results import FaceResult

STEP_S = 0.5
# A step in `Timeline.table`: start, duration, face time, then a label time and a probability time per emotion.
_START, _DURATION, _FACE, _LABELS = 0, 1, 2, 3
_PROBABILITIES = _LABELS + len(EMOTIONS)
STEP_VALUES = _PROBABILITIES + len(EMOTIONS)
_NOTHING = (0.0,) * (STEP_VALUES - 1)


@dataclass(slots=True)
class TimelineStep:
    """What happened in one step.

    Attributes:
        start_s: Session time at which the step begins, in seconds; a multiple of `STEP_S`.
        duration_s: Seconds counted in it, 0 to `STEP_S` (a step never seen is absent: paused or lost).
        face_s: Face time in it, in seconds, all faces that count together.
        label_s: Face time per emotion by label, in the order of `EMOTIONS`; sums to `face_s`.
        probability_s: Probability times face time per emotion; divide by `face_s` for the mean probability.
    """

    start_s: float
    duration_s: float
    face_s: float
    label_s: list[float]
    probability_s: list[float]

    @property
    def probabilities(self) -> tuple[float, ...]:
        """Mean probability per emotion in the order of `EMOTIONS`; all 0 where no face was seen."""
        return tuple(value / self.face_s if self.face_s else 0.0 for value in self.probability_s)


class Timeline:
    """Steps in order of time; one of 136 bytes per half second, so that four hours take 4 MB.

    They lie in one array of numbers: as objects of their own they took five times the memory.
    """

    def __init__(self, steps: Iterable[TimelineStep] = ()) -> None:
        """Begin with these steps, in order of time."""
        self._values = array("d")
        for step in steps:
            self._values.extend((step.start_s, step.duration_s, step.face_s, *step.label_s, *step.probability_s))

    def add(self, time_s: float, duration_s: float, faces: Iterable[FaceResult]) -> None:
        """Count one analysed frame.

        Args:
            time_s: Session time of the frame in seconds; not before the last one added.
            duration_s: Seconds that it stands for: those before `time_s`.
            faces: The faces in it; those that do not count are left out.
        """
        found = tuple((EMOTIONS.index(face.label), face.probabilities) for face in faces if face.counts)
        for begin_s, piece_s in _pieces(time_s, duration_s):
            self._add_piece(self._step_at(begin_s), piece_s, found)

    def _add_piece(self, at: int, duration_s: float, faces: tuple[tuple[int, tuple[float, ...]], ...]) -> None:
        values = self._values
        values[at + _DURATION] += duration_s
        for label, probabilities in faces:
            values[at + _FACE] += duration_s
            values[at + _LABELS + label] += duration_s
            for index, probability in enumerate(probabilities, at + _PROBABILITIES):
                values[index] += probability * duration_s

    def _step_at(self, time_s: float) -> int:
        """Where the step of a moment begins in the array; a new one where there is none yet."""
        start_s = int(max(0.0, time_s) / STEP_S) * STEP_S
        # A clock set back must not open an older step again: the newest one takes the time.
        if not self._values or self._values[-STEP_VALUES] < start_s:
            self._values.extend((start_s, *_NOTHING))
        return len(self._values) - STEP_VALUES

    def last(self, seconds: float) -> list[TimelineStep]:
        """The steps of the last `seconds` before the newest one."""
        if not self._values:
            return []
        begin_s = self._values[-STEP_VALUES] - seconds
        first = len(self)
        while first and self._values[(first - 1) * STEP_VALUES] >= begin_s:
            first -= 1
        return [self._step(number) for number in range(first, len(self))]

    def table(self) -> bytes:
        """A copy of all steps for libraries that compute: `STEP_VALUES` native doubles for each.

        These are start, duration and face time, then `label_s` and `probability_s` in the order of `EMOTIONS`.
        """
        return self._values.tobytes()

    def _step(self, number: int) -> TimelineStep:
        at = number * STEP_VALUES
        values = self._values[at : at + STEP_VALUES].tolist()
        start_s, duration_s, face_s = values[:_LABELS]
        return TimelineStep(start_s, duration_s, face_s, values[_LABELS:_PROBABILITIES], values[_PROBABILITIES:])

    def __len__(self) -> int:
        return len(self._values) // STEP_VALUES

    def __iter__(self) -> Iterator[TimelineStep]:
        return map(self._step, range(len(self)))


def _pieces(time_s: float, duration_s: float) -> Iterator[tuple[float, float]]:
    """Cut the `duration_s` before `time_s` at the borders of the steps: begin and seconds of each piece.

    At one result a second every second step would otherwise be empty and look like a pause.
    """
    # What lies before the session's first frame goes to the first step.
    begin_s, left_s = max(0.0, time_s - duration_s), duration_s
    border_s = (int(begin_s / STEP_S) + 1) * STEP_S
    while border_s < time_s:
        yield begin_s, border_s - begin_s
        left_s -= border_s - begin_s
        begin_s, border_s = border_s, border_s + STEP_S
    yield begin_s, left_s
