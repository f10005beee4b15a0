"""A personal baseline: taken while the results come, used from then on, and only for the same person."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from emotion_gui.controller import calibration as calibration_module
from emotion_gui.controller.calibration import CALIBRATION_S, Calibration, CalibrationState
from emotion_gui.controller.session_link import SessionLink
from emotion_gui.controller.status import ModelState, ModelStatus, Notice, Phase, SourceState, SourceStatus
from emotion_gui.core.baseline import AppliedBaseline, Baseline, corrected
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.errors import AppError
from emotion_gui.core.results import FaceResult, FrameResult, QualityProblem
from emotion_gui.core.session import InterviewSession, SessionEntry, SessionEvent
from emotion_gui.core.source_spec import SourceSpec
from tests.builders import make_face, make_info
from tests.controller.conftest import Bench
from tests.fakes import FakeSource

_CAMERA = SourceSpec("camera", "0")
_RATE = 10


@dataclass
class _Desk:
    """A calibration with all that is around it.

    Attributes:
        baseline: What is in use.
        entries: What went into the record.
        told: What the user was told.
        now_s: The clock.
    """

    source: SourceStatus = field(default_factory=lambda: SourceStatus(SourceState.PLAYING, _CAMERA))
    model: ModelStatus = field(default_factory=lambda: ModelStatus(ModelState.READY, "small"))
    previews: bool = False
    phase: Phase = Phase.IDLE
    session: InterviewSession | None = None
    baseline: Baseline | None = None
    entries: list[SessionEntry] = field(default_factory=list)
    told: list[Notice] = field(default_factory=list)
    now_s: float = 0.0
    results: int = 0

    def __post_init__(self) -> None:
        link = SessionLink(lambda: self.session, self.entries.append, self.told.append)
        self.calibration = Calibration(self, link, phase=lambda: self.phase, clock=lambda: self.now_s)
        self.calibration.source_chosen(_CAMERA)

    def set_baseline(self, baseline: Baseline | None) -> None:
        self.baseline = baseline

    def begin(self, candidate: str = "Ada") -> None:
        self.session, self.phase = InterviewSession(make_info(candidate=candidate)), Phase.RUNNING
        self.entries.clear()
        self.calibration.session_started(candidate)

    def show(self, seconds: float, *faces: FaceResult) -> None:
        """Results with these faces, as the controller hands them on."""
        for _ in range(round(seconds * _RATE)):
            self.results += 1
            time_s = self.results / _RATE
            self.calibration.take(FrameResult(self.results, time_s, 1 / _RATE, faces))
            self.now_s = time_s
            self.calibration.poll()

    def calibrate(self, label: Emotion = Emotion.SAD) -> None:
        self.calibration.start()
        self.show(CALIBRATION_S + 1, _face(label))

    @property
    def state(self) -> CalibrationState:
        return self.calibration.status.state

    @property
    def kinds(self) -> list[str]:
        return [entry.kind if isinstance(entry, SessionEvent) else type(entry).__name__ for entry in self.entries]


def _face(label: Emotion = Emotion.SAD, track: int = 1, *, candidate: bool = True) -> FaceResult:
    return replace(make_face(label), track=track, candidate=candidate, watched=candidate)


@pytest.fixture
def desk() -> _Desk:
    return _Desk()


def test_a_rest_becomes_the_baseline_in_use(desk: _Desk) -> None:
    desk.calibration.start()
    desk.show(CALIBRATION_S / 2, _face())
    assert desk.state is CalibrationState.MEASURING
    assert desk.calibration.status.progress == pytest.approx(0.5, abs=0.02)
    assert desk.baseline is None
    desk.show(CALIBRATION_S / 2 + 0.2, _face())
    assert [desk.state] == [CalibrationState.DONE]
    assert desk.baseline is desk.calibration.status.baseline
    assert desk.baseline is not None
    assert desk.baseline.resting == pytest.approx(make_face(Emotion.SAD).probabilities)


def test_the_record_of_a_session_has_it_all(desk: _Desk) -> None:
    desk.begin()
    desk.calibrate()
    assert desk.kinds == ["calibration started", "calibration finished", "AppliedBaseline"]
    assert desk.session is not None
    assert desk.calibration.status.baseline == desk.baseline


def test_results_in_the_making_do_not_count_before_they_are_corrected(desk: _Desk) -> None:
    desk.begin()
    desk.calibration.start()
    while desk.baseline is None:
        desk.show(0.1, _face())
    assert [desk.state] == [CalibrationState.DONE]
    assert desk.calibration.measuring
    face = replace(_face(), smoothed=_face().probabilities)
    desk.show(0.1, replace(face, probabilities=corrected(face.smoothed, desk.baseline)))
    assert not desk.calibration.measuring
    assert desk.kinds[-2:] == ["calibration finished", "AppliedBaseline"]


def test_a_baseline_from_before_the_session_applies_from_its_beginning(desk: _Desk) -> None:
    desk.calibrate()
    desk.begin("Ada")
    assert desk.entries == [AppliedBaseline(0.0, desk.baseline)] if desk.baseline else False


def test_the_same_candidate_keeps_it_and_another_does_not(desk: _Desk) -> None:
    desk.begin("Ada")
    desk.calibrate()
    desk.begin("Ada")
    assert desk.kinds == ["AppliedBaseline"]
    assert desk.baseline is not None
    desk.begin("Grace")
    assert desk.baseline is None
    assert desk.kinds == ["baseline removed"]
    assert "another person's" in desk.told[0].message


def test_another_source_drops_it_and_the_same_again_does_not(desk: _Desk) -> None:
    desk.calibrate()
    desk.calibration.source_chosen(_CAMERA)
    assert desk.baseline is not None
    desk.calibration.source_chosen(SourceSpec("camera", "1"))
    assert desk.baseline is None


def test_a_person_seen_beside_the_candidate_does_not_inherit_it(desk: _Desk) -> None:
    desk.calibrate()
    desk.show(1, _face(track=1), _face(track=2, candidate=False))
    desk.show(1, _face(track=1, candidate=False), _face(track=2))
    assert desk.baseline is None


def test_a_candidate_found_again_under_a_new_number_keeps_it(desk: _Desk) -> None:
    desk.calibrate()
    desk.show(1)
    desk.show(1, _face(track=7))
    assert desk.baseline is not None


def test_cancelling_keeps_what_was_in_use(desk: _Desk) -> None:
    desk.begin()
    desk.calibrate()
    before = desk.baseline
    desk.calibration.start()
    desk.show(3, _face(Emotion.HAPPY))
    desk.calibration.cancel()
    assert desk.calibration.status.state is CalibrationState.IDLE
    assert desk.baseline is before
    assert desk.kinds[-1] == "calibration cancelled"


def test_it_can_be_repeated_and_removed(desk: _Desk) -> None:
    desk.begin()
    desk.calibrate(Emotion.SAD)
    desk.calibrate(Emotion.ANGRY)
    assert desk.baseline is not None
    assert desk.baseline.resting == pytest.approx(make_face(Emotion.ANGRY).probabilities)
    desk.calibration.remove()
    assert desk.baseline is None
    assert desk.kinds[-1] == "baseline removed"


def test_too_little_of_the_face_is_told(desk: _Desk) -> None:
    desk.begin()
    desk.calibration.start()
    desk.show(4, _face())
    dark = replace(_face(), problem=QualityProblem.TOO_DARK)
    desk.show(3, dark)
    assert desk.calibration.status.problem is QualityProblem.TOO_DARK
    desk.show(1)
    assert not desk.calibration.status.seen
    desk.show(40, dark)
    status = desk.calibration.status
    assert status.state is CalibrationState.FAILED
    assert "only 3 of 15 seconds" in status.message
    assert "even light" in status.hint
    assert SessionEvent(0.0, "calibration failed", "too little usable face") in desk.entries


def test_a_restless_face_is_told(desk: _Desk) -> None:
    desk.calibration.start()
    for _ in range(8):
        desk.show(1, _face(Emotion.HAPPY))
        desk.show(1, _face(Emotion.NEUTRAL))
    assert desk.calibration.status.state is CalibrationState.FAILED
    assert "moved too much" in desk.calibration.status.message
    assert desk.baseline is None


def test_a_session_that_begins_meanwhile_ends_it(desk: _Desk) -> None:
    desk.calibration.start()
    desk.show(1, _face())
    desk.begin()
    assert not desk.calibration.measuring
    assert desk.kinds == []


@pytest.mark.parametrize("state", [SourceState.ENDED, SourceState.WAITING, SourceState.FAILED])
def test_a_picture_that_ends_is_told(desk: _Desk, state: SourceState) -> None:
    desk.calibration.start()
    desk.show(1, _face())
    desk.source = replace(desk.source, state=state)
    desk.calibration.poll()
    assert "picture ended" in desk.calibration.status.message


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"source": SourceStatus(SourceState.WAITING, _CAMERA)}, "no face to watch"),
        ({"previews": True}, "no face to watch"),
        ({"model": ModelStatus(ModelState.LOADING)}, "no face to watch"),
        (
            {"phase": Phase.PAUSED, "source": SourceStatus(SourceState.PLAYING, SourceSpec("file", "a.mp4"))},
            "recording is paused",
        ),
    ],
)
def test_without_results_it_does_not_begin(change: dict[str, object], told: str) -> None:
    desk = _Desk(**change)  # type: ignore[arg-type]  # a table
    with pytest.raises(AppError, match=told):
        desk.calibration.start()
    assert not desk.calibration.measuring


def test_in_a_session_its_time_does_not_count(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration_module, "CALIBRATION_S", 0.3)
    bench.sources = [lambda: FakeSource([Emotion.SAD] * 1000, interval_s=0.01, live=True)]
    controller = bench.ready("camera:0")
    session = bench.begin()
    counted_s, begun_s, sad_s = session.statistics.duration_s, session.time_s, session.statistics.seconds[Emotion.SAD]
    controller.calibration.start()
    bench.poll_until(lambda: not controller.calibration.measuring, "the baseline")
    assert controller.calibration.status.state is CalibrationState.DONE
    assert session.time_s - begun_s >= 0.3
    assert session.statistics.duration_s < counted_s + 0.1
    shown = session.statistics.seconds[Emotion.NEUTRAL]
    bench.poll_until(lambda: session.statistics.seconds[Emotion.NEUTRAL] > shown + 0.1, "the corrected label")
    assert session.statistics.seconds[Emotion.SAD] == sad_s
    controller.stop()
    bench.poll_until(lambda: controller.source.state is SourceState.WAITING)
    bench.poll_until(lambda: "stopped" in [e.kind for e in bench.store.load(session.info.session_id).events])
    record = bench.store.load(session.info.session_id)
    assert [applied.baseline for applied in record.baselines] == [controller.calibration.status.baseline]
    kinds = [event.kind for event in record.events]
    assert kinds[:3] == ["candidate chosen", "calibration started", "calibration finished"]
    assert kinds[-1] == "stopped"
