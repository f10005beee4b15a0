"""Pictures of a session: kept only where the person agreed, and never in the way of the session itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import pytest

from emotion_gui.controller.evidence import SNAPSHOTS
from emotion_gui.controller.status import Level, Phase, SourceState
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.errors import AppError
from emotion_gui.core.session import InterviewSession, SessionRecord, SessionState
from emotion_gui.pipeline import recorder
from emotion_gui.pipeline.video_segments import list_segments, recorded_picture
from emotion_gui.storage.session_files import session_folder
from tests.builders import CONSENT
from tests.controller.conftest import Bench
from tests.fakes import FakeSource, picture_of
from tests.pipeline.shots import pictures_of

HAPPY_THEN_SAD = [Emotion.HAPPY] * 20 + [Emotion.SAD] * 20


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    made.sources[:] = [lambda: FakeSource(HAPPY_THEN_SAD, live=True, interval_s=0.02)]
    yield made
    made.close()


def begin(bench: Bench, **agreed: Any) -> InterviewSession:
    controller = bench.ready("camera:0")
    controller.start("Ada", "", consent=replace(CONSENT, **agreed))
    session = controller.session
    assert session
    bench.poll_until(lambda: session.statistics.frames > 3, "the first results")
    return session


def folder_of(bench: Bench, session: InterviewSession) -> Path:
    return session_folder(bench.store.folder, session.info.session_id)


def record_of(bench: Bench, session: InterviewSession) -> SessionRecord:
    bench.controller.stop()
    ended = (session.info.session_id, SessionState.FINISHED)
    bench.poll_until(lambda: ended in [(each.session_id, each.state) for each in bench.store.list()], "the record")
    return bench.store.load(session.info.session_id)


def film_until(bench: Bench, seconds: float) -> None:
    def filmed() -> bool:
        filming = bench.controller.evidence.filming
        return filming is not None and filming.seconds >= seconds

    bench.poll_until(filmed, "a video")


def test_nothing_is_filmed_without_consent_and_nothing_without_the_switch(bench: Bench) -> None:
    with pytest.raises(AppError, match="No session is running"):
        bench.controller.evidence.film(True)
    session = begin(bench)
    with pytest.raises(AppError, match="did not agree to a video"):
        bench.controller.evidence.film(True)
    bench.controller.stop()
    agreed = begin(bench, keeps_video=True, keeps_crops=False)
    bench.poll_until(lambda: agreed.statistics.frames > 20, "more results")
    assert bench.controller.evidence.filming is None
    assert not folder_of(bench, session).exists()
    assert not folder_of(bench, agreed).exists()


def test_a_video_is_recorded_in_session_time_and_said_in_the_record(bench: Bench) -> None:
    session = begin(bench, keeps_video=True)
    bench.controller.evidence.film(True)
    film_until(bench, 0.5)
    record = record_of(bench, session)
    bench.poll_until(lambda: any("video is saved" in notice.message for notice in bench.notices), "the news")
    assert [event.kind for event in record.events if "video" in event.kind] == ["video started"]
    folder = folder_of(bench, session)
    (segment,) = list_segments(folder)
    assert 0 < segment.begin_s < segment.end_s <= session.time_s + 2
    assert len(pictures_of(folder / segment.file)) == segment.frames
    assert recorded_picture(folder, segment.begin_s + 0.2) is not None


def test_a_pause_is_cut_out_of_the_video(bench: Bench) -> None:
    session = begin(bench, keeps_video=True)
    controller = bench.controller
    controller.evidence.film(True)
    film_until(bench, 0.2)
    controller.pause()
    bench.poll_until(lambda: list_segments(folder_of(bench, session)), "the finished file")
    paused = controller.evidence.filming
    assert paused is not None
    assert paused.paused
    resumed_s = session.time_s
    controller.resume()
    film_until(bench, paused.seconds + 0.2)
    controller.evidence.film(False)
    assert controller.evidence.filming is None
    record = record_of(bench, session)
    bench.poll_until(lambda: len(list_segments(folder_of(bench, session))) == 2, "the second file")
    first, second = list_segments(folder_of(bench, session))
    assert first.end_s <= second.begin_s
    assert second.begin_s >= resumed_s
    assert [event.kind for event in record.events if "video" in event.kind] == ["video started", "video stopped"]


def test_a_camera_that_was_away_goes_on_at_its_own_session_time(bench: Bench) -> None:
    bench.sources[:] = [
        lambda: FakeSource([Emotion.HAPPY], live=True, interval_s=0.02, lost_after=40),
        lambda: FakeSource([Emotion.SAD], live=True, interval_s=0.02),
    ]
    session = begin(bench, keeps_video=True)
    controller = bench.controller
    controller.evidence.film(True)
    bench.poll_until(lambda: controller.source.state is SourceState.LOST, "the loss")
    assert controller.evidence.take_snapshot() is None
    bench.poll_until(lambda: controller.source.state is SourceState.PLAYING, "the camera's return")
    bench.poll_until(lambda: session.statistics.seconds[Emotion.SAD] > 0.5, "pictures afterwards")
    record_of(bench, session)
    bench.poll_until(lambda: bench.controller.evidence.idle, "the finished files")
    folder = folder_of(bench, session)
    files = list_segments(folder)
    for time_s, mood in ((files[0].begin_s, Emotion.HAPPY), (files[-1].end_s - 0.1, Emotion.SAD)):
        picture = recorded_picture(folder, time_s)
        assert picture is not None
        assert picture[0, 0, 0] == pytest.approx(picture_of(mood)[0, 0, 0], abs=4)


def test_a_full_disk_stops_the_video_and_not_the_session(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    session = begin(bench, keeps_video=True)

    class Full(recorder.Recorder):
        def __init__(self, folder: Path, **options: Any) -> None:
            super().__init__(folder, free_bytes=lambda _: 10 * 1024**2, **options)

    monkeypatch.setattr(recorder, "Recorder", Full)
    bench.controller.evidence.film(True)
    bench.poll_until(lambda: bench.controller.evidence.filming is None, "the end of the video")
    counted = session.statistics.frames
    bench.poll_until(lambda: session.statistics.frames > counted + 10, "results afterwards")
    assert bench.controller.phase is Phase.RUNNING
    told = [notice for notice in bench.notices if notice.level is Level.ERROR]
    assert [notice.message for notice in told] == ["Only 10 MB are left on the disk."]
    assert "the session goes on" in told[0].hint
    record = record_of(bench, session)
    assert ("video stopped", "Only 10 MB are left on the disk.") in [(e.kind, e.text) for e in record.events]
    assert record.statistics.frames == session.statistics.frames


def test_crops_are_kept_at_changes_of_the_label_and_once_a_second(bench: Bench) -> None:
    session = begin(bench, keeps_crops=True)
    bench.poll_until(lambda: session.time_s > 2.1, "two seconds")
    record = record_of(bench, session)
    bench.poll_until(lambda: bench.controller.evidence.idle, "the written crops")
    kept = sorted((folder_of(bench, session) / recorder.CROPS).iterdir())
    frames = {recorder.crop_name(frame.time_s): frame for frame in record.frames}
    labels = [frames[path.name].faces[0].label for path in kept]
    # Moods change every 0.4 s.
    assert labels[:4] in ([Emotion.HAPPY, Emotion.SAD] * 2, [Emotion.SAD, Emotion.HAPPY] * 2)
    for path, label in zip(kept, labels, strict=True):
        picture = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
        assert picture is not None
        assert picture.shape == (48, 48)
        assert picture.mean() == (90 if label is Emotion.HAPPY else 120)
    assert len(kept) < record.statistics.frames / 3


def test_no_crop_is_kept_without_consent(bench: Bench) -> None:
    session = begin(bench, keeps_video=True)
    bench.poll_until(lambda: session.time_s > 0.6, "a change of the label")
    record_of(bench, session)
    assert not folder_of(bench, session).exists()


def test_a_snapshot_goes_into_the_session_or_where_the_user_says(bench: Bench, tmp_path: Path) -> None:
    evidence = bench.controller.evidence
    assert evidence.take_snapshot() is None
    session = begin(bench)
    asked = evidence.take_snapshot()
    assert asked is not None
    assert asked.path is None
    assert asked.name.startswith("snapshot-20")
    evidence.save_snapshot(asked, tmp_path / "mine.png")
    bench.poll_until((tmp_path / "mine.png").exists, "the picture")
    bench.controller.stop()
    agreed = begin(bench, keeps_video=True)
    taken = evidence.take_snapshot()
    assert taken is not None
    assert taken.path is not None
    assert taken.path.parent == folder_of(bench, agreed) / SNAPSHOTS
    evidence.save_snapshot(taken, taken.path)
    saved = f"Picture saved as {taken.path.name} in {taken.path.parent}"
    bench.poll_until(lambda: saved in [notice.message for notice in bench.notices], "the news")
    events = [event for event in record_of(bench, agreed).events if event.kind == "snapshot taken"]
    assert [event.text for event in events] == [taken.path.name]
    picture = cv2.imread(str(taken.path))
    assert picture is not None
    assert picture.shape == (120, 160, 3)
    assert not folder_of(bench, session).exists()


def test_a_snapshot_that_cannot_be_written_is_said(bench: Bench, tmp_path: Path) -> None:
    begin(bench)
    snapshot = bench.controller.evidence.take_snapshot()
    assert snapshot is not None
    (tmp_path / "file").touch()
    bench.controller.evidence.save_snapshot(snapshot, tmp_path / "file" / "x.png")
    bench.poll_until(lambda: any(notice.level is Level.ERROR for notice in bench.notices), "the bad news")
    assert "cannot be saved" in next(n.message for n in bench.notices if n.level is Level.ERROR)
