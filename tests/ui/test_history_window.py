from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from emotion_gui.core.emotions import Emotion
from emotion_gui.core.errors import ExportError
from emotion_gui.core.session import SessionInfo
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.storage.session_summary import SessionSummary
from emotion_gui.ui.history_window import HistoryWindow
from emotion_gui.ui.review_window import ReviewWindow
from tests.builders import CALM, STARTED_AT, TENSE, make_frames, make_info
from tests.ui.conftest import WaitUntil
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs

pytestmark = pytest.mark.gui

CALM_ONE = make_info(candidate="Ada", started_at=STARTED_AT)
TENSE_ONE = make_info(candidate="=HYPERLINK()", started_at=STARTED_AT - timedelta(days=2), session_id="b" * 32)


class StoreController(FakeController):
    """A controller whose sessions are in a real store."""

    store: SessionStore

    def list_sessions(self, done: Callable[[tuple[SessionSummary, ...]], None]) -> None:
        done(self.store.list())

    def delete_session(self, session_id: str, done: Callable[[], None]) -> None:
        self.store.delete(session_id)
        done()


@pytest.fixture
def controller(tmp_path: Path) -> Iterator[StoreController]:
    with SessionStore(tmp_path / "store") as store:
        fill(store, CALM_ONE, CALM)
        fill(store, TENSE_ONE, TENSE)
        controller = StoreController()
        controller.store = store
        yield controller


def fill(store: SessionStore, info: SessionInfo, moods: Mapping[Emotion, float]) -> None:
    store.create(info)
    store.append(info.session_id, list(make_frames(90, rate=5, moods=moods)))
    store.finish(info.session_id, info.started_at + timedelta(seconds=90))


@pytest.fixture
def history(window: tk.Toplevel, controller: StoreController, dialogs: FakeDialogs) -> HistoryWindow:
    history = HistoryWindow(window, controller, dialogs)
    history.refresh()
    history.update()
    return history


def lines(history: HistoryWindow) -> list[tuple[str, ...]]:
    return [tuple(map(str, history.rows.item(row, "values"))) for row in history.rows.get_children()]


def test_lists_sessions_newest_first(history: HistoryWindow) -> None:
    assert [(line[0], line[2], line[3], line[4]) for line in lines(history)] == [
        ("Ada", "1:30", "Not nervous", "Finished"),
        ("=HYPERLINK()", "1:30", "Nervous", "Finished"),
    ]
    assert history.selected is not None
    assert history.selected.session_id == CALM_ONE.session_id


def test_delete_asks_first(history: HistoryWindow, controller: StoreController, dialogs: FakeDialogs) -> None:
    history.delete_button.invoke()
    assert "Ada" in dialogs.asked[-1]
    assert len(controller.store.list()) == 2
    dialogs.answer = "Delete"
    history.delete_button.invoke()
    assert [line[0] for line in lines(history)] == ["=HYPERLINK()"]
    assert [summary.info.candidate for summary in controller.store.list()] == ["=HYPERLINK()"]


def test_an_empty_history_says_what_to_do(
    history: HistoryWindow, controller: StoreController, dialogs: FakeDialogs
) -> None:
    dialogs.answer = "Delete"
    history.delete()
    history.delete()
    history.update()
    assert not lines(history)
    assert history.empty.winfo_viewable()
    for button in (history.open_button, history.export_button, history.delete_button):
        assert button.instate(["disabled"])


def test_a_running_session_cannot_be_deleted(
    history: HistoryWindow, controller: StoreController, dialogs: FakeDialogs
) -> None:
    controller.store.create(make_info(candidate="Now", started_at=STARTED_AT + timedelta(days=1), session_id="c" * 32))
    history.refresh()
    history.rows.selection_set("c" * 32)
    history.update()
    assert history.delete_button.instate(["disabled"])
    dialogs.answer = "Delete"
    history.delete()
    assert len(controller.store.list()) == 3


def test_the_selection_stays_when_the_list_is_read_again(history: HistoryWindow) -> None:
    history.rows.selection_set(TENSE_ONE.session_id)
    history.refresh()
    assert history.selected is not None
    assert history.selected.session_id == TENSE_ONE.session_id


def test_exports_the_selected_session(
    tmp_path: Path, history: HistoryWindow, controller: StoreController, dialogs: FakeDialogs
) -> None:
    dialogs.folder = tmp_path / "out"
    dialogs.folder.mkdir()
    history.rows.selection_set(TENSE_ONE.session_id)
    history.export_everything()
    assert len(list(dialogs.folder.iterdir())) == len(controller.exported)
    history.update()
    assert "Saved" in history.banner.text.cget("text")


def test_a_list_that_comes_after_the_window_is_closed_is_dropped(window: tk.Toplevel, dialogs: FakeDialogs) -> None:
    late: list[Callable[[tuple[SessionSummary, ...]], None]] = []

    class SlowController(FakeController):
        def list_sessions(self, done: Callable[[tuple[SessionSummary, ...]], None]) -> None:
            late.append(done)

    history = HistoryWindow(window, SlowController(), dialogs)
    history.refresh()
    history.destroy()
    late[0](())


def review_of(history: HistoryWindow) -> ReviewWindow:
    found = [child for child in history.winfo_children() if isinstance(child, ReviewWindow)]
    assert len(found) == 1
    return found[0]


def test_open_shows_the_report(history: HistoryWindow, controller: StoreController, wait_until: WaitUntil) -> None:
    controller.write = lambda path: Image.new("RGB", (620, 877), "white").save(path)
    history.open_button.invoke()
    review = review_of(history)
    wait_until(lambda: review.page_size is not None and review.page_size[0] > 600)
    assert review.page_size is not None
    width, height = review.page_size
    assert height / width == pytest.approx(877 / 620, rel=0.01)
    folder = controller.exported[0][1].parent
    assert folder.exists()
    review.destroy()
    assert not folder.exists()


def test_a_report_that_cannot_be_drawn_says_why(history: HistoryWindow, controller: StoreController) -> None:
    controller.error = ExportError("The disk is full.", "Free some space.")
    history.open()
    assert "The disk is full. Free some space." in review_of(history).message.cget("text")
