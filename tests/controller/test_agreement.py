"""Nobody is watched who has not agreed to it, and what was agreed to is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from emotion_gui.controller.status import Phase, SourceState
from emotion_gui.core.consent import AskedOf, Consent, Purpose
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.errors import AppError, SourceError
from emotion_gui.core.session import SessionState
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.vision.classifiers import EmotionClassifier
from emotion_gui.vision.sources import VideoSource
from tests.builders import CONSENT
from tests.controller.conftest import Bench
from tests.fakes import FakeClassifier, FakeSource

_LIVE = ("camera:0", "stream:http://127.0.0.1/video")
_RECORDED = ("file:clip.mp4", "images:faces")
_NOBODY = replace(CONSENT, asked_of=AskedOf.NOBODY)


def _state(bench: Bench) -> SourceState:
    return bench.controller.source.state


@pytest.mark.parametrize("spec", _LIVE)
def test_a_live_source_stays_off_until_somebody_agreed(bench: Bench, spec: str) -> None:
    made: list[FakeSource] = []

    def camera() -> VideoSource:
        made.append(FakeSource([Emotion.HAPPY], live=True, interval_s=0.002))
        return made[-1]

    bench.sources[:] = [camera]
    controller = bench.ready(spec)
    assert controller.source.spec == SourceSpec.parse(spec)
    with pytest.raises(AppError, match="agreed"):
        controller.start("Ada", "")
    for _ in range(20):
        bench.controller.poll()
    assert bench.opened == []

    session = bench.begin()
    assert _state(bench) is SourceState.PLAYING
    controller.stop()
    # The light beside the lens goes out; what was counted stays in view.
    assert _state(bench) is SourceState.WAITING
    bench.poll_until(lambda: made[0].closed, "the camera's release")
    assert controller.session is session
    assert controller.faces == ()
    assert len(bench.opened) == 1


@pytest.mark.parametrize("consent", [None, _NOBODY])
@pytest.mark.parametrize("spec", [*_LIVE, *_RECORDED])
def test_no_session_without_agreement(bench: Bench, spec: str, consent: Consent | None) -> None:
    controller = bench.ready(spec)
    with pytest.raises(AppError, match="Nobody has agreed"):
        controller.start("Ada", "", consent=consent)
    assert (controller.phase, controller.session) == (Phase.IDLE, None)
    assert not bench.store.list()


@pytest.mark.parametrize("spec", _RECORDED)
def test_a_recording_is_shown_and_not_analysed_before_and_after_its_session(bench: Bench, spec: str) -> None:
    calls: list[int] = []

    def model() -> EmotionClassifier:
        return FakeClassifier(lambda: calls.append(1))

    bench.models[:] = [model]
    bench.sources[:] = [lambda: FakeSource([Emotion.HAPPY] * 2000, interval_s=0.002)]
    controller = bench.ready(spec)
    assert controller.previews
    bench.poll_until(controller.take_picture, "a picture")
    bench.poll_until(controller.take_picture, "another picture")
    assert not calls
    assert controller.faces == ()

    bench.begin()
    assert not controller.previews
    controller.stop()
    assert controller.previews
    bench.poll_until(controller.take_picture, "a picture after the session")
    bench.poll_until(controller.take_picture, "another one")
    analysed = len(calls)
    bench.poll_until(controller.take_picture, "another one")
    bench.poll_until(controller.take_picture, "another one")
    assert len(calls) == analysed
    assert controller.faces == ()


def test_another_setting_does_not_wake_the_analysis(bench: Bench) -> None:
    calls: list[int] = []
    bench.models[:] = [lambda: FakeClassifier(lambda: calls.append(1))]
    controller = bench.ready()
    controller.apply_settings(replace(controller.settings, min_face_px=40))
    for _ in range(3):
        bench.poll_until(controller.take_picture, "a picture")
    assert not calls


def test_the_demo_needs_nobody_s_agreement(bench: Bench) -> None:
    controller = bench.ready("demo:")
    bench.poll_until(lambda: controller.faces, "a face")
    controller.start("Demo", "")
    session = controller.session
    assert session
    bench.poll_until(lambda: session.statistics.frames, "a result")
    assert session.info.consent is None


@pytest.mark.parametrize("spec", ["camera:0", "file:clip.mp4", "demo:"])
def test_recruitment_needs_its_notice_to_be_acknowledged(bench: Bench, spec: str) -> None:
    controller = bench.ready(spec)
    with pytest.raises(AppError, match="notice on recruitment"):
        controller.start("Ada", "", purpose=Purpose.RECRUITMENT, consent=CONSENT)
    assert not bench.store.list()
    controller.start("Ada", "", purpose=Purpose.RECRUITMENT, consent=replace(CONSENT, notice_version="1-ab"))
    assert controller.phase is Phase.RUNNING


def test_purpose_and_consent_are_in_the_record(bench: Bench) -> None:
    bench.sources[:] = [lambda: FakeSource([Emotion.HAPPY], live=True, interval_s=0.002)]
    controller = bench.ready("camera:0")
    consent = replace(CONSENT, keeps_video=True, notice_version="1-ab")
    controller.start("Ada", "", purpose=Purpose.RECRUITMENT, consent=consent)
    session = controller.session
    assert session
    bench.poll_until(lambda: session.statistics.frames, "a result")
    controller.stop()
    finished = {SessionState.FINISHED}
    bench.poll_until(lambda: {summary.state for summary in bench.store.list()} == finished, "the record")
    info = bench.store.load(session.info.session_id).info
    assert info.consent == consent
    assert info.purpose is Purpose.RECRUITMENT
    assert controller.settings.purpose == "recruitment"


def test_a_camera_that_gives_no_picture_leaves_nothing(bench: Bench) -> None:
    bench.sources[:] = [lambda: FakeSource([Emotion.HAPPY], live=True, interval_s=0.002)]
    controller = bench.ready("camera:0")
    first = bench.begin("Ada")
    controller.stop()

    def busy() -> VideoSource:
        raise SourceError("The camera is busy.", "Close the other program.")

    bench.sources[:] = [busy]
    controller.start("Grace", "", consent=CONSENT)
    bench.poll_until(lambda: controller.source.state is SourceState.LOST, "the failure")
    controller.apply_settings(replace(controller.settings, min_face_s=1.0))
    controller.update_note("never seen")
    controller.stop()
    assert controller.session is first
    assert controller.source.state is SourceState.WAITING
    finished = {SessionState.FINISHED}
    bench.poll_until(lambda: {summary.state for summary in bench.store.list()} == finished, "the first session")
    assert [summary.info.candidate for summary in bench.store.list()] == ["Ada"]


def test_what_happens_before_a_late_picture_is_kept_with_it(bench: Bench) -> None:
    def busy() -> VideoSource:
        raise SourceError("The camera is busy.", "Close the other program.")

    bench.sources[:] = [busy, lambda: FakeSource([Emotion.HAPPY], live=True, interval_s=0.002)]
    controller = bench.ready("camera:0")
    controller.start("Ada", "", consent=CONSENT)
    session = controller.session
    assert session
    bench.poll_until(lambda: controller.source.state is SourceState.LOST, "the failure")
    asked_at = session.info.started_at
    controller.apply_settings(replace(controller.settings, min_face_s=1.0))
    bench.poll_until(lambda: session.statistics.frames, "the first result")
    assert session.info.started_at > asked_at
    controller.stop()
    session_id = session.info.session_id
    finished = {SessionState.FINISHED}
    bench.poll_until(lambda: {summary.state for summary in bench.store.list()} == finished, "the record")
    record = bench.store.load(session_id)
    assert [event.kind for event in record.events] == ["settings changed", "candidate chosen", "stopped"]
    assert record.info.started_at == session.info.started_at
    assert record.info.rule.min_face_s == 1.0
