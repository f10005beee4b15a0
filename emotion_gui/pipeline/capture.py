"""The thread that reads a source at its own pace and brings a lost one back."""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace

from emotion_gui.core.errors import SourceError
from emotion_gui.pipeline.events import Event, SourceEnded, SourceLost, SourceOpened, WorkerFailed
from emotion_gui.vision.frame import Frame
from emotion_gui.vision.sources import VideoSource

_log = logging.getLogger(__name__)

_FIRST_RETRY_S = 0.5
_LONGEST_RETRY_S = 8.0
# A recording that falls further behind than this goes on from where it is; catching up would show a blur.
_LATEST_S = 0.5
# A driver may block in a read for some seconds; the thread then ends by itself when the read returns.
_JOIN_S = 3.0


@dataclass(frozen=True, slots=True)
class Captured:
    """A frame with the moment at which it was there, in seconds of `time.monotonic`."""

    frame: Frame
    captured_at: float


class CaptureThread:
    """Reads frames and hands each on at once; never waits for whoever takes them.

    The frames' times go on without a step back when a source is opened again.
    """

    def __init__(
        self,
        open_source: Callable[[], VideoSource],
        deliver: Callable[[Captured], None],
        tell: Callable[[Event], None],
        *,
        reconnect: bool,
        loop: bool,
    ) -> None:
        """Prepare; `start` begins.

        Args:
            open_source: Opens the source; called again after it was lost or, when looping, has ended.
            deliver: Takes each frame; must return at once.
            tell: Takes each event; must return at once.
            reconnect: Whether a lost source is tried again, as cameras and streams are.
            loop: Whether a recording begins again at its end.
        """
        self._open_source = open_source
        self._deliver = deliver
        self._tell = tell
        self._reconnect = reconnect
        self.loop = loop
        self._stop = threading.Event()
        self._held = threading.Event()
        self._thread = threading.Thread(target=self._run, name="capture", daemon=True)
        self._started_at = 0.0
        self._frames = 0
        self._end_s = 0.0

    def start(self) -> None:
        self._thread.start()

    def hold(self, held: bool) -> None:
        """Stop a recording where it is, or let it go on; a live source runs on."""
        if held:
            self._held.set()
        else:
            self._held.clear()

    def stop(self) -> None:
        """End the thread and release the source."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(_JOIN_S)

    def _run(self) -> None:
        self._started_at = time.monotonic()
        try:
            self._play_until_stopped()
        except Exception:  # noqa: BLE001 - the thread's boundary
            _log.exception("capture failed")
            self._tell(WorkerFailed("capture", traceback.format_exc()))

    def _play_until_stopped(self) -> None:
        retry_s = _FIRST_RETRY_S
        while not self._stop.is_set():
            frames_before = self._frames
            try:
                self._play_once()
            except SourceError as error:
                # A source that gave pictures was fine: the next try comes soon again.
                retry_s = _FIRST_RETRY_S if self._frames > frames_before else retry_s
                if not self._tell_loss(error, retry_s):
                    return
                self._stop.wait(retry_s)
                retry_s = min(2 * retry_s, _LONGEST_RETRY_S)
                continue
            if self._stop.is_set() or not self.loop or self._frames == frames_before:
                break
        if not self._stop.is_set():
            self._tell(SourceEnded())

    def _tell_loss(self, error: SourceError, retry_s: float) -> bool:
        """Tell that the source is gone; False when it will not be tried again."""
        self._tell(SourceLost(error.message, error.hint, retry_s if self._reconnect else None))
        return self._reconnect

    def _play_once(self) -> None:
        source = self._open_source()
        try:
            self._tell(SourceOpened())
            self._play(source)
        finally:
            source.close()

    def _play(self, source: VideoSource) -> None:
        first_index = self._frames
        opened_at = time.monotonic()
        # A camera's clock ran on while it was away; a recording that begins again follows on its last frame.
        first_s = opened_at - self._started_at if source.live else self._end_s
        origin = opened_at
        while not self._stop.is_set():
            frame = source.read()
            if frame is None:
                # The last picture stands for its time too; a single image would otherwise begin again at once.
                self._stop.wait(max(0.0, origin + self._end_s - first_s - time.monotonic()))
                return
            if not source.live:
                origin = self._wait_until_due(frame, origin)
                if self._stop.is_set():
                    return
            self._hand_on(replace(frame, index=first_index + frame.index, time_s=first_s + frame.time_s))

    def _hand_on(self, frame: Frame) -> None:
        self._frames = frame.index + 1
        self._end_s = frame.time_s + frame.interval_s
        self._deliver(Captured(frame, time.monotonic()))

    def _wait_until_due(self, frame: Frame, origin: float) -> float:
        """Wait for the frame's moment; returns the origin, moved by the time held or hopelessly behind."""
        held_since = time.monotonic()
        while self._held.is_set() and not self._stop.wait(0.02):
            pass
        origin += time.monotonic() - held_since
        ahead_s = origin + frame.time_s - time.monotonic()
        if ahead_s > 0:
            self._stop.wait(ahead_s)
        elif ahead_s < -_LATEST_S:
            origin -= ahead_s
        return origin
