"""A camera of this computer."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.errors import SourceError
from emotion_gui.core.translation import N_, _
from emotion_gui.vision.frame import Frame
from emotion_gui.vision.sources.camera_list import camera_backends, list_cameras, matching_index
from emotion_gui.vision.sources.capture import Capture, frame_interval_s, read_bgr
from emotion_gui.vision.sources.device_thread import DeviceThread

_Result = TypeVar("_Result")
CreateCapture = Callable[[int, int], Capture]

_WIDTH, _HEIGHT, _FPS = 640, 480, 30
# Some cameras take several seconds to wake; a driver that says nothing for longer than that will not come round.
_OPEN_LIMIT_S, _READ_LIMIT_S, _CLOSE_LIMIT_S = 15.0, 4.0, 2.0
# A camera may skip a picture or two while it adapts to the light; one that was pulled out fails at once, each time.
_ATTEMPTS, _PAUSE_S = 20, 0.03

_HINTS = {
    "Windows": N_("Close other programs that use it, and allow it in Settings > Privacy & security > Camera."),
    "Darwin": N_("Allow it in System Settings > Privacy & Security > Camera, and close other programs that use it."),
    "Linux": N_("Close other programs that use it, and make sure that your user belongs to the group 'video'."),
}
_ANY_HINT = N_("Close other programs that use it.")


def create_capture(index: int, backend: int) -> Capture:
    """Open a camera by OpenCV; whether that went well, `isOpened` tells."""
    return cv2.VideoCapture(index, backend)


class CameraSource:
    """A camera, opened at 640x480 and 30 pictures a second where it can do that.

    Args:
        index: Number of the camera, as `list_cameras` counts.
        create: Opens one by index and backend; tests bring their own.
        read_limit_s: Seconds without a picture after which the camera counts as lost.

    Raises:
        SourceError: It is missing, busy or denied.
    """

    live = True
    frame_count = 0

    def __init__(
        self, index: int, create: CreateCapture = create_capture, *, read_limit_s: float = _READ_LIMIT_S
    ) -> None:
        self._index = index
        self._create = create
        self._read_limit_s = read_limit_s
        self._count = 0
        self._capture: Capture | None = None
        self._device: DeviceThread | None = DeviceThread(f"camera-{index}")
        if not self._on_device(self._open, _OPEN_LIMIT_S):
            self.close()
            raise _not_opened(index)
        self._begin_s = time.monotonic()

    def read(self) -> Frame:
        """The next picture; its time counts from the opening by the system's monotonic clock.

        Raises:
            SourceError: The camera was pulled out or hangs; it is closed by then.
        """
        picture = self._on_device(self._next_picture, self._read_limit_s)
        if picture is None:
            self.close()
            raise SourceError(
                _("Camera {index} sends no pictures any more.").format(index=self._index),
                _("Check that its cable sits and that it is on."),
            )
        frame = Frame(self._count, time.monotonic() - self._begin_s, self._interval_s, picture)
        self._count += 1
        return frame

    def close(self) -> None:
        """Release the camera; a driver that hangs is left behind after two seconds."""
        device, self._device = self._device, None
        if device is not None:
            device.end(self._release, _CLOSE_LIMIT_S)

    def _on_device(self, job: Callable[[], _Result], limit_s: float) -> _Result | None:
        """What the driver answers; None where it hangs or fails, or the camera is closed."""
        if self._device is None:
            return None
        try:
            return self._device.call(job, limit_s)
        except (TimeoutError, cv2.error):
            return None

    def _open(self) -> bool:
        """Try the backends in turn; true when one gives a picture, for a busy camera opens well on Windows."""
        for backend in camera_backends():
            self._capture = self._create(matching_index(self._index, backend), backend)
            if self._capture.isOpened():
                _configure(self._capture)
                self._interval_s = frame_interval_s(self._capture)
                if self._next_picture() is not None:
                    return True
            self._release()
        return False

    def _next_picture(self) -> NDArray[np.uint8] | None:
        for _attempt in range(_ATTEMPTS):
            if self._capture is None:
                return None
            if (picture := read_bgr(self._capture)) is not None:
                return picture
            time.sleep(_PAUSE_S)
        return None

    def _release(self) -> None:
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()


def open_camera(address: str) -> CameraSource:
    """Open the camera with the number in `address`.

    Raises:
        SourceError: That is no number, or the camera is missing, busy or denied.
    """
    if not (address.isascii() and address.isdigit() and len(address) < 4):
        raise SourceError(
            _("There is no camera '{address}'.").format(address=address),
            _("Choose a camera by its number; the first one is 0."),
        )
    return CameraSource(int(address), create_capture)


def _configure(capture: Capture) -> None:
    # A size that the camera does not know is answered with its nearest; one waiting picture at most keeps labels fresh.
    _ask_for_rate(capture)
    if 0 < capture.get(cv2.CAP_PROP_FPS) < _FPS - 5:
        # Raw pictures fill some USB connections at a few per second; compressed ones do not.
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        _ask_for_rate(capture)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)


def _ask_for_rate(capture: Capture) -> None:
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, _WIDTH)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, _HEIGHT)
    capture.set(cv2.CAP_PROP_FPS, _FPS)


def _not_opened(index: int) -> SourceError:
    cameras = list_cameras()
    if not cameras:
        return SourceError(_("No camera was found."), _("Connect one, or choose a video file or the demo clip."))
    if index not in {camera.index for camera in cameras}:
        return SourceError(
            _("Camera {index} was not found.").format(index=index), _("Connect it again, or choose another camera.")
        )
    return SourceError(
        _("Camera {index} gives no picture.").format(index=index),
        _(_HINTS.get(platform.system(), _ANY_HINT)),
    )
