"""How long one frame takes: this program beside the way of those before it."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from emotion_gui.bench.portrait import RATE, portrait_frame
from emotion_gui.bench.seed_way import SeedWay
from emotion_gui.bench.table import SkippedError
from emotion_gui.core.settings import Settings
from emotion_gui.pipeline.analyzer import FrameAnalyzer
from emotion_gui.vision.classifiers import load_classifier, shipped_model
from emotion_gui.vision.face_detectors import create_detector
from emotion_gui.vision.frame import Frame

_ROUNDS, _QUICK_ROUNDS = 60, 10
_WARM_UP = 3


def measure(*, quick: bool) -> dict[str, float]:
    """Time both ways on the same frame, turn by turn, so that a busy machine slows both alike.

    Returns:
        Medians `ours_ms` and `seed_ms`, and the median of their ratio turn by turn, `ratio`.

    Raises:
        SkippedError: One of them does not find the one face, so that the times could not be compared.
    """
    settings = Settings()
    analyzer = FrameAnalyzer(create_detector(settings.detector), load_classifier(shipped_model()), settings.min_face_px)
    seed = SeedWay()
    image = portrait_frame()
    frame = Frame(0, 0.0, 1 / RATE, image)
    if len(analyzer.analyze(frame).faces) != 1 or len(seed.analyze(image)) != 1:
        raise SkippedError("The face was not found by both ways.")
    turns = [
        (_seconds(lambda: analyzer.analyze(frame)), _seconds(lambda: seed.analyze(image)))
        for _ in range(_WARM_UP + (_QUICK_ROUNDS if quick else _ROUNDS))
    ][_WARM_UP:]
    return {
        "ours_ms": 1000 * median(ours for ours, _ in turns),
        "seed_ms": 1000 * median(theirs for _, theirs in turns),
        "ratio": median(theirs / ours for ours, theirs in turns),
    }


def _seconds(action: Callable[[], object]) -> float:
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin
