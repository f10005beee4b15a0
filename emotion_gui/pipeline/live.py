"""Capture, analysis and the picture for the screen, each on a thread of its own."""

from __future__ import annotations

import logging
import queue
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.results import FaceResult
from emotion_gui.pipeline.analyzer import FrameAnalyzer
from emotion_gui.pipeline.capture import Captured, CaptureThread
from emotion_gui.pipeline.events import Event, FrameAnalyzed, SourceEnded, SourceLost, WorkerFailed
from emotion_gui.pipeline.following import Following
from emotion_gui.pipeline.latest import LatestSlot
from emotion_gui.pipeline.rate_gate import RateGate
from emotion_gui.pipeline.shot import Shot
from emotion_gui.vision.annotate import AnnotationStyle
from emotion_gui.vision.sources import VideoSource

_log = logging.getLogger(__name__)

# Marks older than this belong to a face that may be elsewhere by now.
_MARKS_LAST_S = 0.6
_WAIT_S = 0.1
_JOIN_S = 3.0


@dataclass(frozen=True, slots=True)
class View:
    """How the picture is shown: size in pixels (width, height), mirrored or not, and the marks on it."""

    size_wh: tuple[int, int] = (640, 480)
    mirror: bool = False
    style: AnnotationStyle = field(default_factory=AnnotationStyle)


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture ready for the screen.

    Attributes:
        rgb: uint8 [height, width, 3], 0 to 255.
        captured_at: When its frame was there, in seconds of `time.monotonic`.
    """

    rgb: NDArray[np.uint8]
    captured_at: float


@dataclass(frozen=True, slots=True)
class _Marks:
    faces: tuple[FaceResult, ...]
    captured_at: float


class LivePipeline:
    """Plays one source; the newest picture is shown, every result is told.

    Attributes:
        pictures: The newest picture that nobody has taken.
        newest: What the newest picture was drawn from; None before the first.
    """

    def __init__(
        self,
        open_source: Callable[[], VideoSource],
        *,
        following: Following | None = None,
        reconnect: bool = False,
        loop: bool = False,
    ) -> None:
        """Prepare; `start` begins.

        Args:
            open_source: Opens the source, on the capture thread.
            following: Tells the persons apart; None leaves each frame by itself.
            reconnect: Whether a lost source is tried again.
            loop: Whether a recording begins again at its end.
        """
        self.pictures: LatestSlot[Picture] = LatestSlot()
        self.newest: Shot | None = None
        self._watch: Callable[[Shot], None] | None = None
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._to_analyze: LatestSlot[Captured] = LatestSlot()
        self._to_compose: LatestSlot[Captured] = LatestSlot()
        self._analyzer: FrameAnalyzer | None = None
        self._following = following
        self._gate = RateGate(None)
        self._view = View()
        self._marks = _Marks((), 0.0)
        self._stop = threading.Event()
        self._asked: Captured | None = None
        self._answered: Captured | None = None
        self._capture = CaptureThread(open_source, self._deliver, self._tell, reconnect=reconnect, loop=loop)
        self._threads = [
            threading.Thread(target=self._guard, args=(work,), name=name, daemon=True)
            for name, work in (("analysis", self._analyze_newest), ("picture", self._compose_newest))
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()
        self._capture.start()

    def stop(self) -> None:
        """End all threads and release the source."""
        self._stop.set()
        self._capture.stop()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(_JOIN_S)

    def set_analyzer(self, analyzer: FrameAnalyzer | None, max_rate: float | None = None) -> None:
        """Change what names the faces; without one, pictures are shown and nothing is analysed."""
        self._gate = RateGate(max_rate)
        self._analyzer = analyzer

    def set_view(self, view: View) -> None:
        """Change how the picture is shown, from the next frame on."""
        self._view = view

    def set_watch(self, watch: Callable[[Shot], None] | None) -> None:
        """Tell about every picture that is drawn, on the thread that draws it; what is called must return at once."""
        self._watch = watch

    def set_loop(self, loop: bool) -> None:
        self._capture.loop = loop

    def hold(self, held: bool) -> None:
        """Stop a recording where it is, or let it go on; a live source runs on."""
        self._capture.hold(held)

    def events(self, most: int = 100) -> Iterator[Event]:
        """What was told since the last call, in order, at most so many."""
        for _ in range(most):
            try:
                yield self._events.get_nowait()
            except queue.Empty:
                return

    def _deliver(self, captured: Captured) -> None:
        self._to_compose.put(captured)
        if self._analyzer and self._gate.lets_pass(captured.frame.time_s, captured.frame.interval_s):
            self._asked = captured
            self._to_analyze.put(captured)

    def _tell(self, event: Event) -> None:
        if isinstance(event, SourceEnded | SourceLost):
            self._finish_analysis()
        self._events.put(event)

    def _finish_analysis(self) -> None:
        """Wait for the last frame's result, so that the end or the loss is told after it.

        A result told after the loss would make the session count the time until the source is back.
        """
        analysis = self._threads[0]
        while self._asked is not self._answered and analysis.is_alive() and not self._stop.wait(0.005):
            pass

    def _guard(self, work: Callable[[], None]) -> None:
        name = threading.current_thread().name
        while not self._stop.is_set():
            try:
                work()
            except Exception:  # noqa: BLE001 - the thread's boundary
                _log.exception("%s failed", name)
                self._events.put(WorkerFailed(name, traceback.format_exc()))
                return

    def _analyze_newest(self) -> None:
        captured = self._to_analyze.take(_WAIT_S)
        analyzer = self._analyzer
        if captured is None:
            return
        if analyzer:
            result, crops = analyzer.examine(captured.frame)
            if self._following:
                result = self._following.follow(result)
            self._marks = _Marks(result.faces, captured.captured_at)
            self._events.put(FrameAnalyzed(result, time.monotonic() - captured.captured_at, crops))
        self._answered = captured

    def _compose_newest(self) -> None:
        captured = self._to_compose.take(_WAIT_S)
        if captured is None:
            return
        view, marks = self._view, self._marks
        fresh = abs(captured.captured_at - marks.captured_at) < _MARKS_LAST_S
        shot = Shot(captured.frame, marks.faces if fresh else (), view.style, view.mirror)
        self.pictures.put(Picture(shot.composed(view.size_wh), captured.captured_at))
        self.newest = shot
        if self._watch:
            self._watch(shot)
