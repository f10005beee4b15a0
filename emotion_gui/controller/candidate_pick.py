"""Who counts, chosen by hand in the picture as it is shown."""

from __future__ import annotations

from collections.abc import Callable

from emotion_gui.pipeline.following import Following


class CandidatePick:
    """A choice holds from the next result on; both return at once.

    Args:
        following: Who follows the faces now; another one after each session.
        mirrors: Whether the picture is shown mirrored.
    """

    def __init__(self, following: Callable[[], Following], mirrors: Callable[[], bool]) -> None:
        self._following = following
        self._mirrors = mirrors

    def at(self, x: float, y: float) -> bool:
        """Make the person at this place of the shown picture the candidate.

        Args:
            x: Share of the picture's width from its left, 0 to 1.
            y: Share of its height from its top, 0 to 1.

        Returns:
            Whether there is a face.
        """
        return self._following().choose_at(1 - x if self._mirrors() else x, y)

    def next(self) -> None:
        """Make the next face to the right in the shown picture the candidate, after the last one the leftmost."""
        self._following().choose_next(leftward=self._mirrors())
