"""The program's main job through the one object that a window talks to."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from emotion_gui.controller.playback import LabelsNeededError
from emotion_gui.controller.status import LabelRequest, Level, ModelState, Phase, SourceState
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.errors import AppError, ExportError, ModelError
from emotion_gui.core.nervousness import Verdict
from emotion_gui.core.session import SessionRecord, SessionState
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.storage.session_summary import SessionSummary
from emotion_gui.vision.classifiers import EmotionClassifier
from tests.builders import CONSENT, make_frames, make_info
from tests.controller.conftest import Bench
from tests.fakes import FakeClassifier, FakeSource


def _record(bench: Bench) -> SessionRecord:
    loaded: list[SessionRecord] = []
    session_id = bench.controller.last_session_id
    assert session_id
    bench.controller.history.open_session(session_id, loaded.append)
    bench.poll_until(lambda: loaded, "the record")
    return loaded[0]


def test_a_recording_is_counted_from_beginning_to_end_and_kept(bench: Bench) -> None:
    controller = bench.ready()
    bench.begin("Ada", "first try")
    bench.poll_until(lambda: controller.phase is Phase.IDLE, "the recording's end")
    record = _record(bench)
    assert record.state is SessionState.FINISHED
    assert (record.info.candidate, record.info.note) == ("Ada", "first try")
    assert record.info.provenance.model_name == "fake"
    assert record.info.provenance.model_sha256 == "fa" * 32
    assert record.info.provenance.source == "clip.mp4"
    assert record.statistics.duration_s == pytest.approx(1.0, rel=0.1)
    assert record.statistics.seconds[Emotion.HAPPY] == pytest.approx(0.4, rel=0.2)
    assert [event.kind for event in record.events] == ["candidate chosen", "stopped"]
    assert controller.session
    live = controller.session.statistics
    assert (record.statistics.counts, record.statistics.frames) == (live.counts, live.frames)
    # Added up in another order, so that the last digit may differ.
    assert record.statistics.seconds == pytest.approx(live.seconds)
    assert "The recording has ended" in bench.notices[-1].message


def test_nothing_is_counted_before_the_start_and_after_the_stop(bench: Bench) -> None:
    bench.sources[:] = [lambda: FakeSource([Emotion.HAPPY], live=True, interval_s=0.002)]
    controller = bench.ready("demo:")
    bench.poll_until(lambda: controller.faces, "a face")
    assert controller.session is None
    controller.start("", "")
    session = controller.session
    assert session
    bench.poll_until(lambda: session.statistics.frames > 5, "some results")
    controller.stop()
    counted = session.statistics.frames
    faces_before = controller.results_per_s
    bench.poll_until(lambda: controller.results_per_s != faces_before, "later results")
    assert session.statistics.frames == counted


def test_a_pause_is_not_counted(bench: Bench) -> None:
    bench.sources[:] = [lambda: FakeSource([Emotion.HAPPY], live=True, interval_s=0.002)]
    controller = bench.ready("camera:0")
    session = bench.begin()
    bench.poll_until(lambda: session.statistics.frames > 5, "some results")
    controller.pause()
    paused_at = session.statistics.frames
    before = controller.results_per_s
    bench.poll_until(lambda: controller.results_per_s != before, "results in the pause")
    assert session.statistics.frames == paused_at
    controller.resume()
    bench.poll_until(lambda: session.statistics.frames > paused_at, "results after the pause")
    controller.stop()
    events = _record(bench).events
    assert [event.kind for event in events] == ["candidate chosen", "paused", "resumed", "stopped"]
    # A camera's time goes on in a pause, and the record says when it was over.
    assert events[2].time_s > events[1].time_s


def test_a_pulled_camera_leaves_the_session_and_comes_back(bench: Bench) -> None:
    moods = [Emotion.HAPPY]
    bench.sources[:] = [
        lambda: FakeSource(moods, live=True, interval_s=0.002, lost_after=400),
        lambda: FakeSource(moods, live=True, interval_s=0.002),
    ]
    controller = bench.ready("camera:0")
    session = bench.begin()
    bench.poll_until(lambda: controller.source.state is SourceState.LOST, "the loss")
    assert controller.source.message == "The camera was unplugged."
    assert controller.source.hint == "Plug it in again."
    assert controller.phase is Phase.RUNNING
    counted = session.statistics.frames
    bench.poll_until(lambda: session.statistics.frames > counted, "results after the return")
    assert controller.source.state is SourceState.PLAYING
    controller.stop()
    record = _record(bench)
    assert [event.kind for event in record.events] == ["candidate chosen", "source lost", "source back", "stopped"]
    assert record.events[1].text == "The camera was unplugged."
    # The half second without a camera is in the session's time and not in its counted time.
    _, lost, back, _ = record.events
    assert back.time_s - lost.time_s > 0.4
    assert record.statistics.duration_s < session.time_s - 0.4


@pytest.mark.parametrize("missing", ["source", "model"])
def test_a_session_needs_a_picture_and_a_model(bench: Bench, missing: str) -> None:
    controller = bench.controller
    if missing == "model":
        controller.open_source(SourceSpec.parse("file:clip.mp4"))
    else:
        controller.load_model(None)
        bench.poll_until(lambda: controller.model.state is ModelState.READY)
    with pytest.raises(AppError) as error:
        controller.start("Ada", "", consent=CONSENT)
    assert error.value.hint
    assert controller.phase is Phase.IDLE


def test_source_and_model_stay_while_a_session_runs(bench: Bench) -> None:
    bench.sources[:] = [lambda: FakeSource([Emotion.HAPPY], live=True)]
    controller = bench.ready("camera:0")
    bench.begin()
    with pytest.raises(AppError, match="Stop it before"):
        controller.open_source(SourceSpec("demo"))
    with pytest.raises(AppError, match="Stop it before"):
        controller.load_model(None)


def test_the_same_source_can_be_opened_again_in_a_session(bench: Bench) -> None:
    bench.sources[:] = [
        lambda: FakeSource([Emotion.HAPPY], interval_s=0.002, lost_after=0),
        lambda: FakeSource([Emotion.HAPPY] * 50, interval_s=0.01),
    ]
    bench.sources.insert(0, lambda: FakeSource([Emotion.HAPPY] * 500, interval_s=0.01))
    controller = bench.ready()
    controller.start("Ada", "", consent=CONSENT)
    bench.poll_until(lambda: controller.source.state is SourceState.FAILED, "the failure")
    assert controller.phase is Phase.RUNNING
    controller.open_source(SourceSpec.parse("file:clip.mp4"))
    bench.poll_until(lambda: controller.phase is Phase.IDLE, "the recording's end")
    kinds = [event.kind for event in _record(bench).events]
    assert kinds == ["source lost", "candidate chosen", "source back", "stopped"]
    assert _record(bench).statistics.counts[Emotion.HAPPY] > 10


def test_the_verdict_follows_a_threshold_that_is_changed_on_the_way(bench: Bench) -> None:
    bench.sources[:] = [lambda: FakeSource([Emotion.FEAR], live=True, interval_s=0.002)]
    controller = bench.ready("camera:0")
    controller.apply_settings(replace(controller.settings, min_face_s=0.01, threshold_fear=None))
    session = bench.begin()
    bench.poll_until(lambda: session.judgement.verdict is Verdict.NOT_NERVOUS, "a verdict")
    controller.apply_settings(replace(controller.settings, threshold_fear=50.0))
    assert session.judgement.verdict is Verdict.NERVOUS
    assert session.judgement.reason == "fear 100 % > 50 %"
    controller.stop()
    record = _record(bench)
    assert record.judgement.verdict is Verdict.NERVOUS
    assert record.events[1].kind == "settings changed"
    assert record.events[1].text == "threshold_fear: None -> 50.0"


def test_how_the_window_looks_is_no_event_of_a_session(bench: Bench) -> None:
    controller = bench.ready()
    bench.begin()
    controller.apply_settings(replace(controller.settings, theme="dark", text_size="150", language="de"))
    controller.apply_settings(replace(controller.settings, theme="light", max_rate=12))
    controller.stop()
    changes = [event.text for event in _record(bench).events if event.kind == "settings changed"]
    assert changes == ["max_rate: 30 -> 12"]


def test_settings_and_the_last_candidate_are_remembered(bench: Bench) -> None:
    controller = bench.ready()
    controller.apply_settings(replace(controller.settings, min_face_px=77))
    bench.begin()

    def saved() -> bool:
        path = bench.settings_path
        values = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return (values.get("min_face_px"), values.get("candidate")) == (77, "Ada")

    bench.poll_until(saved, "the saved settings")


def test_a_note_can_be_written_while_the_session_runs_and_after(bench: Bench) -> None:
    bench.sources[:] = [lambda: FakeSource([Emotion.HAPPY], live=True)]
    controller = bench.ready("camera:0")
    bench.begin()
    controller.update_note("during")
    controller.stop()
    assert _record(bench).info.note == "during"
    controller.update_note("after")
    assert _record(bench).info.note == "after"


def test_an_export_right_after_the_stop_has_every_result(bench: Bench, tmp_path: Path) -> None:
    controller = bench.ready()
    bench.begin()
    bench.poll_until(lambda: controller.phase is Phase.IDLE, "the end")
    path = tmp_path / "ada.csv"
    written: list[bool] = []
    failures: list[AppError] = []
    session_id = controller.last_session_id
    assert session_id
    assert controller.session

    def export(overwrite: bool) -> None:
        controller.history.export(
            session_id,
            "csv",
            path=path,
            overwrite=overwrite,
            done=lambda: written.append(True),
            failed=failures.append,
        )

    export(overwrite=False)
    bench.poll_until(lambda: written, "the file")
    with path.open(encoding="utf-8-sig", newline="") as file:
        counted = [row for row in csv.DictReader(file) if row["counted"] == "1"]
    assert len(counted) == controller.session.statistics.frames_with_face
    export(overwrite=False)
    bench.poll_until(lambda: failures, "the refusal")
    assert isinstance(failures[0], ExportError)


@pytest.mark.parametrize("decision", ["keep", "delete"])
def test_an_interrupted_session_is_offered_and_can_be_kept_or_deleted(
    bench: Bench, tmp_path: Path, decision: str
) -> None:
    crashed = SessionStore(tmp_path / "sessions")
    info = make_info(candidate="Grace")
    crashed.create(info)
    crashed.append(info.session_id, list(make_frames(5)))
    crashed.close()
    controller = bench.controller
    found: list[SessionSummary] = []
    controller.history.interrupted(found.extend)
    bench.poll_until(lambda: found, "the offer")
    assert [(summary.info.candidate, round(summary.duration_s)) for summary in found] == [("Grace", 5)]
    decided: list[bool] = []
    decide = controller.history.keep_session if decision == "keep" else controller.history.delete_session
    decide(info.session_id, lambda: decided.append(True))
    bench.poll_until(lambda: decided)
    listed: list[tuple[SessionSummary, ...]] = []
    controller.history.list_sessions(listed.append)
    bench.poll_until(lambda: listed)
    states = [summary.state for summary in listed[0]]
    assert states == ([SessionState.INTERRUPTED] if decision == "keep" else [])


def _refuse() -> EmotionClassifier:
    raise ModelError("'x.keras' is no model.", "Choose another file.")


def test_a_broken_model_leaves_the_one_in_use(bench: Bench) -> None:
    controller = bench.ready()
    bench.models[:] = [_refuse]
    controller.load_model(Path("x.keras"))
    bench.poll_until(lambda: any(notice.level is Level.ERROR for notice in bench.notices), "the notice")
    assert (controller.model.state, controller.model.name) == (ModelState.READY, "fake")
    assert bench.notices[-1].message == "'x.keras' is no model."
    assert bench.notices[-1].hint == "Choose another file. 'fake' stays in use."


def test_an_opened_model_is_remembered_and_the_shipped_one_can_be_had_back(bench: Bench) -> None:
    controller = bench.ready()
    for path, remembered in ((Path("mine.keras"), "mine.keras"), (None, "")):
        controller.load_model(path)
        bench.poll_until(lambda: controller.model.state is ModelState.READY, "the model")
        assert controller.settings.model_path == remembered


def test_a_model_without_names_asks_for_them(bench: Bench) -> None:
    def ask() -> EmotionClassifier:
        raise LabelsNeededError(5)

    bench.models[:] = [ask, FakeClassifier]
    controller = bench.controller
    controller.load_model(Path("five.keras"))
    bench.poll_until(lambda: controller.label_request, "the question")
    assert controller.label_request == LabelRequest(Path("five.keras"), 5)
    controller.load_model(Path("five.keras"), ("angry", "happy", "sad", "surprise", "neutral"))
    bench.poll_until(lambda: controller.model.state is ModelState.READY, "the model")
    assert controller.label_request is None


def test_a_model_that_is_gone_since_last_time_gives_way_to_the_shipped_one(bench: Bench) -> None:
    bench.models[:] = [_refuse, FakeClassifier]
    controller = bench.controller
    controller.load_model(Path("x.keras"))
    bench.poll_until(lambda: controller.model.state is ModelState.READY, "the shipped model")
    assert [notice.level for notice in bench.notices] == [Level.ERROR]
    assert controller.settings.model_path == ""
