"""Detector and model as the user's settings have them, loaded once, for everything that comes from a browser."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import cv2

from emotion_gui import __version__
from emotion_gui.core.errors import ModelError
from emotion_gui.core.session import Provenance, SessionInfo
from emotion_gui.core.settings import Settings
from emotion_gui.pipeline.analyzer import FrameAnalyzer
from emotion_gui.pipeline.shot import Shot
from emotion_gui.vision.classifiers import (
    EmotionClassifier,
    load_classifier,
    shipped_model,
)
from emotion_gui.vision.face_detectors import create_detector

_PICTURE_WH, _JPEG_QUALITY = (1280, 960), 88
# What stands beside a face must have room in a small picture, too.
_LEAST_WH = (320, 240)


def engine(settings: Settings) -> tuple[FrameAnalyzer, EmotionClassifier]:
    """What finds and names faces; used by one thread at a time."""
    classifier = _classifier(settings.model_path)
    return FrameAnalyzer(_detector(settings.detector), classifier, settings.min_face_px), classifier


def session_info(settings: Settings, classifier: EmotionClassifier, source: str) -> SessionInfo:
    """Of a session that counts and is kept nowhere.

    Args:
        settings: The user's.
        classifier: What names the faces.
        source: What is looked at, in a word.
    """
    provenance = Provenance(__version__, classifier.card.name, classifier.sha256, settings.detector, source)
    return SessionInfo("", "", settings.rule, provenance, settings.to_record())


def jpeg(shot: Shot, most_wh: tuple[int, int] = _PICTURE_WH) -> bytes:
    """The picture with its marks, at most this large in pixels."""
    width, height = (
        max(least, min(size, most)) for size, most, least in zip(shot.size_wh, most_wh, _LEAST_WH, strict=True)
    )
    rgb = shot.composed((width, height))
    return cv2.imencode(".jpg", rgb[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])[1].tobytes()


_detector = lru_cache(maxsize=2)(create_detector)


@lru_cache(maxsize=1)
def _classifier(model_path: str) -> EmotionClassifier:
    """The model that the user chose in the window, or the one that comes with the program where that is gone."""
    try:
        return load_classifier(Path(model_path) if model_path else shipped_model())
    except ModelError:
        return load_classifier(shipped_model())
