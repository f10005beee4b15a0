"""The picture source and the model as the window has them: opened, exchanged and watched in the background."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from emotion_gui.controller.backends import AskLabels, Backends
from emotion_gui.controller.candidate_pick import CandidatePick
from emotion_gui.controller.status import (
    LabelRequest,
    Level,
    ModelState,
    ModelStatus,
    Notice,
    SourceState,
    SourceStatus,
)
from emotion_gui.core.baseline import Baseline
from emotion_gui.core.errors import AppError, ModelError
from emotion_gui.core.milestones import FIRST_FACE_NAMED
from emotion_gui.core.results import FaceResult, FrameResult
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import CAMERA, SourceSpec
from emotion_gui.core.translation import _
from emotion_gui.pipeline.events import Event, FrameAnalyzed, SourceEnded, SourceLost, SourceOpened, WorkerFailed
from emotion_gui.pipeline.following import Following, FollowingOptions
from emotion_gui.pipeline.metrics import RateMeter
from emotion_gui.pipeline.tasks import TaskRunner
from emotion_gui.tracking.candidate import Presence

if TYPE_CHECKING:
    from emotion_gui.pipeline.analyzer import FrameAnalyzer
    from emotion_gui.pipeline.live import LivePipeline, Picture
    from emotion_gui.pipeline.shot import Shot
    from emotion_gui.vision.classifiers import EmotionClassifier

_log = logging.getLogger(__name__)

# A worker that fails again within this time after it was started anew is not started a third time.
_RESTART_AFTER_S = 10.0
_MOST_EVENTS = 100


class LabelsNeededError(ModelError):
    """A model without a card has outputs that only the user can name."""

    def __init__(self, outputs: int) -> None:
        super().__init__(
            _("This model names {count} expressions and does not say which.").format(count=outputs),
            _("Name them in order."),
        )
        self.outputs = outputs


class Playback:
    """Owns the running pipeline; all methods are called on one thread and return at once.

    Attributes:
        source: Where the picture source stands.
        model: Which model is in use.
        label_request: Set when a model was opened whose outputs only the user can name.
        faces: The faces of the newest result.
        candidate: Who counts, chosen by hand.
        delay_ms: Median time from picture to result over the last results, in milliseconds.
    """

    def __init__(self, backends: Backends, tasks: TaskRunner, settings: Settings) -> None:
        self.source = SourceStatus()
        self.model = ModelStatus()
        self.label_request: LabelRequest | None = None
        self.faces: tuple[FaceResult, ...] = ()
        self._backends = backends
        self._tasks = tasks
        self._settings = settings
        self._notices: deque[Notice] = deque()
        self._pipeline: LivePipeline | None = None
        self._left: LivePipeline | None = None
        self._watch: Callable[[Shot], None] | None = None
        self._analyzes = True
        self._once = False
        self._openings = 0
        self._opened_at = -_RESTART_AFTER_S
        self._classifier: EmotionClassifier | None = None
        self._analyzer: FrameAnalyzer | None = None
        self._following = Following(FollowingOptions.of(settings))
        self.candidate = CandidatePick(lambda: self._following, lambda: self._mirrors)
        self._baseline: Baseline | None = None
        self._view_size = (640, 480)
        self._results = RateMeter()
        self._has_named = False
        self._delays: deque[float] = deque(maxlen=50)

    @property
    def results_per_s(self) -> float:
        return self._results.rate

    @property
    def delay_ms(self) -> float:
        return 1000 * median(self._delays) if self._delays else 0.0

    @property
    def presence(self) -> Presence:
        """Where the candidate is."""
        return self._following.presence

    @property
    def previews(self) -> bool:
        """Whether pictures are shown and faces are neither looked for nor named."""
        return self.source.state is SourceState.PLAYING and not self._analyzes

    def choose(self, spec: SourceSpec) -> None:
        """Have a live source in place of the one before without opening it; what plays is stopped and released."""
        self._leave()
        self._forget_people()
        self.source = SourceStatus(SourceState.WAITING, spec)
        if self._left:
            self._tasks.run(self._left.stop, lambda _: None, lambda _: None)

    def _leave(self) -> None:
        """Have nothing that plays; `_left` must have ended before a device is opened again."""
        self._openings += 1
        self._left = self._pipeline or self._left
        self._pipeline = None
        self.faces = ()

    def open(self, spec: SourceSpec, *, once: bool = False, analyze: bool = True) -> None:
        """Play a source in place of the one before.

        Args:
            spec: What to play.
            once: Play a recording to its end and stop; otherwise it begins again.
            analyze: Whether faces are looked for and named; without it, only the pictures are shown.
        """
        self._leave()
        # Another source shows other people; the same one again, those who were chosen in it.
        if spec != self.source.spec:
            self._forget_people()
        opening, before = self._openings, self._left
        self._once, self._analyzes = once, analyze
        self.source = SourceStatus(SourceState.OPENING, spec)
        self._opened_at = time.monotonic()
        following = self._following
        if once:
            following.settle()
        else:
            following.propose()

        def work() -> LivePipeline:
            from emotion_gui.pipeline.live import LivePipeline

            # The device must be free before it is opened again.
            if before:
                before.stop()
            following.begin_anew()
            return LivePipeline(
                lambda: self._backends.open_source(spec),
                following=following,
                reconnect=spec.live,
                loop=not once and not spec.live,
            )

        def adopt(pipeline: LivePipeline) -> None:
            if opening == self._openings:
                self._adopt(pipeline)

        def fail(error: AppError) -> None:
            if opening == self._openings:
                self.source = SourceStatus(SourceState.FAILED, spec, error.message, error.hint)

        self._tasks.run(work, adopt, fail)

    def _adopt(self, pipeline: LivePipeline) -> None:
        self._pipeline = pipeline
        self._hand_over_analyzer()
        self._show()
        pipeline.set_watch(self._watch)
        pipeline.start()

    def give_back(self) -> None:
        """What was agreed to has ended: a camera goes off, and nobody is analysed any longer."""
        spec = self.source.spec
        if spec and spec.live:
            self.choose(spec)
            return
        self.hold(False)
        self.set_loop(True)
        self._following.propose()
        if spec and spec.watches_people:
            self.stop_analyzing()

    def _forget_people(self) -> None:
        """Keep nothing of those who were watched, not even by what they are found again."""
        self._following = Following(FollowingOptions.of(self._settings))
        self._following.set_baseline(self._baseline)

    def stop_analyzing(self) -> None:
        """Go on with the pictures alone."""
        self._analyzes = False
        self._forget_people()
        self.faces = ()
        self._hand_over_analyzer()

    def _hand_over_analyzer(self) -> None:
        if self._pipeline:
            self._pipeline.set_analyzer(self._analyzer if self._analyzes else None, self._settings.max_rate)

    def close(self) -> None:
        """Stop playing; waits for the threads."""
        self._leave()
        if self._left:
            self._left.stop()

    def hold(self, held: bool) -> None:
        """Stop a recording where it is, or let it go on."""
        if self._pipeline:
            self._pipeline.hold(held)

    def set_loop(self, loop: bool) -> None:
        if self._pipeline:
            self._pipeline.set_loop(loop)

    def load_model(
        self, path: Path | None, labels: tuple[str, ...] | None, loaded: Callable[[], None] = lambda: None
    ) -> None:
        """Load a model in the background; the one before stays until it is there.

        Args:
            path: The file; None for the model that comes with the program.
            labels: Names of its outputs where the user has given them.
            loaded: Called when the model is in use.
        """
        before = self.model
        self.label_request = None
        self.model = ModelStatus(ModelState.LOADING, before.name, before.sha256)

        def fail(error: AppError) -> None:
            self.model = before if self._classifier else ModelStatus()
            if isinstance(error, LabelsNeededError) and path:
                self.label_request = LabelRequest(path, error.outputs)
                return
            kept = _("'{name}' stays in use.").format(name=before.name) if self._classifier else ""
            self._notices.append(Notice(Level.ERROR, error.message, f"{error.hint} {kept}".strip()))
            if path and not self._classifier:
                # The model of last time is gone: the program must be of use without it.
                self.load_model(None, None)

        def use(classifier: EmotionClassifier) -> None:
            self._use_classifier(classifier)
            loaded()

        self._tasks.run(lambda: self._backends.load_classifier(path, _answer(labels)), use, fail)

    def _use_classifier(self, classifier: EmotionClassifier) -> None:
        self._classifier = classifier
        self.model = ModelStatus(ModelState.READY, classifier.card.name, classifier.sha256)
        self._build_analyzer()

    def _build_analyzer(self) -> None:
        classifier, settings = self._classifier, self._settings
        if classifier is None:
            return

        def work() -> FrameAnalyzer:
            from emotion_gui.pipeline.analyzer import FrameAnalyzer

            return FrameAnalyzer(self._backends.create_detector(settings.detector), classifier, settings.min_face_px)

        def use(analyzer: FrameAnalyzer) -> None:
            # Only the newest choice counts, whichever was ready first.
            if settings is not self._settings or classifier is not self._classifier:
                return
            self._analyzer = analyzer
            self._hand_over_analyzer()

        self._tasks.run(work, use, lambda e: self._notices.append(Notice(Level.ERROR, e.message, e.hint)))

    def apply_settings(self, settings: Settings) -> None:
        self._settings = settings
        self._following.set_options(FollowingOptions.of(settings))
        self._show()
        self._build_analyzer()

    def set_baseline(self, baseline: Baseline | None) -> None:
        """Correct the candidate's probabilities by this resting face; None for none."""
        self._baseline = baseline
        self._following.set_baseline(baseline)

    def set_view_size(self, width: int, height: int) -> None:
        self._view_size = (max(1, width), max(1, height))
        self._show()

    def _show(self) -> None:
        if not self._pipeline:
            return
        from emotion_gui.pipeline.live import View
        from emotion_gui.vision.annotate import AnnotationStyle

        settings = self._settings
        style = AnnotationStyle(
            settings.marker, settings.show_boxes, settings.show_bars, show_candidate=not settings.count_everyone
        )
        self._pipeline.set_view(View(self._view_size, self._mirrors, style))

    @property
    def _mirrors(self) -> bool:
        spec = self.source.spec
        return self._settings.mirror and spec is not None and spec.kind == CAMERA

    def take_picture(self) -> Picture | None:
        """The newest picture that was not taken yet."""
        return self._pipeline.pictures.take() if self._pipeline else None

    @property
    def newest_shot(self) -> Shot | None:
        """What the newest picture was drawn from; None where there is none."""
        return self._pipeline.newest if self._pipeline else None

    def set_watch(self, watch: Callable[[Shot], None] | None) -> None:
        """Tell about every picture of this source and the next ones, on the thread that draws it."""
        self._watch = watch
        if self._pipeline:
            self._pipeline.set_watch(watch)

    def notices(self) -> Iterator[Notice]:
        while self._notices:
            yield self._notices.popleft()

    def poll(self) -> Iterator[Event]:
        """Take in what the threads told; yields each event after its effect on the status."""
        pipeline = self._pipeline
        if not pipeline:
            return
        for event in pipeline.events(_MOST_EVENTS):
            # Whoever takes an event may have left the source on account of it.
            if pipeline is not self._pipeline:
                return
            self._take_in(event)
            yield event

    def _take_in(self, event: Event) -> None:
        spec = self.source.spec
        match event:
            case FrameAnalyzed(result, delay_s):
                self._note_result(result, delay_s)
            case SourceOpened():
                self.source = SourceStatus(SourceState.PLAYING, spec, seen=True)
            case SourceLost(message, hint, retry_in_s):
                self.faces = ()
                state = SourceState.FAILED if retry_in_s is None else SourceState.LOST
                retry_at, seen = time.monotonic() + (retry_in_s or 0.0), self.source.seen
                self.source = SourceStatus(state, spec, message, hint, retry_at, seen)
            case SourceEnded():
                self.source = SourceStatus(SourceState.ENDED, spec)
            case WorkerFailed(worker):
                self._restart(worker)

    def _note_result(self, result: FrameResult, delay_s: float) -> None:
        if result.faces and not self._has_named:
            self._has_named = True
            _log.info(FIRST_FACE_NAMED)
        # One that was under way when the analysis was stopped comes after it.
        self.faces = result.faces if self._analyzes else ()
        self._delays.append(delay_s)
        self._results.tick()

    def _restart(self, worker: str) -> None:
        spec = self.source.spec
        if spec and time.monotonic() - self._opened_at > _RESTART_AFTER_S:
            _log.error("%s failed; the source is opened again", worker)
            self.open(spec, once=self._once, analyze=self._analyzes)
            return
        message = _("The picture stopped because of an unexpected error.")
        hint = _("Choose the source again; Help > Open log has more.")
        self.source = SourceStatus(SourceState.FAILED, spec, message, hint)


def _answer(labels: tuple[str, ...] | None) -> AskLabels:
    """Answers with the labels that the user gave; asks for them otherwise."""

    def ask(outputs: int) -> tuple[str, ...] | None:
        if labels is None:
            raise LabelsNeededError(outputs)
        return labels

    return ask
