"""A film set for screenshots: a camera that shows what the scene says, a model and a disk that wait for a sign.

The one portrait in it is that of the demo clip.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from emotion_gui.controller.backends import AskLabels, Backends
from emotion_gui.core.source_spec import CAMERA, SourceSpec
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.vision.classifiers import EmotionClassifier, load_classifier, shipped_model
from emotion_gui.vision.sources import VideoSource, open_source
from emotion_gui.vision.sources.camera import CameraSource
from emotion_gui.vision.sources.camera_list import CameraInfo
from emotion_gui.vision.sources.demo import open_demo

WIDTH, HEIGHT = 640, 480
_FPS = 15.0
_LONGEST_S = 60.0

Picture = NDArray[np.uint8]
Scene = Callable[[int], Picture]


def clip() -> Sequence[Picture]:
    """Every picture of the demo clip."""
    source, pictures = open_demo(), []
    while frame := source.read():
        pictures.append(frame.image_bgr)
    source.close()
    return pictures


def portrait(pictures: Sequence[Picture]) -> Scene:
    """The clip as a camera would see it."""
    return lambda number: _resized(pictures[number % len(pictures)], (WIDTH, HEIGHT))


def three(pictures: Sequence[Picture]) -> Scene:
    """Three people side by side, one of them nearer: the clip at three of its moments."""
    tall, small, beside = (230, 345), (175, 262), 40

    def scene(number: int) -> Picture:
        canvas = wall(number).copy()
        for place, (size, x, mirrored) in enumerate(
            ((small, beside // 2, True), (tall, 205, False), (small, WIDTH - small[0] - beside // 2, False))
        ):
            person = pictures[(number + place * len(pictures) // 3) % len(pictures)]
            height, width = person.shape[:2]
            strip = person[:, (width - height * 2 // 3) // 2 : (width + height * 2 // 3) // 2]
            strip = _resized(strip[:, ::-1] if mirrored else strip, size)
            canvas[HEIGHT - size[1] :, x : x + size[0]] = strip
        return canvas

    return scene


def wall(_number: int) -> Picture:
    """Nobody there: a wall in soft light."""
    light = np.linspace(205, 120, WIDTH)[None, :] + np.linspace(12, -24, HEIGHT)[:, None]
    return np.repeat(light[..., None], 3, axis=2).astype(np.uint8) + np.array([14, 8, 0], np.uint8)


def dark(scene: Scene) -> Scene:
    """The same with the light off."""
    return lambda number: scene(number) // 9


class _Capture:
    """What OpenCV gives for the camera of the set."""

    def __init__(self, film_set: FilmSet) -> None:
        self._set = film_set
        self._number = 0
        self._next = time.monotonic()

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self._set.plugged

    def read(self) -> tuple[bool, Any]:
        self._next = max(self._next + 1 / _FPS, time.monotonic() - 1 / _FPS)
        time.sleep(max(0.0, self._next - time.monotonic()))
        self._number += 1
        # The camera is mirrored on the screen, as a person knows it from other programs.
        return self._set.plugged, self._set.scene(self._number)[:, ::-1]

    def get(self, propId: int) -> float:  # noqa: N803 - OpenCV's name
        return _FPS if propId == cv2.CAP_PROP_FPS else 0.0

    def set(self, propId: int, value: float) -> bool:  # noqa: N803 - OpenCV's name
        return True

    def release(self) -> None:
        """Nothing to let go of."""


class FilmSet:
    """Everything behind the program that a scene can turn.

    Attributes:
        scene: What the camera sees.
        plugged: Whether there is a camera.
        opens: Set while sources may be opened.
        loads: Set while a model may be loaded.
    """

    def __init__(self) -> None:
        self.pictures = clip()
        self.scene: Scene = portrait(self.pictures)
        self.plugged = True
        self.opens = _set()
        self.loads = _set()
        self.backends = Backends(
            open_source=self._open, load_classifier=self._load, list_cameras=lambda: (CameraInfo(0, "Webcam"),)
        )

    def _open(self, spec: SourceSpec) -> VideoSource:
        self.opens.wait(_LONGEST_S)
        return CameraSource(0, lambda *_: _Capture(self)) if spec == SourceSpec(CAMERA, "0") else open_source(spec)

    def _load(self, path: Path | None, ask_labels: AskLabels) -> EmotionClassifier:
        self.loads.wait(_LONGEST_S)
        return load_classifier(path or shipped_model(), ask_labels)

    def let_go(self) -> None:
        """Hold nothing back any more, so that all can end."""
        self.opens.set()
        self.loads.set()
        PatientStore.takes.set()


class PatientStore(SessionStore):
    """A disk that ends a session when it is given the sign."""

    takes = threading.Event()

    def finish(self, *arguments: Any, **named: Any) -> None:
        self.takes.wait(_LONGEST_S)
        super().finish(*arguments, **named)


def _set() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


def _resized(picture: Picture, size_wh: tuple[int, int]) -> Picture:
    return np.asarray(cv2.resize(picture, size_wh), dtype=np.uint8)
