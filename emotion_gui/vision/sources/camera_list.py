"""Which cameras there are, by index and, where the system tells, by name."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

import cv2

# DirectShow opens in a fraction of Media Foundation's time; that one helps with cameras that DirectShow does not list.
_BACKENDS = {
    "Windows": (cv2.CAP_DSHOW, cv2.CAP_MSMF),
    "Linux": (cv2.CAP_V4L2,),
    "Darwin": (cv2.CAP_AVFOUNDATION,),
}


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera that can be chosen; `name` is empty where the system tells none."""

    index: int
    name: str = ""

    @property
    def title(self) -> str:
        """One line for a picker: 'Camera 0: Integrated Webcam'."""
        return f"Camera {self.index}: {self.name}" if self.name else f"Camera {self.index}"


class _Found(Protocol):
    @property
    def index(self) -> int: ...
    @property
    def name(self) -> str | None: ...


FindCameras = Callable[[int], Iterable[_Found]]


def find_cameras(backend: int) -> Iterable[_Found]:
    """The cameras of one OpenCV backend by the package cv2-enumerate-cameras."""
    from cv2_enumerate_cameras import enumerate_cameras

    found: Iterable[_Found] = enumerate_cameras(backend)
    return found


def camera_backends(system: str = "") -> tuple[int, ...]:
    """OpenCV's backends to open a camera with, best first.

    Args:
        system: 'Windows', 'Linux' or 'Darwin'; empty for this one.
    """
    return _BACKENDS.get(system or platform.system(), (cv2.CAP_ANY,))


def list_cameras(find: FindCameras = find_cameras, system: str = "") -> tuple[CameraInfo, ...]:
    """The cameras by the backend that opens them first, so that an index means the same camera there.

    Empty where there is none. Where the system cannot be asked, the first camera is offered without a name: trying it
    is better than a program without a camera. May take a second, so never call it on the window's thread.
    """
    found = _ask(camera_backends(system)[0], find)
    return (CameraInfo(0),) if found is None else found


def matching_index(index: int, backend: int, find: FindCameras = find_cameras, system: str = "") -> int:
    """The index by which another backend knows the same camera; found by name.

    Backends count differently (virtual cameras are known to DirectShow alone), and the wrong person's camera must not
    open. Where names do not tell, `index` itself.
    """
    first = camera_backends(system)[0]
    if backend == first:
        return index
    names = {camera.index: camera.name for camera in _ask(first, find) or ()}
    others = [camera.index for camera in _ask(backend, find) or () if camera.name == names.get(index)]
    return others[0] if len(others) == 1 else index


def _ask(backend: int, find: FindCameras) -> tuple[CameraInfo, ...] | None:
    try:
        cameras = {CameraInfo(found.index, (found.name or "").strip()) for found in find(backend)}
    except Exception:  # noqa: BLE001 - foreign native code on three systems; a picker must come up whatever it does
        return None
    return tuple(sorted(cameras, key=lambda camera: camera.index))
