"""What the controller runs on, replaceable in tests; heavy libraries are imported when first used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from emotion_gui.core.source_spec import SourceSpec

if TYPE_CHECKING:
    from emotion_gui.batch.plan import BatchPlan, Recording
    from emotion_gui.controller.recordings import RecordingsRun
    from emotion_gui.vision.classifiers import EmotionClassifier
    from emotion_gui.vision.face_detectors import FaceDetector
    from emotion_gui.vision.sources import VideoSource
    from emotion_gui.vision.sources.camera_list import CameraInfo

AskLabels = Callable[[int], tuple[str, ...] | None]


def _open_source(spec: SourceSpec) -> VideoSource:
    from emotion_gui.vision.sources import open_source

    return open_source(spec)


def _create_detector(name: str) -> FaceDetector:
    from emotion_gui.vision.face_detectors import create_detector

    return create_detector(name)


def _load_classifier(path: Path | None, ask_labels: AskLabels) -> EmotionClassifier:
    from emotion_gui.vision.classifiers import load_classifier, shipped_model

    return load_classifier(path or shipped_model(), ask_labels)


def _list_cameras() -> tuple[CameraInfo, ...]:
    from emotion_gui.vision.sources.camera_list import list_cameras

    return list_cameras()


def _begin_run(recordings: Sequence[Recording], plan: BatchPlan) -> RecordingsRun:
    from emotion_gui.batch.background import BackgroundRun

    return BackgroundRun(recordings, plan)


@dataclass(frozen=True)
class Backends:
    """Functions that may take seconds, each called on a worker thread only."""

    open_source: Callable[[SourceSpec], VideoSource] = _open_source
    create_detector: Callable[[str], FaceDetector] = _create_detector
    load_classifier: Callable[[Path | None, AskLabels], EmotionClassifier] = _load_classifier
    list_cameras: Callable[[], tuple[CameraInfo, ...]] = _list_cameras
    begin_run: Callable[[Sequence[Recording], BatchPlan], RecordingsRun] = _begin_run
