"""A camera may be tried before a session, and no more than that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from emotion_gui.controller.backends import Backends
from emotion_gui.controller.camera_trial import LONGEST_S, CameraTrial, TrialState
from emotion_gui.controller.status import Phase, SourceState
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.errors import AppError
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.pipeline.tasks import TaskRunner
from tests.controller.conftest import Bench
from tests.fakes import FakeClassifier, FakeDetector, FakeSource
from tests.waiting import wait_for

_SIZE = (80, 60)


class Desk:
    """A trial with a fake camera and a clock that tests turn on."""

    def __init__(self) -> None:
        self.cameras: list[FakeSource] = []
        self.opened: list[SourceSpec] = []
        self.asked: list[str] = []
        self.phase = Phase.IDLE
        self.now = 0.0
        self.lost_after: int | None = None
        self._tasks = TaskRunner()
        backends = Backends(self._open, self._detector, self._classifier, lambda: ())
        self.trial = CameraTrial(
            backends, self._tasks, phase=lambda: self.phase, settings=Settings, clock=lambda: self.now
        )

    def _open(self, spec: SourceSpec) -> FakeSource:
        self.opened.append(spec)
        source = FakeSource([Emotion.HAPPY], live=True, interval_s=0.002, lost_after=self.lost_after)
        self.cameras.append(source)
        return source

    def _detector(self, name: str) -> FakeDetector:
        self.asked.append(name)
        return FakeDetector()

    def _classifier(self, *_: object) -> FakeClassifier:
        self.asked.append("model")
        return FakeClassifier()

    def wait_for(self, state: TrialState) -> None:
        def polled() -> bool:
            self._tasks.deliver()
            self.trial.poll()
            return self.trial.status.state is state

        wait_for(polled, f"the trial {state.value}")

    def wait_for_release(self, camera: int = 0) -> None:
        wait_for(lambda: self.cameras[camera].closed, "the camera's release")

    def close(self) -> None:
        self.trial.close()
        self._tasks.close()


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.close()


def test_it_shows_the_camera_and_looks_for_nobody(desk: Desk) -> None:
    desk.trial.start(2, _SIZE)
    assert desk.trial.status.state is TrialState.OPENING
    desk.wait_for(TrialState.SHOWING)
    pictures: list[object] = []

    def taken() -> object:
        picture = desk.trial.take_picture()
        if picture is not None:
            assert picture.shape == (60, 80, 3)
            # Not a pixel of a mark on it.
            assert np.unique(picture.reshape(-1, 3), axis=0).shape[0] == 1
            pictures.append(picture)
        return len(pictures) > 3

    wait_for(taken, "pictures")
    assert desk.opened == [SourceSpec("camera", "2")]
    assert not desk.asked


def test_the_camera_is_released_when_it_ends(desk: Desk) -> None:
    desk.trial.start(0, _SIZE)
    desk.wait_for(TrialState.SHOWING)
    desk.trial.stop()
    assert desk.trial.status.state is TrialState.OFF
    assert desk.trial.take_picture() is None
    desk.wait_for_release()


def test_another_camera_opens_after_the_first_is_released(desk: Desk) -> None:
    desk.trial.start(0, _SIZE)
    desk.wait_for(TrialState.SHOWING)
    desk.trial.start(1, _SIZE)
    desk.wait_for(TrialState.SHOWING)
    assert [spec.address for spec in desk.opened] == ["0", "1"]
    assert desk.cameras[0].closed == 1


def test_one_that_was_left_before_it_opened_never_opens(desk: Desk) -> None:
    desk.trial.start(0, _SIZE)
    desk.trial.stop()
    desk.trial.start(1, _SIZE)
    desk.wait_for(TrialState.SHOWING)
    assert [spec.address for spec in desk.opened] == ["1"]


def test_it_ends_by_itself(desk: Desk) -> None:
    desk.trial.start(0, _SIZE)
    desk.wait_for(TrialState.SHOWING)
    desk.now = LONGEST_S + 1
    desk.wait_for(TrialState.OFF)
    assert "after a minute" in desk.trial.status.message
    desk.wait_for_release()


def test_a_camera_that_is_lost_is_told(desk: Desk) -> None:
    desk.lost_after = 3
    desk.trial.start(0, _SIZE)
    desk.wait_for(TrialState.FAILED)
    assert (desk.trial.status.message, desk.trial.status.hint) == ("The camera was unplugged.", "Plug it in again.")
    desk.wait_for_release()


@pytest.mark.parametrize("phase", [Phase.RUNNING, Phase.PAUSED])
def test_no_candidate_can_be_watched_by_it(desk: Desk, phase: Phase) -> None:
    desk.phase = phase
    with pytest.raises(AppError, match="A session is running"):
        desk.trial.start(0, _SIZE)
    assert desk.trial.status.state is TrialState.OFF
    assert not desk.opened


def test_nothing_of_it_reaches_the_program_or_the_disk(bench: Bench, tmp_path: Path) -> None:
    source = FakeSource([Emotion.HAPPY], live=True, interval_s=0.002)
    bench.sources[:] = [lambda: source]
    controller = bench.ready("camera:0")
    bench.poll_until(lambda: controller.model.name)
    before = {path for path in tmp_path.rglob("*") if path.name != "settings.json"}
    controller.camera_trial.start(0, _SIZE)
    bench.poll_until(lambda: controller.camera_trial.take_picture() is not None, "a picture")
    assert controller.source.state is SourceState.WAITING
    assert (controller.faces, controller.session, controller.take_picture()) == ((), None, None)
    assert controller.evidence.take_snapshot() is None
    controller.camera_trial.stop()
    bench.poll_until(lambda: source.closed, "the release")
    assert {path for path in tmp_path.rglob("*") if path.name != "settings.json"} == before
    assert not bench.store.list()


def test_a_session_ends_it(bench: Bench) -> None:
    tried, watched = (FakeSource([Emotion.HAPPY], live=True, interval_s=0.002) for _ in range(2))
    bench.sources[:] = [lambda: tried, lambda: watched]
    controller = bench.ready("camera:0")
    controller.camera_trial.start(0, _SIZE)
    bench.poll_until(lambda: controller.camera_trial.status.state is TrialState.SHOWING)
    bench.begin()
    assert controller.camera_trial.status.state is TrialState.OFF
    bench.poll_until(lambda: tried.closed, "the release")


def test_closing_the_program_releases_it(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    source = FakeSource([Emotion.HAPPY], live=True, interval_s=0.002)
    bench.sources[:] = [lambda: source]
    bench.controller.camera_trial.start(0, _SIZE)
    bench.poll_until(lambda: bench.controller.camera_trial.status.state is TrialState.SHOWING)
    bench.close()
    assert source.closed
