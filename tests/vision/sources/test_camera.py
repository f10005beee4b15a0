from __future__ import annotations

import platform
from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import pytest

from emotion_gui.core.errors import SourceError
from emotion_gui.vision.sources import camera
from emotion_gui.vision.sources.camera import CameraSource, open_camera
from emotion_gui.vision.sources.camera_list import CameraInfo, camera_backends, list_cameras, matching_index
from tests.vision.sources.fake_capture import FakeCapture


@dataclass
class Found:
    index: int
    name: str | None


def _find_two(_: int) -> Iterable[Found]:
    return [Found(2, "Logitech C920 "), Found(0, None)]


def _find_broken(_: int) -> Iterable[Found]:
    raise OSError("no such service")


def _find_on_windows(backend: int) -> Iterable[Found]:
    if backend == cv2.CAP_DSHOW:
        return [Found(0, "OBS Virtual Camera"), Found(1, "Webcam"), Found(2, "Twin"), Found(3, "Twin")]
    return [Found(0, "Webcam"), Found(1, "Twin"), Found(2, "Twin")]


def test_asks_for_a_small_fast_picture_and_no_queue() -> None:
    capture = FakeCapture()
    CameraSource(0, lambda *_: capture).close()
    asked = dict(capture.asked)
    assert asked[cv2.CAP_PROP_FRAME_WIDTH] == 640
    assert asked[cv2.CAP_PROP_FRAME_HEIGHT] == 480
    assert asked[cv2.CAP_PROP_FPS] == 30
    assert asked[cv2.CAP_PROP_BUFFERSIZE] == 1
    assert cv2.CAP_PROP_FOURCC not in asked


def test_a_camera_slow_in_raw_is_asked_for_mjpg() -> None:
    capture = FakeCapture(fps=10)
    CameraSource(0, lambda *_: capture).close()
    assert dict(capture.asked)[cv2.CAP_PROP_FOURCC] == cv2.VideoWriter.fourcc(*"MJPG")


@pytest.mark.parametrize(("fps", "interval_s"), [(30, 1 / 30), (0, 1 / 30), (-1, 1 / 30), (15, 1 / 15), (1e9, 1 / 30)])
def test_interval_is_sane_whatever_the_driver_says(fps: float, interval_s: float) -> None:
    source = CameraSource(0, lambda *_: FakeCapture(fps=fps))
    assert source.read().interval_s == pytest.approx(interval_s)
    source.close()


def test_the_second_backend_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    monkeypatch.setattr(camera, "camera_backends", lambda: (1, 2))
    monkeypatch.setattr(camera, "matching_index", lambda index, _: index)

    def create(_: int, backend: int) -> FakeCapture:
        tried.append(backend)
        return FakeCapture(opened=backend == 2)

    source = CameraSource(0, create)
    assert source.read().index == 0
    assert tried == [1, 2]
    source.close()


def test_a_camera_that_opens_but_gives_nothing_is_released_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    capture = FakeCapture(0)
    monkeypatch.setattr(camera, "list_cameras", lambda: (CameraInfo(0),))
    with pytest.raises(SourceError, match="gives no picture"):
        CameraSource(0, lambda *_: capture)
    assert capture.released.is_set()


@pytest.mark.parametrize(
    ("system", "advice"),
    [("Windows", "Settings > Privacy"), ("Darwin", "System Settings > Privacy"), ("Linux", "'video'"), ("", "Close")],
)
def test_the_hint_is_the_systems_own(system: str, advice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "list_cameras", lambda: (CameraInfo(0),))
    monkeypatch.setattr(platform, "system", lambda: system)
    with pytest.raises(SourceError) as caught:
        CameraSource(0, lambda *_: FakeCapture(opened=False))
    assert advice in caught.value.hint


@pytest.mark.parametrize(("listed", "message"), [((), "No camera was found"), ((CameraInfo(1),), "Camera 0 was not")])
def test_a_missing_camera_is_not_called_busy(
    listed: tuple[CameraInfo, ...], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera, "list_cameras", lambda: listed)
    with pytest.raises(SourceError, match=message):
        CameraSource(0, lambda *_: FakeCapture(opened=False))


def test_a_pulled_camera_is_told_and_released() -> None:
    capture = FakeCapture(3)
    source = CameraSource(0, lambda *_: capture)
    source.read()
    source.read()
    for _ in range(2):
        with pytest.raises(SourceError, match="no pictures any more"):
            source.read()
    assert capture.released.is_set()
    source.close()


def test_a_hanging_driver_does_not_hang_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "_CLOSE_LIMIT_S", 0.05)
    capture = FakeCapture(2, then="hangs")
    source = CameraSource(0, lambda *_: capture, read_limit_s=0.05)
    source.read()
    with pytest.raises(SourceError, match="no pictures any more"):
        source.read()
    assert not capture.released.is_set()
    capture.unblock.set()
    assert capture.released.wait(5), "whenever the driver comes back, the camera must be let go"


def test_no_camera_here() -> None:
    if list_cameras():
        pytest.skip("this machine has a camera")
    with pytest.raises(SourceError, match="No camera was found"):
        open_camera("0")


def test_the_list_is_sorted_and_names_are_clean() -> None:
    assert list_cameras(_find_two) == (CameraInfo(0, ""), CameraInfo(2, "Logitech C920"))
    assert [found.title for found in list_cameras(_find_two)] == ["Camera 0", "Camera 2: Logitech C920"]


def test_a_system_that_cannot_be_asked_offers_the_first_camera() -> None:
    assert list_cameras(_find_broken) == (CameraInfo(0),)


def test_backends_per_system() -> None:
    assert camera_backends("Windows") == (cv2.CAP_DSHOW, cv2.CAP_MSMF)
    assert camera_backends("Darwin") == (cv2.CAP_AVFOUNDATION,)
    assert camera_backends("Linux") == (cv2.CAP_V4L2,)
    assert camera_backends("Plan 9") == (cv2.CAP_ANY,)


@pytest.mark.parametrize(("index", "other"), [(1, 0), (0, 0), (2, 2), (7, 7)])
def test_another_backend_opens_the_camera_of_the_same_name(index: int, other: int) -> None:
    assert matching_index(index, cv2.CAP_MSMF, _find_on_windows, "Windows") == other
    assert matching_index(index, cv2.CAP_DSHOW, _find_on_windows, "Windows") == index
    assert matching_index(index, cv2.CAP_MSMF, _find_broken, "Windows") == index
