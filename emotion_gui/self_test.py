"""Is this installation whole? Tries every part once, on files that come with the program; leaves nothing behind."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from datetime import timedelta
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from emotion_gui import __version__
from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.errors import AppError
from emotion_gui.core.quiet_output import quiet
from emotion_gui.core.results import FrameResult
from emotion_gui.core.session import InterviewSession, Provenance, SessionInfo, SessionRecord
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import DEMO, IMAGES, SourceSpec
from emotion_gui.core.translation import LANGUAGES, _, language, set_language
from emotion_gui.export import EXPORTERS, export_session
from emotion_gui.pipeline.analyzer import FrameAnalyzer
from emotion_gui.pipeline.batch import analyze_recording
from emotion_gui.pipeline.following import Following, FollowingOptions
from emotion_gui.pipeline.selection import Selection
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.vision.classifiers import EmotionClassifier, load_classifier, shipped_model
from emotion_gui.vision.face_detectors import FACE_DETECTORS, create_detector
from emotion_gui.vision.sources import open_source

_CHART_WH = (480, 640)
# Looks at two pictures a second of the demo clip: every part of it, and quickly.
_RATE = 2.0


def run_self_test() -> int:
    """Print a line for each check.

    Returns:
        0 where all went well, otherwise 1.
    """
    print(f"emotion-gui {__version__}")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="emotion-gui-self-test-")))
        # Set before matplotlib is imported, which keeps what it knows of the machine's fonts there.
        os.environ["MPLCONFIGDIR"] = str(folder / "matplotlib")
        trial = _Trial(folder, stack.enter_context(SessionStore(folder / "store")))
        went_well = [_tell(title, check) for title, check in trial.checks.items()]
    print("All is well." if all(went_well) else "This installation is damaged: install the program again.")
    return 0 if all(went_well) else 1


def _tell(title: str, check: Callable[[], str]) -> bool:
    """Run one check and print how it went."""
    try:
        found = check()
    except Exception as error:  # noqa: BLE001 - whatever is broken, the other parts are still to be tried
        reason = str(error) if isinstance(error, AppError) else f"{type(error).__name__}: {error}"
        print(f"FAILED  {title}: {reason}", flush=True)
        return False
    print(f"ok      {title}: {found}", flush=True)
    return True


class _Trial:
    """The checks; what one needs of another is made on first use, so that each fails for its own reason.

    Attributes:
        checks: By title; each returns what it found and raises where that is not as it should be.
    """

    def __init__(self, folder: Path, store: SessionStore) -> None:
        self._folder = folder
        self._store = store
        self.checks: Mapping[str, Callable[[], str]] = {
            "the model loads": self._check_model,
            "a face is found and named": self._check_face,
            "the demo clip plays": self._check_clip,
            "a chart is drawn": self._check_chart,
            "the store keeps a session": self._check_store,
            "reports are written": self._check_export,
            "all languages are there": self._check_languages,
        }

    def _check_model(self) -> str:
        return f"{self._classifier.card.name}, {self._classifier.input_side} pixels"

    def _check_face(self) -> str:
        named = {detector: self._look_at_portrait(detector) for detector in FACE_DETECTORS}
        return ", ".join(f"{name} by {detector}" for detector, name in named.items())

    def _look_at_portrait(self, detector: str) -> str:
        with closing(open_source(SourceSpec(IMAGES, str(_portrait())))) as source:
            results = list(analyze_recording(source, self._analyzer(detector)))
        faces = results[0].faces
        if len(faces) != 1:
            raise ValueError(f"{detector} found {len(faces)} faces on the portrait, which has one")
        probabilities = faces[0].probabilities
        best = max(range(len(EMOTIONS)), key=probabilities.__getitem__)
        return f"{EMOTIONS[best].value} {100 * probabilities[best]:.0f} %"

    def _check_clip(self) -> str:
        seen = [result for result in self._results if result.faces]
        if 2 * len(seen) < len(self._results):
            raise ValueError(f"faces on {len(seen)} of {len(self._results)} pictures only")
        return f"faces on {len(seen)} of {len(self._results)} pictures"

    def _check_chart(self) -> str:
        from emotion_gui.export.chart_views import ChartsView
        from emotion_gui.export.charts import LiveCharts

        picture = LiveCharts(_CHART_WH).render(ChartsView.of(self._session.statistics))
        if picture.max() == picture.min():
            raise ValueError("it is empty")
        return f"{picture.shape[1]} x {picture.shape[0]} pixels"

    def _check_store(self) -> str:
        if self._store.notice:
            raise ValueError(self._store.notice)
        return f"{sum(1 for _frame in self._record.frames)} results read back"

    def _check_export(self) -> str:
        files = [
            export_session(self._record, key, self._folder / f"report{exporter.suffix}")
            for key, exporter in EXPORTERS.items()
        ]
        empty = [file.name for file in files if not file.stat().st_size]
        if empty:
            raise ValueError(f"{', '.join(empty)} is empty")
        return ", ".join(EXPORTERS)

    def _check_languages(self) -> str:
        spoken, sentences = language(), {}
        try:
            for code in LANGUAGES:
                set_language(code)
                sentences[code] = _("The demo clip is missing.")
        finally:
            set_language(spoken)
        if len(set(sentences.values())) < len(LANGUAGES):
            raise ValueError("some sentences have no translation")
        return ", ".join(LANGUAGES.values())

    @cached_property
    def _classifier(self) -> EmotionClassifier:
        # LiteRT announces itself on stderr.
        with quiet():
            return load_classifier(shipped_model())

    def _analyzer(self, detector: str) -> FrameAnalyzer:
        with quiet():
            return FrameAnalyzer(create_detector(detector), self._classifier)

    @cached_property
    def _results(self) -> list[FrameResult]:
        with closing(open_source(SourceSpec(DEMO))) as source:
            following = Following(FollowingOptions.of(Settings()))
            analyzer, selection = self._analyzer(Settings().detector), Selection(max_rate=_RATE)
            return list(analyze_recording(source, analyzer, following=following, selection=selection))

    @cached_property
    def _session(self) -> InterviewSession:
        settings, classifier = Settings(), self._classifier
        provenance = Provenance(__version__, classifier.card.name, classifier.sha256, settings.detector, DEMO)
        session = InterviewSession(SessionInfo("Self-test", "", settings.rule, provenance, settings.to_record()))
        self._store.create(session.info)
        for result in self._results:
            self._store.append(session.info.session_id, session.add(result))
        ended_at = session.info.started_at + timedelta(seconds=session.time_s)
        self._store.finish(session.info.session_id, ended_at)
        return session

    @cached_property
    def _record(self) -> SessionRecord:
        return self._store.load(self._session.info.session_id)


def _portrait() -> Path:
    """Grace Hopper, a public-domain portrait that matplotlib carries; found and not imported, see `vision.text`."""
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("matplotlib")
    return Path(spec.origin).parent / "mpl-data" / "sample_data" / "grace_hopper.jpg"
