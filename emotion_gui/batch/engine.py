"""What finds and names the faces of one recording after the other in one process."""

from __future__ import annotations

from dataclasses import dataclass

from emotion_gui.batch.plan import BatchPlan
from emotion_gui.core.quiet_output import quiet
from emotion_gui.pipeline.analyzer import FrameAnalyzer
from emotion_gui.vision.classifiers import load_classifier
from emotion_gui.vision.face_detectors import create_detector


@dataclass(frozen=True)
class Engine:
    """Detector and model, loaded.

    Attributes:
        analyzer: From a frame to its faces; keeps nothing from one to the next.
        model_name: Name from the model's card.
        model_sha256: Hash of the model file that runs.
    """

    analyzer: FrameAnalyzer
    model_name: str
    model_sha256: str


def load_engine(plan: BatchPlan) -> Engine:
    """Load what the plan names.

    Raises:
        ModelError: The model cannot be used.
    """
    # LiteRT announces itself on stderr, which is for what the user needs to know.
    with quiet():
        classifier = load_classifier(plan.model)
        detector = create_detector(plan.settings.detector)
    analyzer = FrameAnalyzer(detector, classifier, plan.settings.min_face_px)
    return Engine(analyzer, classifier.card.name, classifier.sha256)
