"""A camera in the network: MJPEG over HTTP, or RTSP."""

from __future__ import annotations

import time

import cv2

from emotion_gui.core.errors import SourceError
from emotion_gui.core.source_spec import STREAM, SourceSpec
from emotion_gui.core.stream_address import checked_address
from emotion_gui.core.translation import _
from emotion_gui.vision.frame import Frame
from emotion_gui.vision.sources.capture import Capture, frame_interval_s, read_bgr

_LIMIT_MS = 5000


class StreamSource:
    """A stream; each read gives the next picture as it arrives, so read without pause to stay at the newest.

    FFmpeg reads MJPEG well enough as it is: on loopback at 30 pictures a second the first picture came after 0.07 s
    and every following one 1 to 2 ms after it was sent; switching its buffers off changed nothing.

    Args:
        address: URL with the scheme http, https, rtsp or rtsps; may hold 'user:password@'.
        limit_ms: Milliseconds after which opening, or waiting for a picture, is given up.

    Raises:
        SourceError: The address is none, or nothing that sends pictures answers there.
    """

    live = True
    frame_count = 0

    def __init__(self, address: str, *, limit_ms: int = _LIMIT_MS) -> None:
        address = checked_address(address)
        # Messages are shown and logged; they must not hold the password that an address may carry.
        self._name = SourceSpec(STREAM, address).title
        self._count = 0
        self._capture: Capture | None = cv2.VideoCapture(address, cv2.CAP_FFMPEG, _options(limit_ms))
        if not self._capture.isOpened():
            self.close()
            raise SourceError(
                _("No pictures come from {name}.").format(name=self._name),
                _("Check the address, the user name and password in it, and that the device is on."),
            )
        self._interval_s = frame_interval_s(self._capture)
        self._begin_s = time.monotonic()

    def read(self) -> Frame:
        """The next picture; its time counts from the opening by the system's monotonic clock.

        Raises:
            SourceError: The stream ended, was cut or has sent nothing for the time limit; it is closed by then.
        """
        picture = read_bgr(self._capture) if self._capture else None
        if picture is None:
            self.close()
            raise SourceError(
                _("The stream {name} has stopped.").format(name=self._name),
                _("Check that the device is on and in the same network."),
            )
        frame = Frame(self._count, time.monotonic() - self._begin_s, self._interval_s, picture)
        self._count += 1
        return frame

    def close(self) -> None:
        """Close the connection."""
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()


def open_stream(address: str) -> StreamSource:
    """Open the stream at the URL `address`.

    Raises:
        SourceError: The address is none, or nothing that sends pictures answers there.
    """
    return StreamSource(address)


def _options(limit_ms: int) -> list[int]:
    return [
        *(cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, limit_ms),
        *(cv2.CAP_PROP_READ_TIMEOUT_MSEC, limit_ms),
        # Every further decoding thread holds one picture of H.264 back.
        *(cv2.CAP_PROP_N_THREADS, 1),
    ]
