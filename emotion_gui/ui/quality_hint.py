"""Why the face that should count does not, steady enough to be read."""

from __future__ import annotations

from collections.abc import Iterable

from emotion_gui.core.results import FaceResult, QualityProblem

# One bad result in a good stretch is nothing to act on.
_BEGINS_AFTER_S = 0.4
# What is shown for less cannot be read.
_STAYS_S = 1.5


def hindered(faces: Iterable[FaceResult]) -> QualityProblem | None:
    """What keeps the largest face of those who count from being counted; None where it counts or is not there."""
    watched = [face for face in faces if face.watched]
    return max(watched, key=lambda face: face.box.width * face.box.height).problem if watched else None


class QualityHint:
    """Turns what is wrong with single results into a hint that does not flicker.

    Attributes:
        shown: The hint; None for none.
    """

    def __init__(self) -> None:
        self.shown: QualityProblem | None = None
        self._wanted: QualityProblem | None = None
        self._wanted_since_s = 0.0
        self._shown_since_s = 0.0

    def update(self, problem: QualityProblem | None, now_s: float) -> QualityProblem | None:
        """The hint to show now.

        Args:
            problem: What is wrong with the newest result.
            now_s: Seconds of any clock that does not run backwards.
        """
        if problem is not self._wanted:
            self._wanted, self._wanted_since_s = problem, now_s
        lasts = now_s - self._wanted_since_s >= _BEGINS_AFTER_S
        readable = self.shown is None or now_s - self._shown_since_s >= _STAYS_S
        if problem is not self.shown and lasts and readable:
            self.shown, self._shown_since_s = problem, now_s
        return self.shown
