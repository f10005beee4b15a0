"""A session's course as arrays, brought down to what a page can show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.timeline import STEP_S, STEP_VALUES, Timeline

# More columns than a page has pixels show nothing more.
MOST_COLUMNS = 900


@dataclass(frozen=True, eq=False)
class Steps:
    """The steps of a timeline, one row each.

    Attributes:
        start_s: float [n], session time at which each begins, in seconds, rising.
        face_s: float [n], face time in seconds.
        label_s: float [n, 7], face time per emotion by label.
        probability_s: float [n, 7], probability times face time.
    """

    start_s: NDArray[np.float64]
    face_s: NDArray[np.float64]
    label_s: NDArray[np.float64]
    probability_s: NDArray[np.float64]


def steps_of(timeline: Timeline) -> Steps:
    """A copy of all steps; a hundred times as fast as going through them one by one."""
    table = np.frombuffer(timeline.table()).reshape(-1, STEP_VALUES)
    labels, probabilities = table[:, 3 : 3 + len(EMOTIONS)], table[:, 3 + len(EMOTIONS) :]
    return Steps(table[:, 0], table[:, 2], labels, probabilities)


@dataclass(frozen=True, eq=False)
class Course:
    """The course of a session in equal parts, with what the mean over a part would hide.

    Stacked shares cannot be brought down by their lowest and highest values as a line can: seven highest values do not
    make up a whole. So the stack is true to area (each column is the mean over its time, and the picture's shares are
    the session's), and what led for a step only is kept beside it.

    Attributes:
        columns: float [n, 7], proportions of the mean probabilities in each part; a row of zeros where no face was
            counted.
        brief: int [n], position in `EMOTIONS` of what led at least one step of the part although it does not lead the
            part: the strongest of these; -1 where there is none, as in a session that is not brought down at all.
        end_s: Session time of the right edge in seconds.
    """

    columns: NDArray[np.float64]
    brief: NDArray[np.intp]
    end_s: float


def course_of(timeline: Timeline, *, most_columns: int = MOST_COLUMNS) -> Course:
    """The whole course in at most `most_columns` parts."""
    steps, end_s = steps_of(timeline), session_end_s(timeline)
    per_column = max(1, int(np.ceil(end_s / STEP_S / most_columns)))
    count = max(1, int(np.ceil(end_s / STEP_S / per_column)))
    at = np.minimum((steps.start_s / STEP_S).astype(np.intp) // per_column, count - 1)
    columns = np.zeros((count, len(EMOTIONS)))
    # What is drawn are proportions; each column is scaled to a whole when it is.
    np.add.at(columns, at, steps.probability_s)
    return Course(columns, _brief(steps, at, columns), end_s)


def _brief(steps: Steps, at: NDArray[np.intp], columns: NDArray[np.float64]) -> NDArray[np.intp]:
    seen = steps.face_s > 0
    means = np.divide(steps.probability_s, steps.face_s[:, None], out=np.zeros_like(steps.label_s), where=seen[:, None])
    led = np.zeros_like(means)
    rows, leaders = np.flatnonzero(seen), means.argmax(axis=1)[seen]
    led[rows, leaders] = means[rows, leaders]
    strongest = np.zeros_like(columns)
    np.maximum.at(strongest, at, led)
    # What leads the column is what the stack shows best already.
    strongest[np.arange(len(columns)), columns.argmax(axis=1)] = 0
    return np.where(strongest.any(axis=1), strongest.argmax(axis=1), -1)


def session_end_s(timeline: Timeline) -> float:
    """Session time at which the last step ends, in seconds; 1 for an empty session, so that an axis has a length."""
    newest = timeline.last(0.0)
    return newest[-1].start_s + STEP_S if newest else 1.0
