"""A controller on fakes, polled as the window polls it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from emotion_gui.batch.plan import BatchPlan, Recording
from emotion_gui.controller.backends import Backends
from emotion_gui.controller.interview import InterviewController
from emotion_gui.controller.status import ModelState, Notice, SourceState
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.session import InterviewSession
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.vision.classifiers import EmotionClassifier
from emotion_gui.vision.sources import VideoSource
from emotion_gui.vision.sources.camera_list import CameraInfo
from tests.builders import CONSENT
from tests.fake_run import FakeRun
from tests.fakes import UNLIMITED, FakeClassifier, FakeDetector, FakeSource
from tests.waiting import wait_for

MOODS: Sequence[Emotion | None] = [Emotion.HAPPY] * 40 + [None] * 20 + [Emotion.FEAR] * 40


class Bench:
    """A controller with a store and scripted sources.

    Attributes:
        controller: What is tested.
        store: Its store, to look into.
        sources: What the next openings give; the last one is given for ever.
        opened: Every source that was really opened, in order.
        models: The same as `sources` for models.
        notices: Everything the controller wanted the user to know.
        cameras: What is found when cameras are looked for.
        runs: Every analysis of recordings that was begun.
    """

    def __init__(self, folder: Path, store: type[SessionStore] = SessionStore) -> None:
        self.store = store(folder / "sessions")
        self.sources: list[Callable[[], VideoSource]] = [lambda: FakeSource(MOODS, interval_s=0.01)]
        self.opened: list[SourceSpec] = []
        self.models: list[Callable[[], EmotionClassifier]] = [FakeClassifier]
        self.notices: list[Notice] = []
        self.cameras: tuple[CameraInfo, ...] = ()
        self.runs: list[FakeRun] = []
        self.settings_path = folder / "settings.json"
        fakes = Backends(self._open, lambda _: FakeDetector(), self._load, lambda: self.cameras, self._begin_run)
        self.controller = InterviewController(self.store, Settings(**UNLIMITED), self.settings_path, fakes)

    def _begin_run(self, recordings: Sequence[Recording], plan: BatchPlan) -> FakeRun:
        self.runs.append(FakeRun(recordings, plan))
        return self.runs[-1]

    def _open(self, spec: SourceSpec) -> VideoSource:
        self.opened.append(spec)
        return (self.sources.pop(0) if len(self.sources) > 1 else self.sources[0])()

    def _load(self, *_: object) -> EmotionClassifier:
        return (self.models.pop(0) if len(self.models) > 1 else self.models[0])()

    def poll_until(self, condition: Callable[[], object], what: str = "the condition") -> None:
        def polled() -> object:
            self.notices.extend(self.controller.poll())
            return condition()

        wait_for(polled, what)

    def ready(self, spec: str = "file:clip.mp4") -> InterviewController:
        """With a model and a source, as a user has it some seconds after the start: a camera is still off."""
        controller = self.controller
        controller.load_model(None)
        controller.open_source(SourceSpec.parse(spec))
        states = {SourceState.PLAYING, SourceState.WAITING}
        self.poll_until(lambda: controller.model.state is ModelState.READY and controller.source.state in states)
        return controller

    def begin(self, candidate: str = "Ada", note: str = "") -> InterviewSession:
        """Start a session that was agreed to, and wait for its first results."""
        self.controller.start(candidate, note, consent=CONSENT)
        session = self.controller.session
        assert session
        self.poll_until(lambda: session.statistics.frames, "the first result")
        return session

    def close(self) -> None:
        closed: list[int] = []
        self.controller.close(closed.append)
        self.poll_until(lambda: closed, "the controller's end")
        self.store.close()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.close()
