"""A controller without threads, cameras or models: it remembers what it was told, and tests set what it shows."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from emotion_gui.controller.about import AboutFacts
from emotion_gui.controller.status import (
    Keeping,
    LabelRequest,
    ModelState,
    ModelStatus,
    Notice,
    Phase,
    SourceState,
    SourceStatus,
)
from emotion_gui.core.consent import Consent, Purpose, check_agreement
from emotion_gui.core.errors import AppError
from emotion_gui.core.results import FaceResult
from emotion_gui.core.session import InterviewSession, Provenance, SessionInfo
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.export.content.model_excerpt import CardMatch, ModelExcerpt
from emotion_gui.storage.session_summary import SessionSummary
from emotion_gui.tracking.candidate import Presence
from emotion_gui.vision.sources.camera_list import CameraInfo
from tests.ui.fake_calibration import FakeCalibration
from tests.ui.fake_evidence import FakeEvidence, FakeMarkers
from tests.ui.fake_persons import FakePersons, FakeRetention
from tests.ui.fake_recordings import FakeRecordings
from tests.ui.fake_trial import FakeTrial

Failed = Callable[[AppError], None]


@dataclass(frozen=True)
class FakePicture:
    rgb: NDArray[np.uint8]


@dataclass
class FakeKeeping:
    state: Keeping = Keeping.SAVED


@dataclass
class FakeDesktop:
    shown: list[Path] = field(default_factory=list)
    opened: list[Path] = field(default_factory=list)

    def show(self, files: Sequence[Path]) -> None:
        self.shown.extend(files)

    def open(self, path: Path) -> None:
        self.opened.append(path)


@dataclass
class FakeAbout:
    """Answers at once with what a test puts there."""

    facts: AboutFacts = field(default_factory=lambda: AboutFacts(ModelExcerpt(CardMatch.NONE), None, "", ()))
    error: AppError | None = None

    def ask(self, done: Callable[[AboutFacts], None], failed: Failed) -> None:
        if self.error:
            failed(self.error)
        else:
            done(self.facts)


@dataclass
class FakePick:
    clicks: list[tuple[float, float]] = field(default_factory=list)
    nexts: int = 0

    def at(self, x: float, y: float) -> bool:
        self.clicks.append((x, y))
        return True

    def next(self) -> None:
        self.nexts += 1


@dataclass
class FakeController:
    settings: Settings = field(default_factory=Settings)
    phase: Phase = Phase.IDLE
    session: InterviewSession | None = None
    source: SourceStatus = field(default_factory=SourceStatus)
    model: ModelStatus = field(default_factory=lambda: ModelStatus(ModelState.READY, "emotion-small", "ab" * 32))
    label_request: LabelRequest | None = None
    faces: tuple[FaceResult, ...] = ()
    previews: bool = False
    results_per_s: float = 0.0
    delay_ms: float = 0.0
    presence: Presence = Presence.NOBODY
    candidate: FakePick = field(default_factory=FakePick)
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)
    dark_charts: dict[str, bool] = field(default_factory=dict)
    pictures: deque[FakePicture] = field(default_factory=deque)
    drawn: dict[str, NDArray[np.uint8]] = field(default_factory=dict)
    cameras: tuple[CameraInfo, ...] = ()
    sessions: list[SessionSummary] = field(default_factory=list)
    unfinished: list[SessionSummary] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    exported: list[tuple[str, Path, bool]] = field(default_factory=list)
    write: Callable[[Path], None] = Path.touch
    error: AppError | None = None
    notices: list[Notice] = field(default_factory=list)
    opened: list[SourceSpec] = field(default_factory=list)
    loaded: list[tuple[Path | None, tuple[str, ...] | None]] = field(default_factory=list)
    polls: int = 0
    due: list[Callable[[], None]] = field(default_factory=list)
    closed: bool = False
    unsaved: int = 0
    # Tests of the review set the real one over a store of their own.
    review: Any = None
    about: FakeAbout = field(default_factory=FakeAbout)
    calibration: FakeCalibration = field(default_factory=FakeCalibration)
    markers: FakeMarkers = field(default_factory=FakeMarkers)
    evidence: FakeEvidence = field(default_factory=FakeEvidence)
    persons: FakePersons = field(default_factory=FakePersons)
    retention: FakeRetention = field(default_factory=FakeRetention)
    camera_trial: FakeTrial = field(default_factory=FakeTrial)
    keeping: FakeKeeping = field(default_factory=FakeKeeping)
    desktop: FakeDesktop = field(default_factory=FakeDesktop)
    recordings: FakeRecordings = field(default_factory=FakeRecordings)

    @property
    def last_session_id(self) -> str | None:
        return self.session.info.session_id if self.session else None

    def open_source(self, spec: SourceSpec) -> None:
        self._raise_error()
        self.opened.append(spec)
        self.source = SourceStatus(SourceState.OPENING, spec)

    def load_model(self, path: Path | None, labels: tuple[str, ...] | None = None) -> None:
        self._raise_error()
        self.loaded.append((path, labels))

    def check_ready(self) -> SourceSpec:
        self._raise_error()
        return self.source.spec or SourceSpec("demo")

    def start(
        self, candidate: str, note: str, *, purpose: Purpose = Purpose.PRACTICE, consent: Consent | None = None
    ) -> None:
        spec = self.check_ready()
        check_agreement(purpose, consent, watches_people=spec.watches_people)
        provenance = Provenance("0.0", "fer-small", "ab" * 32, "blazeface", spec.title)
        info = SessionInfo(candidate, note, self.settings.rule, provenance, {}, purpose, consent)
        self.session = InterviewSession(info)
        self.phase = Phase.RUNNING

    def pause(self) -> None:
        self.phase = Phase.PAUSED

    def resume(self) -> None:
        self.phase = Phase.RUNNING

    def stop(self) -> None:
        self.phase = Phase.IDLE

    def update_note(self, note: str) -> None:
        if self.session:
            self.session.info = replace(self.session.info, note=note)

    def apply_settings(self, settings: Settings) -> None:
        self.settings = settings

    def remember(self, **values: str) -> None:
        self.settings = replace(self.settings, **dict[str, Any](values))

    def set_view_size(self, width: int, height: int) -> None:
        self.sizes["picture"] = (width, height)

    def set_chart_size(self, key: str, width: int, height: int, dpi: float = 100.0, *, dark: bool = False) -> None:
        self.sizes[key] = (width, height)
        self.dark_charts[key] = dark

    def take_picture(self) -> FakePicture | None:
        return self.pictures.popleft() if self.pictures else None

    def take_charts(self) -> NDArray[np.uint8] | None:
        return self.drawn.pop("charts", None)

    def take_timeline(self) -> NDArray[np.uint8] | None:
        return self.drawn.pop("timeline", None)

    def list_cameras(self, done: Callable[[tuple[CameraInfo, ...]], None]) -> None:
        done(self.cameras)

    @property
    def history(self) -> FakeController:
        """The controller stands for its history too."""
        return self

    def list_sessions(self, done: Callable[[tuple[SessionSummary, ...]], None]) -> None:
        done(tuple(self.sessions))

    def interrupted(self, done: Callable[[tuple[SessionSummary, ...]], None]) -> None:
        done(tuple(self.unfinished))

    def keep_session(self, session_id: str, done: Callable[[], None]) -> None:
        self.kept.append(session_id)
        done()

    def delete_session(self, session_id: str, done: Callable[[], None]) -> None:
        self.deleted.append(session_id)
        self.sessions = [session for session in self.sessions if session.session_id != session_id]
        done()

    def export(
        self,
        session_id: str,
        key: str,
        *,
        path: Path,
        overwrite: bool,
        done: Callable[[], None],
        failed: Failed,
    ) -> None:
        if self.error:
            failed(self.error)
            return
        self.exported.append((key, path, overwrite))
        self.write(path)
        done()

    def poll(self) -> Sequence[Notice]:
        self.polls += 1
        for done in self.due:
            done()
        self.due.clear()
        told, self.notices = self.notices, []
        return told

    def close(self, done: Callable[[int], None]) -> None:
        self.closed = True
        self.due.append(lambda: done(self.unsaved))

    def _raise_error(self) -> None:
        if self.error:
            raise self.error
