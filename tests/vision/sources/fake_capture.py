"""A camera without a camera: the part of `cv2.VideoCapture` that the sources use."""

from __future__ import annotations

import threading
from typing import Any

import cv2

from tests.vision.sources.clips import picture


class FakeCapture:
    """Gives `frames` pictures, then what `then` says: 'fails', or 'hangs' until it is released by `unblock`.

    Attributes:
        asked: Properties in the order in which they were asked for.
    """

    def __init__(self, frames: int = 10, *, opened: bool = True, fps: float = 30, then: str = "fails") -> None:
        self.asked: list[tuple[int, float]] = []
        self.released = threading.Event()
        self.unblock = threading.Event()
        self._frames = frames
        self._opened = opened
        self._fps = fps
        self._then = then
        self._given = 0

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self._opened

    def read(self) -> tuple[bool, Any]:
        if self._given == self._frames:
            if self._then == "hangs":
                self.unblock.wait(10)
            return False, None
        self._given += 1
        return True, picture(self._given)

    def get(self, propId: int) -> float:  # noqa: N803 - OpenCV's name
        return self._fps if propId == cv2.CAP_PROP_FPS else 0.0

    def set(self, propId: int, value: float) -> bool:  # noqa: N803 - OpenCV's name
        self.asked.append((propId, value))
        return True

    def release(self) -> None:
        self.released.set()
