from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from emotion_gui.core.emotions import Emotion
from emotion_gui.core.errors import ExportError
from emotion_gui.core.nervousness import Verdict
from emotion_gui.core.session import SessionRecord
from emotion_gui.pipeline.video_segments import Segment, SegmentWriter, note_segment
from emotion_gui.storage.session_files import session_folder
from emotion_gui.ui.review.window import ReviewWindow
from tests.builders import TENSE, make_info
from tests.keys import press_key
from tests.ui.conftest import WaitUntil
from tests.ui.fake_dialogs import FakeDialogs
from tests.ui.review_desk import AGREED, StoreController, add_crop, add_session, close_desk, open_desk

pytestmark = pytest.mark.gui
INFO = make_info(candidate="Ada", consent=AGREED)


@pytest.fixture
def controller(tmp_path: Path, window: tk.Toplevel) -> Iterator[StoreController]:
    controller = open_desk(tmp_path, window)
    add_session(controller, INFO, moods=TENSE)
    yield controller
    close_desk(controller)


@pytest.fixture
def review(
    window: tk.Toplevel, controller: StoreController, dialogs: FakeDialogs, wait_until: WaitUntil
) -> ReviewWindow:
    review = ReviewWindow(window, controller, dialogs, INFO)
    wait_until(lambda: review.session and _is_drawn(review) and review.moment.moment)
    return review


def _is_drawn(review: ReviewWindow) -> bool:
    """Whether the course is there in the size that it has by now."""
    canvas, drawn = review.timeline.canvas, review.timeline._drawn
    return drawn is not None and drawn.rgb.shape[:2] == (canvas.winfo_height(), canvas.winfo_width())


def record_of(review: ReviewWindow) -> SessionRecord:
    assert review.session is not None
    return review.session.record


def shown_s(review: ReviewWindow) -> float:
    """Session time of the moment whose figures are shown."""
    return review.moment.moment.time_s if review.moment.moment else -1.0


def press(review: ReviewWindow, key: str, wait_until: WaitUntil) -> None:
    """Press a key on the scrubber and wait until its moment is shown."""
    press_key(review.timeline.scrub_bar, key)
    wait_until(lambda: shown_s(review) == review.timeline.time_s)


def go_to(review: ReviewWindow, time_s: float, wait_until: WaitUntil) -> None:
    review.timeline.go_to(time_s)
    wait_until(lambda: shown_s(review) == time_s)


def test_shows_the_verdict_with_its_caveat_and_the_first_moment(review: ReviewWindow, wait_until: WaitUntil) -> None:
    assert "Nervous" in review.head.verdict.cget("text")
    assert review.moment.label.cget("text").startswith("0:00.0")
    assert "132 px" in review.moment.quality.cget("text")
    wait_until(lambda: review.charts.picture_size)
    assert len(review.entries.rows.get_children()) == 2


def test_a_click_and_a_drag_scrub(review: ReviewWindow, wait_until: WaitUntil) -> None:
    canvas, drawn = review.timeline.canvas, review.timeline._drawn
    assert drawn is not None
    middle = int((drawn.left_px + drawn.right_px) / 2)
    canvas.event_generate("<Button-1>", x=middle, y=30)
    wait_until(lambda: shown_s(review) == pytest.approx(30, abs=1))
    canvas.event_generate("<B1-Motion>", x=int(drawn.right_px) + 50, y=30, state=0x100)
    wait_until(lambda: shown_s(review) == review.timeline.span.whole_s)
    bar = review.timeline.scrub_bar
    bar.event_generate("<Button-1>", x=int(bar.x_of(15.0)), y=10)
    wait_until(lambda: shown_s(review) == pytest.approx(15, abs=0.5))
    assert review.timeline.scrub_bar.text.startswith("0:1")


def test_keys_step_jump_and_go_from_result_to_result(review: ReviewWindow, wait_until: WaitUntil) -> None:
    press(review, "<Right>", wait_until)
    assert review.timeline.time_s == 0.5
    press(review, "<Next>", wait_until)
    assert review.timeline.time_s == 10.5
    press(review, "<Left>", wait_until)
    assert review.timeline.time_s == 10.0
    press(review, "<Shift-Right>", wait_until)
    assert review.timeline.time_s == pytest.approx(10.2)
    press(review, "<End>", wait_until)
    assert review.timeline.time_s == review.timeline.span.whole_s
    press(review, "<Home>", wait_until)
    assert review.timeline.time_s == 0.0


def test_a_moment_says_what_was_seen(review: ReviewWindow, wait_until: WaitUntil) -> None:
    go_to(review, 22.0, wait_until)
    assert "No face" in review.moment.label.cget("text")
    go_to(review, 10.0, wait_until)
    moment = review.moment.moment
    assert moment is not None
    assert moment.face is not None
    assert f"{100 * moment.face.confidence:.0f} %" in review.moment.label.cget("text")


def test_zooms_by_keys_wheel_and_stretch(review: ReviewWindow, wait_until: WaitUntil) -> None:
    timeline = review.timeline
    go_to(review, 30.0, wait_until)
    press_key(timeline.scrub_bar, "<plus>")
    assert timeline.span.length_s == pytest.approx(timeline.span.whole_s / 2)
    press_key(timeline.scrub_bar, "<Key-0>")
    assert timeline.span.is_whole
    x = int(timeline._x(30.0))
    timeline.canvas.event_generate("<Button-4>", x=x, y=20)
    assert timeline.span.length_s == pytest.approx(timeline.span.whole_s / 2)
    timeline.show_all.invoke()
    left, right = int(timeline._x(10.0)), int(timeline._x(20.0))
    timeline.canvas.event_generate("<Shift-Button-1>", x=left, y=20)
    timeline.canvas.event_generate("<B1-Motion>", x=right, y=20, state=0x101)
    timeline.canvas.event_generate("<ButtonRelease-1>", x=right, y=20, state=0x101)
    assert timeline.span.begin_s == pytest.approx(10, abs=0.3)
    assert timeline.span.end_s == pytest.approx(20, abs=0.3)
    wait_until(lambda: timeline._drawn and timeline._drawn.begin_s == timeline.span.begin_s)
    timeline.go_to(50.0)
    assert timeline.span.begin_s < 50 < timeline.span.end_s


def test_markers_are_set_renamed_removed_and_jumped_to(
    review: ReviewWindow, dialogs: FakeDialogs, wait_until: WaitUntil
) -> None:
    go_to(review, 12.0, wait_until)
    dialogs.text = "question 3"
    press_key(review.timeline.scrub_bar, "m")
    wait_until(lambda: record_of(review).markers)
    assert record_of(review).markers[0].time_s == 12.0
    go_to(review, 40.0, wait_until)
    row = review.entries.rows.get_children()[0]
    review.entries.rows.selection_set(row)
    wait_until(lambda: shown_s(review) == 12.0)
    dialogs.text = "question 4"
    review.entries.rename_button.invoke()
    wait_until(lambda: record_of(review).markers[0].text == "question 4")
    assert "question 4" in review.entries.rows.item(row, "values")[1]
    dialogs.answer = "Remove"
    review.entries.remove_button.invoke()
    wait_until(lambda: not record_of(review).markers)


def test_giving_up_a_marker_stores_nothing(review: ReviewWindow, controller: StoreController) -> None:
    review.entries.add_button.invoke()
    review.update()
    assert not controller.store.load(INFO.session_id).markers


def test_a_number_key_sets_a_label_right_and_nothing_else_changes(
    review: ReviewWindow, controller: StoreController, wait_until: WaitUntil
) -> None:
    add_crop(controller, INFO, 10.1)
    verdict = review.head.verdict.cget("text")
    go_to(review, 10.0, wait_until)
    face = review.moment.moment.face if review.moment.moment else None
    assert face is not None
    right = Emotion.HAPPY if face.label is not Emotion.HAPPY else Emotion.SAD
    number = list(Emotion).index(right) + 1
    press_key(review.timeline.scrub_bar, f"<Key-{number}>")
    wait_until(lambda: record_of(review).corrections)
    (correction,) = record_of(review).corrections
    assert (correction.shown, correction.right) == (face.label, right)
    assert "Set right by hand" in review.moment.remark.cget("text")
    assert "kept for training" in review.moment.remark.cget("text")
    assert "1 moment was set right" in review.head.corrected.cget("text")
    assert review.head.verdict.cget("text") == verdict
    assert review.timeline.canvas.find_withtag("correction")
    assert len(list((controller.folder / "corrections").rglob("*.png"))) == 1
    stored = controller.store.load(INFO.session_id)
    assert stored.statistics == record_of(review).statistics
    review.moment.take_back_button.invoke()
    wait_until(lambda: not record_of(review).corrections)
    assert not review.head.corrected.cget("text")
    assert not list((controller.folder / "corrections").rglob("*.png"))


def test_naming_what_the_program_named_takes_a_correction_back(review: ReviewWindow, wait_until: WaitUntil) -> None:
    go_to(review, 10.0, wait_until)
    face = review.moment.moment.face if review.moment.moment else None
    assert face is not None
    shown = list(Emotion).index(face.label)
    review.moment.press(shown)
    review.moment.press((shown + 1) % 7)
    wait_until(lambda: record_of(review).corrections)
    assert "No picture of this moment" in review.moment.remark.cget("text")
    review.moment.press(shown)
    wait_until(lambda: not record_of(review).corrections)


def test_nobody_in_the_picture_cannot_be_set_right(review: ReviewWindow, wait_until: WaitUntil) -> None:
    go_to(review, 22.0, wait_until)
    review.moment.press(3)
    review.update()
    assert not record_of(review).corrections


def test_other_thresholds_tell_another_verdict_and_store_nothing(
    review: ReviewWindow, controller: StoreController
) -> None:
    what_if = review.what_if
    before = controller.store.load(INFO.session_id)
    assert before.judgement.verdict is Verdict.NERVOUS
    for emotion in before.judgement.crossings:
        entry = what_if.entries[f"threshold_{emotion.emotion.value}"]
        entry.delete(0, "end")
        entry.insert(0, "99,5")
    review.update()
    assert "By the thresholds of the session: Nervous" in what_if.original.cget("text")
    assert "With these: Not nervous" in what_if.tried.cget("text")
    what_if.entries["threshold_fear"].insert(0, "x")
    assert "enter a number" in what_if.problem.cget("text")
    what_if.choose_preset("Seed rule")
    assert "With these: Nervous" in what_if.tried.cget("text")
    what_if.choose_preset("As in the session")
    assert what_if.tried.cget("text").removeprefix("With these:") in what_if.original.cget("text")
    after = controller.store.load(INFO.session_id)
    assert (after.info, after.judgement) == (before.info, before.judgement)
    assert "Nervous" in review.head.verdict.cget("text")


def test_numbers_typed_into_a_threshold_set_nothing_right(review: ReviewWindow, wait_until: WaitUntil) -> None:
    go_to(review, 10.0, wait_until)
    review.side.select(1)
    review.update()
    press_key(review.what_if.entries["threshold_sad"], "<Key-3>")
    review.update()
    assert not record_of(review).corrections


def test_without_a_video_it_says_so(review: ReviewWindow) -> None:
    review.views.select(1)
    review.update()
    assert "No video of this session" in review.picture.message.cget("text")


def test_shows_the_picture_of_the_moment(
    window: tk.Toplevel, controller: StoreController, dialogs: FakeDialogs, wait_until: WaitUntil
) -> None:
    folder = session_folder(controller.folder, INFO.session_id)
    folder.mkdir(parents=True)
    writer = SegmentWriter(folder, 1, size_wh=(64, 48), frames_per_s=5)
    for number in range(50):
        writer.write(np.full((48, 64, 3), 4 * number, np.uint8))
    writer.finish(50)
    note_segment(folder, Segment(writer.name, 0.0, 50, 5.0))
    review = ReviewWindow(window, controller, dialogs, INFO)
    wait_until(lambda: review.session and review.moment.moment)
    review.views.select(1)
    wait_until(lambda: review.picture.canvas.picture_size)
    review.timeline.go_to(45.0)
    wait_until(lambda: "No picture of this moment" in review.picture.message.cget("text"))


def test_the_report_page_is_drawn_when_it_is_looked_at(
    review: ReviewWindow, controller: StoreController, wait_until: WaitUntil
) -> None:
    controller.write = lambda path: Image.new("RGB", (620, 877), "white").save(path)
    assert not controller.exported
    review.views.select(2)
    wait_until(lambda: review.page.page_size and review.page.page_size[0] > 100)
    folder = controller.exported[0][1].parent
    assert folder.exists()
    review.destroy()
    assert not folder.exists()


def test_a_report_that_cannot_be_drawn_says_why(review: ReviewWindow, controller: StoreController) -> None:
    controller.error = ExportError("The disk is full.", "Free some space.")
    review.page.draw()
    assert "The disk is full. Free some space." in review.page.message.cget("text")


def test_a_session_that_is_gone_is_told(
    window: tk.Toplevel, controller: StoreController, dialogs: FakeDialogs, wait_until: WaitUntil
) -> None:
    controller.store.delete(INFO.session_id)
    review = ReviewWindow(window, controller, dialogs, INFO)
    wait_until(lambda: "no longer there" in review.message.cget("text"))


def test_answers_that_come_after_the_window_is_closed_are_dropped(
    window: tk.Toplevel, controller: StoreController, dialogs: FakeDialogs, wait_until: WaitUntil
) -> None:
    review = ReviewWindow(window, controller, dialogs, INFO)
    wait_until(lambda: review.session)
    review.timeline.go_to(30.0)
    review.timeline.zoom(0.5)
    press_key(review.timeline.scrub_bar, "<Escape>")
    assert not review.winfo_exists()
    later = ReviewWindow(window, controller, dialogs, INFO)
    wait_until(lambda: later.session and later.moment.moment)


def test_an_empty_session_can_be_opened(
    window: tk.Toplevel, controller: StoreController, dialogs: FakeDialogs, wait_until: WaitUntil
) -> None:
    info = make_info(candidate="", session_id="e" * 32)
    controller.store.create(info)
    review = ReviewWindow(window, controller, dialogs, info)
    wait_until(lambda: review.session and review.timeline._drawn and review.moment.moment)
    assert "Not enough data" in review.head.verdict.cget("text")
    assert "Nothing was counted" in review.moment.label.cget("text")
