"""The live session behind the browser's pages: one controller, on one thread, whoever looks on."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import cv2

from emotion_gui.controller.backends import Backends
from emotion_gui.controller.interview import InterviewController
from emotion_gui.controller.status import Level, ModelState, Notice, Phase, SourceState
from emotion_gui.core.consent import Consent, Purpose, check_agreement
from emotion_gui.core.errors import AppError
from emotion_gui.core.nervousness import Judgement, NervousnessRule, judge
from emotion_gui.core.results import FaceResult
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.core.statistics import EmotionStatistics
from emotion_gui.core.translation import DEFAULT_LANGUAGE, N_, _, language, set_language
from emotion_gui.export.chart_views import ChartsView
from emotion_gui.pipeline.broadcast import Broadcast
from emotion_gui.pipeline.live import Picture
from emotion_gui.pipeline.own_thread import OwnThread
from emotion_gui.pipeline.rate_gate import RateGate
from emotion_gui.storage.session_store import SessionStore

_log = logging.getLogger(__name__)

MOST_VIEWERS = 16
_BEAT_S = 0.01
# Less than the window shows: it goes to every viewer, many times a second.
_VIEW_WH, _JPEG_QUALITY = (720, 540), 80
# More than this only keeps browsers from doing anything else.
_PICTURES_PER_S = 25.0
_LONGEST_END_S = 20.0


class Stage(Enum):
    """Where the live page stands; the value is what its script is told."""

    OFF = "off"
    STARTING = "starting"
    RUNNING = "running"


@dataclass(frozen=True)
class LiveRequest:
    """A session that somebody wants to begin.

    Attributes:
        spec: What to watch.
        candidate: Name or code as typed.
        purpose: What it is for.
        consent: What was agreed to; only the demo clip needs none.
        language: Of the words in the picture, which is the same for all: that of whoever begins.
    """

    spec: SourceSpec
    candidate: str
    purpose: Purpose
    consent: Consent | None
    language: str = DEFAULT_LANGUAGE


@dataclass(frozen=True)
class LiveState:
    """What the page shows, copied so that any thread may read it.

    Attributes:
        stage: Where it stands.
        spec: What is watched; None while nothing is.
        faces: The faces of the newest result.
        statistics: What was counted so far; None before there is a session.
        rule: By which it is judged.
        trouble: What is wrong with the picture, or why the last session did not come about; often None.
        last_session_id: The last session that was kept; empty before the first.
    """

    stage: Stage = Stage.OFF
    spec: SourceSpec | None = None
    faces: tuple[FaceResult, ...] = ()
    statistics: EmotionStatistics | None = None
    rule: NervousnessRule | None = None
    trouble: Notice | None = None
    last_session_id: str = ""

    @property
    def judgement(self) -> Judgement | None:
        """The verdict so far, in the language of the thread that asks."""
        return judge(self.statistics, self.rule) if self.statistics and self.rule else None

    @property
    def charts(self) -> ChartsView | None:
        """Shares so far."""
        return ChartsView.of(self.statistics) if self.statistics else None


_TROUBLED = frozenset({SourceState.LOST, SourceState.FAILED})


class LiveDesk:
    """Begins and ends the one session; its methods may be called from any thread.

    A controller lives as long as its session, so that nothing is open while none runs.

    Attributes:
        pictures: The newest annotated picture as JPEG, for all viewers; None while there is none.
        state: What the page shows.
    """

    def __init__(
        self,
        store: SessionStore,
        load_settings: Callable[[], Settings],
        settings_path: Path,
        backends: Backends | None = None,
    ) -> None:
        """Start the desk's thread; no camera is opened.

        Args:
            store: Where sessions are kept.
            load_settings: Reads the user's settings as they are now.
            settings_path: Where the controller remembers what was chosen last.
            backends: What the controller runs on.
        """
        self.pictures: Broadcast[bytes] = Broadcast(MOST_VIEWERS)
        self.state = LiveState()
        self._store = store
        self._load_settings = load_settings
        self._settings_path = settings_path
        self._backends = backends
        self._controller: InterviewController | None = None
        self._request: LiveRequest | None = None
        self._stage = Stage.OFF
        self._gate = RateGate(_PICTURES_PER_S)
        self._last_session_id = ""
        self._language_before = DEFAULT_LANGUAGE
        self._trouble: Notice | None = None
        self._thread = OwnThread("live desk", self._beat, _BEAT_S)

    def start(self, request: LiveRequest) -> None:
        """Begin a session; returns while the model is still being loaded.

        Raises:
            AppError: One is running, or nobody agreed to it; no camera has been opened.
        """
        check_agreement(request.purpose, request.consent, watches_people=request.spec.watches_people)
        self._thread.call(lambda: self._start(request))

    def stop(self) -> None:
        """End the session; when this returns, the camera is released and the session is kept."""
        self._thread.call(self._end)

    def close(self) -> None:
        """End everything."""
        self.stop()
        self._thread.stop()

    def _start(self, request: LiveRequest) -> None:
        if self._controller:
            raise AppError(_("A session is already running."))
        settings = self._load_settings()
        self._trouble = None
        self._request = request
        # Pages have their readers' languages; what is left to the program's own is the picture and what goes wrong.
        self._language_before = language()
        set_language(request.language)
        self._controller = InterviewController(self._store, settings, self._settings_path, self._backends)
        self._controller.set_view_size(*_VIEW_WH)
        self._controller.load_model(Path(settings.model_path) if settings.model_path else None)
        self._stage = Stage.STARTING
        self._tell()

    def _beat(self) -> None:
        controller = self._controller
        if controller is None:
            return
        for notice in controller.poll():
            _log.info("%s %s", notice.message, notice.hint)
            if notice.level is Level.ERROR:
                self._trouble = notice
        if self._stage is Stage.STARTING:
            self._start_when_ready(controller)
        elif controller.phase is Phase.IDLE:
            # The demo clip has come to its end.
            self._end()
            return
        self._show(controller.take_picture())
        self._tell()

    def _start_when_ready(self, controller: InterviewController) -> None:
        request = self._request
        if controller.model.state is ModelState.MISSING:
            self._end()
        elif request and controller.model.state is ModelState.READY:
            try:
                controller.open_source(request.spec)
                controller.start(request.candidate, "", purpose=request.purpose, consent=request.consent)
            except AppError as error:
                self._trouble = Notice(Level.ERROR, error.message, error.hint)
                self._end()
            else:
                self._stage = Stage.RUNNING

    def _show(self, picture: Picture | None) -> None:
        """Encode once for everybody, and not at all where nobody looks."""
        if picture is None or not self.pictures.readers:
            return
        if not self._gate.lets_pass(picture.captured_at, _BEAT_S):
            return
        quality = [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY]
        self.pictures.put(cv2.imencode(".jpg", picture.rgb[..., ::-1], quality)[1].tobytes())

    def _end(self) -> None:
        controller, self._controller = self._controller, None
        self._stage, self._request = Stage.OFF, None
        if controller:
            self._close(controller)
            set_language(self._language_before)
        self.pictures.put(None)
        self._tell()

    def _close(self, controller: InterviewController) -> None:
        ended: list[int] = []
        controller.close(ended.append)
        deadline = time.monotonic() + _LONGEST_END_S
        while not ended and time.monotonic() < deadline:
            controller.poll()
            time.sleep(_BEAT_S)
        session = controller.session
        if session and session.begun:
            self._last_session_id = session.info.session_id
        if ended != [0]:
            self._trouble = Notice(Level.ERROR, _("Not all of the session could be saved."), _("See the log."))

    def _tell(self) -> None:
        controller = self._controller
        trouble, last = self._trouble, self._last_session_id
        if controller is None:
            self.state = LiveState(trouble=trouble, last_session_id=last)
            return
        source, session = controller.source, controller.session
        if source.state in _TROUBLED:
            trouble = Notice(Level.ERROR, source.message, source.hint)
        self.state = LiveState(
            self._stage,
            self._request.spec if self._request else None,
            controller.faces,
            session.statistics.copy() if session else None,
            session.info.rule if session else None,
            trouble,
            last,
        )


STAGE_WORDS = {
    Stage.OFF: N_("Nothing is watched."),
    Stage.STARTING: N_("Starting..."),
    Stage.RUNNING: N_("A session is running."),
}
