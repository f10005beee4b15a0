from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from emotion_gui.controller.newest_task import NewestTask
from emotion_gui.controller.opened_session import ChartPlace, OpenedSession
from emotion_gui.controller.review import Crop, KeptCrops, Review, SetRight
from emotion_gui.core.consent import Consent
from emotion_gui.core.corrections import Correction
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.errors import AppError
from emotion_gui.core.markers import Marker
from emotion_gui.core.session import SessionInfo, SessionRecord
from emotion_gui.pipeline.tasks import TaskRunner
from emotion_gui.storage.session_files import session_folder
from emotion_gui.storage.session_store import SessionStore
from tests.builders import make_frames, make_info
from tests.waiting import wait_for

AGREED = Consent(datetime(2026, 11, 21, tzinfo=UTC), "1", "en", keeps_crops=True)
CAUTIOUS = replace(AGREED, keeps_crops=False)


@dataclass
class Desk:
    """A review over a store with one session of a minute, and whoever waits for its answers."""

    folder: Path
    store: SessionStore
    flushed: bool = True
    errors: list[AppError] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.review = Review(self.store, self.folder, lambda: self.flushed)

    def add(self, info: SessionInfo, seconds: float = 60.0) -> SessionInfo:
        self.store.create(info)
        self.store.append(info.session_id, list(make_frames(seconds, rate=6)))
        self.store.finish(info.session_id, datetime.now(UTC))
        return info

    def ask(self, question: Callable[[Callable[[Any], None]], None]) -> Any:
        """Wait for what `question` is answered with."""
        answers: list[Any] = []
        question(answers.append)

        def answered() -> bool:
            self.review.poll()
            return bool(answers or self.errors)

        wait_for(answered, "an answer")
        assert not self.errors, self.errors
        return answers[0]

    def open(self, info: SessionInfo) -> OpenedSession:
        answer: OpenedSession = self.ask(lambda done: self.review.open(info.session_id, done, self.errors.append))
        return answer

    def set_right(self, opened: OpenedSession, right: Emotion, time_s: float = 10.0) -> SetRight:
        wanted = Correction(time_s, Emotion.SAD, right)
        answer: SetRight = self.ask(lambda done: self.review.set_right(opened, wanted, done, self.errors.append))
        return answer

    def crops(self) -> KeptCrops:
        answer: KeptCrops = self.ask(lambda done: self.review.kept_crops(done, self.errors.append))
        return answer


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with SessionStore(tmp_path) as store:
        desk = Desk(tmp_path, store)
        yield desk
        desk.review.close()


def keep_crop(desk: Desk, info: SessionInfo, time_s: float) -> None:
    folder = session_folder(desk.folder, info.session_id) / "crops"
    folder.mkdir(parents=True, exist_ok=True)
    Image.new("L", (64, 64), 99).save(folder / f"{round(1000 * time_s):010d}.png")


def test_shows_moments_charts_and_no_picture(desk: Desk) -> None:
    opened = desk.open(desk.add(make_info()))
    moment = desk.ask(lambda done: opened.show_moment(10.0, done))
    assert moment.face is not None
    assert moment.frame is not None
    assert moment.frame.time_s == pytest.approx(10.0, abs=0.1)
    place = ChartPlace((500, 300))
    shares = desk.ask(lambda done: opened.draw_shares(place, done))
    assert shares.shape == (300, 500, 3)
    for span in ((0.0, 60.0), (12.0, 14.0)):
        course = desk.ask(partial(opened.draw_course, span, place))
        assert (course.begin_s, course.end_s) == span
        assert course.rgb.shape == (300, 500, 3)
    assert not opened.has_video
    assert desk.ask(lambda done: opened.show_picture(1.0, (200, 100), lambda rgb: done(rgb is None)))


def test_shows_the_recorded_picture(desk: Desk) -> None:
    from emotion_gui.pipeline.video_segments import Segment, SegmentWriter, note_segment

    info = desk.add(make_info())
    folder = session_folder(desk.folder, info.session_id)
    folder.mkdir(parents=True)
    writer = SegmentWriter(folder, 1, size_wh=(64, 48), frames_per_s=10)
    for number in range(20):
        writer.write(np.full((48, 64, 3), 12 * number, np.uint8))
    writer.finish(20)
    note_segment(folder, Segment(writer.name, 5.0, 20, 10.0))
    opened = desk.open(info)
    assert opened.has_video
    rgb = desk.ask(lambda done: opened.show_picture(6.5, (128, 200), done))
    assert rgb is not None
    assert rgb.shape == (96, 128, 3)
    assert rgb.mean() == pytest.approx(12 * 15, abs=10)


def test_markers_are_added_renamed_and_removed(desk: Desk) -> None:
    opened = desk.open(desk.add(make_info()))
    marker = Marker(12.5, "question 3")

    def put(text: str) -> SessionRecord:
        changed = replace(marker, text=text)
        record: SessionRecord = desk.ask(lambda done: desk.review.put_marker(opened, changed, done, desk.errors.append))
        return record

    assert put("question 3").markers == (marker,)
    assert put("question 4").markers[0].text == "question 4"
    assert desk.store.load(opened.record.info.session_id).markers == opened.record.markers
    gone = desk.ask(lambda done: desk.review.delete_marker(opened, marker, done, desk.errors.append))
    assert gone.markers == opened.record.markers == ()


def test_a_correction_changes_no_figure(desk: Desk) -> None:
    opened = desk.open(desk.add(make_info()))
    before = opened.record
    outcome = desk.set_right(opened, Emotion.NEUTRAL)
    assert outcome.crop is Crop.NOT_ALLOWED
    assert [each.right for each in opened.record.corrections] == [Emotion.NEUTRAL]
    stored = desk.store.load(before.info.session_id)
    assert stored.corrections == opened.record.corrections
    assert stored.statistics == before.statistics
    assert stored.judgement == before.judgement
    assert tuple(stored.frames) == tuple(before.frames)


def test_a_second_correction_of_a_moment_replaces_the_first(desk: Desk) -> None:
    opened = desk.open(desk.add(make_info()))
    first = desk.set_right(opened, Emotion.NEUTRAL).correction
    second = desk.set_right(opened, Emotion.HAPPY).correction
    assert second.correction_id == first.correction_id
    assert [each.right for each in opened.record.corrections] == [Emotion.HAPPY]
    desk.set_right(opened, Emotion.HAPPY, 20.0)
    assert len(opened.record.corrections) == 2


def test_the_face_is_kept_only_with_consent(desk: Desk) -> None:
    for consent, expected in ((AGREED, Crop.KEPT), (CAUTIOUS, Crop.NOT_ALLOWED), (None, Crop.NOT_ALLOWED)):
        info = desk.add(make_info(consent=consent, session_id=f"{len(desk.store.list())}" * 32))
        keep_crop(desk, info, 10.2)
        assert desk.set_right(desk.open(info), Emotion.FEAR).crop is expected
    kept = desk.crops()
    assert kept.total == kept.counts[Emotion.FEAR] == 1
    assert kept.folder == desk.folder / "corrections"


def test_a_moment_without_a_picture_says_so(desk: Desk) -> None:
    info = desk.add(make_info(consent=AGREED))
    keep_crop(desk, info, 10.6)
    outcome = desk.set_right(desk.open(info), Emotion.FEAR)
    assert (outcome.crop, outcome.correction.crop) == (Crop.NOT_THERE, "")
    assert desk.crops().total == 0


def test_taking_back_removes_the_picture(desk: Desk) -> None:
    info = desk.add(make_info(consent=AGREED))
    keep_crop(desk, info, 10.0)
    opened = desk.open(info)
    first = desk.set_right(opened, Emotion.FEAR)
    again = desk.set_right(opened, Emotion.SAD)
    assert desk.crops().counts[Emotion.FEAR] == 0
    assert desk.crops().counts[Emotion.SAD] == 1
    assert first.correction.crop == again.correction.crop
    assert again.correction.crop.startswith(info.session_id)
    desk.ask(lambda done: desk.review.take_back(opened, again.correction, done, desk.errors.append))
    assert opened.record.corrections == ()
    assert desk.crops().total == 0


def test_deleting_a_session_removes_its_pictures(desk: Desk) -> None:
    info, other = (desk.add(make_info(consent=AGREED, session_id=letter * 32)) for letter in "ab")
    for each in (info, other):
        keep_crop(desk, each, 10.0)
        desk.set_right(desk.open(each), Emotion.FEAR)
    desk.store.delete(info.session_id)
    assert desk.crops().total == 1


def test_a_picture_without_its_correction_is_not_left_behind(desk: Desk) -> None:
    info = desk.add(make_info(consent=AGREED))
    keep_crop(desk, info, 10.0)
    opened = desk.open(info)
    desk.store.delete(info.session_id)
    keep_crop(desk, info, 10.0)
    with pytest.raises(AssertionError, match="no longer there"):
        desk.set_right(opened, Emotion.FEAR)
    desk.errors.clear()
    assert desk.crops().total == 0


def test_compares_in_the_order_asked_for(desk: Desk, tmp_path: Path) -> None:
    infos = [desk.add(make_info(session_id=letter * 32), 20) for letter in "ab"]
    ids = [info.session_id for info in reversed(infos)]
    records = desk.ask(lambda done: desk.review.load(ids, done, desk.errors.append))
    assert [record.info.session_id for record in records] == ids
    picture = desk.ask(
        lambda done: desk.review.draw_comparison(records, 700, 100.0, done=done, failed=desk.errors.append)
    )
    assert picture.shape[1:] == (700, 3)
    path = tmp_path / "out.png"
    desk.ask(
        lambda done: desk.review.export_comparison(
            records, path, overwrite=False, done=lambda: done(True), failed=desk.errors.append
        )
    )
    assert path.stat().st_size > 10_000


def test_errors_reach_whoever_asked(desk: Desk) -> None:
    with pytest.raises(AssertionError, match="no longer there"):
        desk.open(make_info())
    desk.errors.clear()
    desk.flushed = False
    with pytest.raises(AssertionError, match="not saved yet"):
        desk.open(desk.add(make_info()))
    desk.errors.clear()


def test_nothing_is_begun_after_the_end(desk: Desk) -> None:
    opened = desk.open(desk.add(make_info()))
    desk.review.close()
    opened.show_moment(1.0, lambda moment: pytest.fail("asked after the end"))
    desk.review.poll()


def test_of_many_requests_the_newest_is_answered() -> None:
    free, runner = threading.Event(), TaskRunner(1)
    worked: list[int] = []

    def work(number: int) -> int:
        worked.append(number)
        free.wait(20)
        return number

    answers: list[int] = []
    task: NewestTask[int, int] = NewestTask(runner, work, lambda error: pytest.fail(str(error)))
    for number in range(100):
        task.ask(number, answers.append)
    free.set()

    def all_done() -> bool:
        runner.deliver()
        return len(answers) == 2

    wait_for(all_done)
    runner.close()
    assert worked == answers == [0, 99]
