"""What a window can ask for, and what it can see: the one object between the user interface and everything else."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from emotion_gui import __version__
from emotion_gui.controller.about import About
from emotion_gui.controller.backends import Backends
from emotion_gui.controller.calibration import Calibration
from emotion_gui.controller.camera_trial import CameraTrial
from emotion_gui.controller.cameras import Cameras
from emotion_gui.controller.charting import ChartFeed
from emotion_gui.controller.desktop import Desktop
from emotion_gui.controller.evidence import Evidence
from emotion_gui.controller.history import History
from emotion_gui.controller.intake import SessionIntake
from emotion_gui.controller.keeping import SessionKeeping
from emotion_gui.controller.markers import MarkerBook
from emotion_gui.controller.persons import Persons, Remembered
from emotion_gui.controller.playback import Playback
from emotion_gui.controller.record_writer import RecordWriter
from emotion_gui.controller.recordings import Recordings, Surroundings
from emotion_gui.controller.retention import Retention
from emotion_gui.controller.review import Review
from emotion_gui.controller.running_record import RunningRecord
from emotion_gui.controller.session_link import SessionLink
from emotion_gui.controller.settings_writer import SettingsWriter
from emotion_gui.controller.status import LabelRequest, Level, ModelStatus, Notice, Phase, SourceState, SourceStatus
from emotion_gui.core.consent import Consent, Purpose, check_agreement
from emotion_gui.core.errors import AppError
from emotion_gui.core.paths import user_data_folder
from emotion_gui.core.results import FaceResult
from emotion_gui.core.session import InterviewSession, Provenance, SessionEvent, SessionInfo
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.core.translation import _
from emotion_gui.pipeline.tasks import TaskRunner
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.tracking.candidate import Presence

_log = logging.getLogger(__name__)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from emotion_gui.pipeline.live import Picture
    from emotion_gui.vision.sources.camera_list import CameraInfo


class InterviewController:
    """Runs the program's main job without a window; all methods are called on one thread and return at once.

    Attributes:
        settings: The user's choices.
        history: Past sessions: listed, opened, exported, deleted.
        review: Past sessions looked at again: scrubbed, compared, corrected.
        candidate: Who counts, chosen by hand.
        calibration: The candidate's personal baseline: taken, used, removed.
        markers: Notes at moments of the running or last session.
        evidence: Video, snapshots and crops of the running session.
        about: What the program is made of.
        camera_trial: A camera tried out before any session, without analysis.
        persons: Everything about one candidate: exported, freed of the name, deleted.
        retention: Sessions whose time is over, and the store's health.
        keeping: Whether the session so far is on the disk.
        desktop: Shows files in the system's own windows.
        recordings: A queue of recordings, analysed behind the window.
    """

    def __init__(
        self,
        store: SessionStore,
        settings: Settings,
        settings_path: Path,
        backends: Backends | None = None,
    ) -> None:
        self.settings = settings
        self._phase = Phase.IDLE
        self._notices: deque[Notice] = deque()
        self._tasks = TaskRunner()
        self._settings_writer = SettingsWriter(settings_path)
        self._writer = RecordWriter(store)
        self._record = RunningRecord(self._writer)
        self._backends = backends or Backends()
        self._playback = Playback(self._backends, self._tasks, settings)
        self.candidate = self._playback.candidate
        self._cameras = Cameras(self._backends.list_cameras, self._tasks)
        self.camera_trial = CameraTrial(
            self._backends, self._tasks, phase=lambda: self._phase, settings=lambda: self.settings
        )
        self.history = History(store, self._writer, self._tasks, self._tell_error)
        remembered = Remembered(lambda: self.settings, self._remember, lambda: self.session)
        self.persons = Persons(store, self._writer, self._tasks, remembered)
        self.retention = Retention(store, self._tasks, lambda: self.settings, self._notices.append)
        self.review = Review(store, user_data_folder(), self._writer.flush)
        self.about = About(self._tasks, lambda: self.model)
        self._charts = ChartFeed()
        self._link = SessionLink(self._running, self._record.add, self._notices.append)
        self.calibration = Calibration(self._playback, self._link, phase=lambda: self._phase)
        self.markers = MarkerBook(self._link, self._writer, session=lambda: self.session, live=self._is_live)
        self.evidence = Evidence(
            self._link, self._playback, self._tasks, data_folder=store.folder, phase=lambda: self._phase
        )
        self._intake = SessionIntake(
            self._record,
            lambda: self._phase,
            calibration=self.calibration,
            evidence=self.evidence,
            markers=self.markers,
            ended=self._recording_ended,
        )
        self.keeping = SessionKeeping(self._writer, self.evidence)
        self.desktop = Desktop(self._tasks, self._notices.append)
        around = Surroundings(
            store.folder, lambda: self.settings, lambda: self._phase, self.persons.kept_name, self._notices.append
        )
        self.recordings = Recordings(self._tasks, around, self._backends.begin_run)

    @property
    def phase(self) -> Phase:
        return self._phase

    @property
    def session(self) -> InterviewSession | None:
        """The running session, or the last one after it was stopped; None before the first."""
        return self._record.session

    @property
    def last_session_id(self) -> str | None:
        """The running or last session; None before the first."""
        return self.session.info.session_id if self.session else None

    @property
    def source(self) -> SourceStatus:
        return self._playback.source

    @property
    def model(self) -> ModelStatus:
        return self._playback.model

    @property
    def label_request(self) -> LabelRequest | None:
        """Set when a model was opened whose outputs only the user can name."""
        return self._playback.label_request

    @property
    def faces(self) -> tuple[FaceResult, ...]:
        """The faces of the newest result."""
        return self._playback.faces

    @property
    def presence(self) -> Presence:
        """Where the candidate is."""
        return self._playback.presence

    @property
    def results_per_s(self) -> float:
        return self._playback.results_per_s

    @property
    def delay_ms(self) -> float:
        """Median time from picture to result, in milliseconds."""
        return self._playback.delay_ms

    @property
    def previews(self) -> bool:
        """Whether pictures are shown without looking for faces, as a recording's are before its session."""
        return self._playback.previews

    def open_source(self, spec: SourceSpec) -> None:
        """Show another source as far as nobody needs to have agreed to it.

        Without a session, cameras and streams stay off, recordings are only shown, and the demo clip is analysed.

        Raises:
            AppError: A session is running; its record names one source.
        """
        running = self._phase is not Phase.IDLE
        # The same one again is how a person brings back what does not come back by itself.
        if running and spec != self.source.spec:
            raise AppError(_("A session is running."), _("Stop it before you choose another source."))
        self.remember(source=str(spec), camera_name=self._cameras.name_to_keep(spec, self.settings))
        self.calibration.source_chosen(spec)
        if spec.live and not running:
            self._playback.choose(spec)
        else:
            self._playback.open(spec, once=running, analyze=running or not spec.watches_people)

    def load_model(self, path: Path | None, labels: tuple[str, ...] | None = None) -> None:
        """Use another model; see `Playback.load_model`.

        Raises:
            AppError: A session is running; its record names one model.
        """
        if self._phase is not Phase.IDLE:
            raise AppError(_("A session is running."), _("Stop it before you open another model."))
        self._playback.load_model(
            path, labels, lambda: self._remember(replace(self.settings, model_path=str(path or "")))
        )

    def start(
        self, candidate: str, note: str, *, purpose: Purpose = Purpose.PRACTICE, consent: Consent | None = None
    ) -> None:
        """Open the camera, or play a recording from its beginning, and count from the first picture on.

        Candidate and note are taken as typed; only the demo clip needs no consent.

        Raises:
            AppError: See `check_ready` and `check_agreement`; the message says what to do.
        """
        spec = self.check_ready()
        check_agreement(purpose, consent, watches_people=spec.watches_people)
        candidate, model = self.persons.kept_name(candidate), self._playback.model
        settings = replace(self.settings, candidate=candidate, purpose=purpose.value)
        provenance = Provenance(__version__, model.name, model.sha256, settings.detector, spec.recorded_title)
        info = SessionInfo(candidate, note, settings.rule, provenance, settings.to_record(), purpose, consent)
        self._record.expect(info)
        self.camera_trial.stop()
        self._phase = Phase.RUNNING
        self._intake.session_started()
        self.calibration.session_started(candidate)
        self._remember(settings)
        self._playback.open(spec, once=True)

    def check_ready(self) -> SourceSpec:
        """What a session would watch now.

        Raises:
            AppError: A session is running, or there is no source or no model; the message says what to do.
        """
        source = self._playback.source
        if self._phase is not Phase.IDLE:
            raise AppError(_("A session is already running."))
        if self.recordings.running:
            raise AppError(_("Recordings are being analysed."), _("Wait for them, or cancel them."))
        if source.spec is None or source.state is SourceState.FAILED:
            raise AppError(_("There is no picture to watch."), _("Choose a camera or open a video first."))
        if not self._playback.model.ready:
            raise AppError(_("The model is not ready yet."), _("Wait until its name stands in the status bar."))
        return source.spec

    def pause(self) -> None:
        """Stop counting; a recording is held where it is."""
        if self._phase is Phase.RUNNING and self.session:
            self._phase = Phase.PAUSED
            self._playback.hold(True)
            self._record.add(self.session.pause())

    def resume(self) -> None:
        if self._phase is Phase.PAUSED and self.session:
            self._phase = Phase.RUNNING
            self._playback.hold(False)
            self._record.add(self.session.resume())

    def stop(self) -> None:
        """End the session; it stays on the screen, and in the store for good."""
        if self._phase is Phase.IDLE or not self.session:
            return
        self._phase = Phase.IDLE
        self._playback.give_back()
        if self._record.begun:
            self.keeping.expect(_("The session is saved."))
        else:
            self._notices.append(Notice(Level.INFO, _("No picture came before the stop, so no session was kept.")))
        self._record.end()

    def update_note(self, note: str) -> None:
        """Replace the note of the running or last session."""
        if self.session and note != self.session.info.note:
            self._record.change(replace(self.session.info, note=note))

    def remember(self, **values: str) -> None:
        """Keep values that have no line in the settings dialog, such as the window's place."""
        changed = replace(self.settings, **dict[str, Any](values))
        if changed != self.settings:
            self._remember(changed)

    def apply_settings(self, settings: Settings) -> None:
        """Use new settings; a running session is judged by the new rule, and its record says that it changed."""
        before, self.settings = self.settings, settings
        if settings == before:
            return
        self._playback.apply_settings(settings)
        self._settings_writer.save(self.settings)
        difference = settings.difference(before)
        if difference and self._phase is not Phase.IDLE and self.session:
            self._record.add(SessionEvent(self.session.time_s, "settings changed", difference))
            self._record.change(replace(self.session.info, rule=settings.rule, settings=settings.to_record()))

    def set_view_size(self, width: int, height: int) -> None:
        """Size in pixels of the place where the picture is shown."""
        self._playback.set_view_size(width, height)

    def take_picture(self) -> Picture | None:
        """The newest picture that was not taken yet."""
        return self._playback.take_picture()

    def set_chart_size(self, key: str, width: int, height: int, dpi: float = 100.0, *, dark: bool = False) -> None:
        """Pixels of the place where 'charts' or 'timeline' is shown; its text grows with the pixels per inch."""
        self._charts.set_place(key, (width, height), dpi, dark=dark)

    def take_charts(self) -> NDArray[np.uint8] | None:
        """The newest pie and bars that were not taken yet, uint8 RGB [height, width, 3]."""
        return self._charts.take("charts")

    def take_timeline(self) -> NDArray[np.uint8] | None:
        """The newest timeline that was not taken yet, uint8 RGB [height, width, 3]."""
        return self._charts.take("timeline")

    def list_cameras(self, done: Callable[[tuple[CameraInfo, ...]], None]) -> None:
        """Find the cameras; the one that is chosen is followed to its new number where they are counted anew."""

        def found(cameras: tuple[CameraInfo, ...]) -> None:
            spec = self.source.spec
            if spec and self.source.state is SourceState.WAITING:
                again = self._cameras.found_again(spec, self.settings.camera_name)
                if again != spec:
                    self.open_source(again)
                self.remember(camera_name=self.settings.camera_name or self._cameras.name_to_keep(spec, self.settings))
            done(cameras)

        self._cameras.list(found, self._tell_error)

    def poll(self) -> list[Notice]:
        """Take in everything that happened since the last call; returns what to tell the user."""
        self._tasks.deliver()
        self.review.poll()
        for event in self._playback.poll():
            self._intake.take(event)
        self.calibration.poll()
        self.evidence.poll()
        self.recordings.poll()
        self.camera_trial.poll()
        self._charts.offer(self.session)
        self._notices.extend(self._playback.notices())
        self._notices.extend(self._writer.notices())
        self._notices.extend(self.keeping.poll())
        self._notices.extend(self._settings_writer.notices())
        told = list(self._notices)
        self._notices.clear()
        return told

    def close(self, done: Callable[[int], None]) -> None:
        """End the session, all threads and files in the background; `done` gets the number of unsaved entries."""
        self.stop()
        self._tasks.run(self._end_workers, done, lambda _: done(0))

    def _end_workers(self) -> int:
        self.recordings.close()
        self._playback.close()
        self.evidence.close()
        self.camera_trial.close()
        self._charts.close()
        self.review.close()
        self._settings_writer.close()
        unsaved = self._writer.close()
        if unsaved:
            _log.error("%d entries of the session could not be saved", unsaved)
        return unsaved

    def _recording_ended(self) -> None:
        news = _("The recording has ended; the session is saved.") if self._record.begun else ""
        self.stop()
        self.keeping.expect(news)

    def _is_live(self) -> bool:
        return self.source.spec is not None and self.source.spec.live

    def _running(self) -> InterviewSession | None:
        return self.session if self._phase is not Phase.IDLE else None

    def _remember(self, settings: Settings) -> None:
        """Keep what the program remembers by itself; nothing that runs depends on it."""
        self.settings = settings
        self._settings_writer.save(self.settings)

    def _tell_error(self, error: AppError) -> None:
        self._notices.append(Notice(Level.ERROR, error.message, error.hint))
