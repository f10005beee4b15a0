"""What finds and names the faces of one recording after the other in one process."""

from __future__ import annotations

from dataclasses import dataclass

from emotion_gui.batch.plan import BatchPlan
from emotion_gui.core.quiet_output import quiet
from emotion_gui.pipeline.analyzer import FrameAnalyzer
from emotion_gui.pipeline.batch import ResultMaker
from emotion_gui.pipeline.crew import AnalyzerCrew
from emotion_gui.vision.classifiers import load_classifier
from emotion_gui.vision.face_detectors import create_detector


@dataclass(frozen=True)
class ModelName:
    """What a record says of the model.

    Attributes:
        name: From the model's card.
        sha256: Hash of the file that runs.
    """

    name: str
    sha256: str


@dataclass(frozen=True)
class Engine:
    """Detector and model, loaded.

    Attributes:
        analyzer: From frames to their faces.
        model: Which model it is.
    """

    analyzer: ResultMaker
    model: ModelName


def load_engine(plan: BatchPlan) -> Engine:
    """Load what the plan names, once for each thread.

    Raises:
        ModelError: The model cannot be used.
    """
    # LiteRT announces itself on stderr, which is for what the user needs to know.
    with quiet():
        classifiers = [load_classifier(plan.model) for _ in range(plan.threads)]
        analyzers = [
            FrameAnalyzer(create_detector(plan.settings.detector), classifier, plan.settings.min_face_px)
            for classifier in classifiers
        ]
    analyzer = AnalyzerCrew(analyzers) if len(analyzers) > 1 else analyzers[0]
    return Engine(analyzer, ModelName(classifiers[0].card.name, classifiers[0].sha256))
