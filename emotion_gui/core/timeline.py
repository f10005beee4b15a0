"""The course of a session: face time and mean probabilities in steps of half a second."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.results import FaceResult

STEP_S = 0.5


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
    """Steps in order of time; grows by one short entry per half second, so four hours take 28,800."""

    def __init__(self, steps: Iterable[TimelineStep] = ()) -> None:
        """Begin with these steps, in order of time."""
        self._steps: list[TimelineStep] = list(steps)

    def add(self, time_s: float, duration_s: float, faces: Iterable[FaceResult]) -> None:
        """Count one analysed frame.

        Args:
            time_s: Session time of the frame in seconds; not before the last one added.
            duration_s: Seconds that it stands for: those before `time_s`.
            faces: The faces in it; those that do not count are left out.
        """
        found = tuple(face for face in faces if face.counts)
        for begin_s, piece_s in _pieces(time_s, duration_s):
            self._add_piece(self._step_at(begin_s), piece_s, found)

    def _add_piece(self, step: TimelineStep, duration_s: float, faces: tuple[FaceResult, ...]) -> None:
        step.duration_s += duration_s
        for face in faces:
            step.face_s += duration_s
            step.label_s[EMOTIONS.index(face.label)] += duration_s
            for index, probability in enumerate(face.probabilities):
                step.probability_s[index] += probability * duration_s

    def _step_at(self, time_s: float) -> TimelineStep:
        start_s = int(max(0.0, time_s) / STEP_S) * STEP_S
        # A clock set back must not open an older step again: the newest one takes the time.
        if self._steps and self._steps[-1].start_s >= start_s:
            return self._steps[-1]
        zeros = [0.0] * len(EMOTIONS)
        self._steps.append(TimelineStep(start_s, 0.0, 0.0, zeros, list(zeros)))
        return self._steps[-1]

    def last(self, seconds: float) -> list[TimelineStep]:
        """The steps of the last `seconds` before the newest one."""
        if not self._steps:
            return []
        begin_s = self._steps[-1].start_s - seconds
        newest: list[TimelineStep] = []
        for step in reversed(self._steps):
            if step.start_s < begin_s:
                break
            newest.append(step)
        return newest[::-1]

    def __len__(self) -> int:
        return len(self._steps)

    def __iter__(self) -> Iterator[TimelineStep]:
        return iter(self._steps)


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
