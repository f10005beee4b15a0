"""The engine as scripts hold it: detector, model and settings."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from emotion_gui.core.quiet_output import quiet
from emotion_gui.core.settings import Settings
from emotion_gui.pipeline.analyzer import FrameAnalyzer
from emotion_gui.vision.classifiers import load_classifier, shipped_model
from emotion_gui.vision.face_detectors import create_detector


@dataclass(frozen=True)
class Analyzer:
    """A detector and a model, loaded; used by one thread at a time.

    Attributes:
        frames: From a picture to its faces.
        settings: How faces are followed, what counts, and the rule of the verdict.
        model_name: Name from the model's card.
        model_sha256: Hash of the model file that runs.
    """

    frames: FrameAnalyzer
    settings: Settings
    model_name: str
    model_sha256: str


def open_analyzer(model: str | os.PathLike[str] | None = None, *, settings: Settings | None = None) -> Analyzer:
    """Load a face detector and a model; open it once and use it for all pictures.

    >>> import emotion_gui
    >>> analyzer = emotion_gui.open_analyzer()
    >>> analyzer.model_name
    'ferplus'
    >>> careful = emotion_gui.open_analyzer(settings=emotion_gui.Settings(detector="haar", quality_side_px=80))
    >>> careful.settings.detector
    'haar'

    Args:
        model: A model file (.keras, .h5 or .tflite); the one that comes with the program without it.
        settings: Detector, smoothing, what counts, thresholds; the program's own defaults without it. What the user set
            in the window plays no part, so that a script gives the same on every machine.

    Raises:
        AppError: The model cannot be used; the message says why.
    """
    chosen = settings or Settings()
    with quiet():
        classifier = load_classifier(shipped_model() if model is None else Path(model))
        frames = FrameAnalyzer(create_detector(chosen.detector), classifier, chosen.min_face_px)
    return Analyzer(frames, chosen, classifier.card.name, classifier.sha256)


@cache
def usual_analyzer() -> Analyzer:
    """The one with nothing chosen, loaded once."""
    return open_analyzer()
