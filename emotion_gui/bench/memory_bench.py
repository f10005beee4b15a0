"""Whether a long session stays within its memory."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from emotion_gui import __version__
from emotion_gui.bench.portrait import RATE, SIZE_WH, portrait_frame
from emotion_gui.bench.table import SkippedError
from emotion_gui.core.session import InterviewSession, Provenance, SessionEntry, SessionInfo
from emotion_gui.core.settings import Settings
from emotion_gui.export.chart_views import ChartsView, TimelineView
from emotion_gui.export.charts import LiveCharts, LiveTimeline
from emotion_gui.pipeline.analyzer import FrameAnalyzer
from emotion_gui.pipeline.following import Following, FollowingOptions
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.vision.annotate import AnnotationStyle, compose
from emotion_gui.vision.classifiers import load_classifier, shipped_model
from emotion_gui.vision.face_detectors import create_detector
from emotion_gui.vision.frame import Frame

_FRAMES, _QUICK_FRAMES = 20_000, 500
# Libraries fill their caches and pools in the first seconds; what is added after that is what a long session adds.
_WARM_UP_FRAMES = 10 * RATE
_CHART_EVERY = RATE // 4
_STORE_EVERY = RATE
_PICTURES = 2 * RATE


def measure(*, quick: bool) -> dict[str, float]:
    """Run everything that the window runs on a frame, as fast as it goes, and read the memory before and after.

    Returns:
        `frames`, and the process's resident memory in MB (10^6 bytes) as `start_mb` and `end_mb`.

    Raises:
        SkippedError: This system does not tell a process's memory under /proc.
    """
    resident_mb()
    frames = _QUICK_FRAMES if quick else _FRAMES
    with tempfile.TemporaryDirectory() as folder, SessionStore(Path(folder)) as store:
        step = _session_step(store)
        for number in range(_WARM_UP_FRAMES):
            step(number)
        start_mb = resident_mb()
        for number in range(_WARM_UP_FRAMES, _WARM_UP_FRAMES + frames):
            step(number)
        return {"frames": frames, "start_mb": start_mb, "end_mb": resident_mb()}


def _session_step(store: SessionStore) -> Callable[[int], None]:
    """What happens with one frame of a session: analysed, counted, shown, stored, drawn."""
    settings = Settings()
    classifier = load_classifier(shipped_model())
    analyzer = FrameAnalyzer(create_detector(settings.detector), classifier, settings.min_face_px)
    provenance = Provenance(__version__, classifier.card.name, classifier.sha256, settings.detector, "portrait")
    session = InterviewSession(SessionInfo("", "", settings.rule, provenance))
    store.create(session.info)
    charts, timeline = LiveCharts((340, 420)), LiveTimeline((640, 130))
    pictures = [portrait_frame(number) for number in range(_PICTURES)]
    unsaved: list[SessionEntry] = []
    following = Following(FollowingOptions.of(settings))

    def step(number: int) -> None:
        picture = pictures[number % _PICTURES]
        result = following.follow(analyzer.analyze(Frame(number, number / RATE, 1 / RATE, picture)))
        unsaved.extend(session.add(result))
        compose(picture, result.faces, AnnotationStyle(), size_wh=SIZE_WH, mirror=True)
        if number % _CHART_EVERY == 0:
            charts.render(ChartsView.of(session.statistics))
            timeline.render(TimelineView.of(session.timeline))
        if len(unsaved) >= _STORE_EVERY:
            store.append(session.info.session_id, unsaved)
            unsaved.clear()

    return step


def resident_mb() -> float:
    """This process's resident memory in MB (10^6 bytes).

    Raises:
        SkippedError: The system does not tell it.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError as error:
        raise SkippedError("Only Linux tells a process's memory without a further library.") from error
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
