"""Several analysers for one recording, each in a thread: frames do not depend on each other, persons come after."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue

from emotion_gui.core.results import FaceResult, FrameResult
from emotion_gui.pipeline.analyzer import FrameAnalyzer
from emotion_gui.vision.frame import Frame

# So many frames wait for each analyser; more would only need memory.
_AHEAD = 2


class AnalyzerCrew:
    """Does what one `FrameAnalyzer` does, faster: models and OpenCV leave Python to the others while they work."""

    def __init__(self, analyzers: Sequence[FrameAnalyzer]) -> None:
        """Take analysers of the same detector and model, each with its own."""
        self._analyzers = tuple(analyzers)

    def in_order(self, frames: Iterable[Frame]) -> Iterator[FrameResult]:
        """The result of each frame, in their order; frames are taken in the caller's thread, a few ahead."""
        free: SimpleQueue[FrameAnalyzer] = SimpleQueue()
        for analyzer in self._analyzers:
            free.put(analyzer)

        def analyze(frame: Frame) -> FrameResult:
            analyzer = free.get()
            try:
                return analyzer.analyze(frame)
            finally:
                free.put(analyzer)

        waiting: deque[Future[FrameResult]] = deque()
        with ThreadPoolExecutor(len(self._analyzers)) as threads:
            for frame in frames:
                waiting.append(threads.submit(analyze, frame))
                if len(waiting) > _AHEAD * len(self._analyzers):
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def recall(self, frame: Frame, faces: tuple[FaceResult, ...]) -> FrameResult:
        """See `FrameAnalyzer.recall`."""
        return self._analyzers[0].recall(frame, faces)
