"""A camera shown to whoever tries it out: no analysis, no record, no session can be reached from here."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from emotion_gui.pipeline.capture import Captured, CaptureThread
from emotion_gui.pipeline.events import Event
from emotion_gui.pipeline.latest import LatestSlot
from emotion_gui.vision.annotate import AnnotationStyle, compose
from emotion_gui.vision.sources import VideoSource


class CameraPreview:
    """Keeps the newest picture until it is taken, and no other.

    Attributes:
        pictures: The newest picture, RGB, uint8 [h, w, 3].
    """

    def __init__(self, open_source: Callable[[], VideoSource], *, size_wh: tuple[int, int], mirror: bool) -> None:
        """Prepare; `start` begins.

        Args:
            open_source: Opens the camera, on a thread of this preview.
            size_wh: Width and height that a picture must fit into, in pixels.
            mirror: Whether left and right change places.
        """
        self.pictures: LatestSlot[NDArray[np.uint8]] = LatestSlot()
        self._size_wh = size_wh
        self._mirror = mirror
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._capture = CaptureThread(open_source, self._deliver, self._events.put, reconnect=False, loop=False)

    def start(self) -> None:
        self._capture.start()

    def stop(self) -> None:
        """End the thread and release the camera."""
        self._capture.stop()

    def events(self) -> Iterator[Event]:
        """What was told since the last call, in order."""
        while not self._events.empty():
            yield self._events.get()

    def _deliver(self, captured: Captured) -> None:
        # Small enough to be made on the thread that reads: a millisecond.
        image = captured.frame.image_bgr
        self.pictures.put(compose(image, (), AnnotationStyle(), size_wh=self._size_wh, mirror=self._mirror))
