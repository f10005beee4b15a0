from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from emotion_gui.core.consent import Purpose
from emotion_gui.core.session import SessionState
from emotion_gui.storage.session_summary import SessionSummary
from emotion_gui.ui.history.corrections_window import CorrectionsWindow
from emotion_gui.ui.history.window import HistoryWindow
from emotion_gui.ui.review.compare import CompareWindow
from emotion_gui.ui.review.window import ReviewWindow
from tests.builders import CALM, STARTED_AT, TENSE, make_info, make_record
from tests.keys import press_key
from tests.ui.conftest import WaitUntil
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs
from tests.ui.review_desk import StoreController, add_session, close_desk, open_desk

pytestmark = pytest.mark.gui

CALM_ONE = make_info(candidate="Ada", started_at=STARTED_AT, purpose=Purpose.RESEARCH)
TENSE_ONE = make_info(candidate="=HYPERLINK()", started_at=STARTED_AT - timedelta(days=2), session_id="b" * 32)

_Window = TypeVar("_Window", bound=tk.Misc)


@pytest.fixture
def controller(tmp_path: Path, window: tk.Toplevel) -> Iterator[StoreController]:
    controller = open_desk(tmp_path / "store", window)
    add_session(controller, CALM_ONE, 90, CALM)
    add_session(controller, TENSE_ONE, 90, TENSE)
    yield controller
    close_desk(controller)


@pytest.fixture
def history(window: tk.Toplevel, controller: StoreController, dialogs: FakeDialogs) -> HistoryWindow:
    history = HistoryWindow(window, controller, dialogs)
    history.refresh()
    history.update()
    return history


def names(history: HistoryWindow) -> list[str]:
    return [str(history.rows.item(row, "values")[0]) for row in history.rows.get_children()]


def only(parent: tk.Misc, kind: type[_Window]) -> _Window:
    found = [child for child in parent.winfo_children() if isinstance(child, kind)]
    assert len(found) == 1
    return found[0]


def select(history: HistoryWindow, *session_ids: str) -> None:
    history.rows.selection_set(session_ids)
    history.update()


def test_lists_sessions_newest_first(history: HistoryWindow) -> None:
    lines = [tuple(map(str, history.rows.item(row, "values"))) for row in history.rows.get_children()]
    assert [(line[0], line[2], line[3], *line[5:]) for line in lines] == [
        ("Ada", "Research", "1:30", "Not nervous", "Finished"),
        ("=HYPERLINK()", "Practice", "1:30", "Nervous", "Finished"),
    ]
    assert history.selected is not None
    assert history.selected.session_id == CALM_ONE.session_id
    assert history.search.shown.cget("text") == "2 sessions"


def test_finds_as_one_types_and_clears(history: HistoryWindow) -> None:
    history.search.candidate.insert(0, "aDa")
    assert names(history) == ["Ada"]
    assert history.search.shown.cget("text") == "showing 1 of 2"
    history.search.candidate.insert("end", "x")
    history.update()
    assert not names(history)
    assert history.list.empty.winfo_viewable()
    history.search.clear_button.invoke()
    assert len(names(history)) == 2
    assert history.search.clear_button.instate(["disabled"])


def test_conditions_combine(history: HistoryWindow) -> None:
    search = history.search
    search.verdict.set("Nervous")
    search.verdict.event_generate("<<ComboboxSelected>>")
    assert names(history) == ["=HYPERLINK()"]
    search.purpose.set("Research")
    search.purpose.event_generate("<<ComboboxSelected>>")
    assert not names(history)
    search.clear()
    search.begin.insert(0, f"{STARTED_AT.astimezone():%Y-%m-%d}")
    assert names(history) == ["Ada"]


def test_a_day_that_is_none_is_told_and_hides_nothing(history: HistoryWindow) -> None:
    history.search.begin.insert(0, "yesterday")
    assert "enter a day" in history.search.problem.cget("text")
    assert len(names(history)) == 2
    history.search.clear()
    history.search.begin.insert(0, "2026-12-01")
    history.search.end.insert(0, "2026-11-01")
    assert "after the last one" in history.search.problem.cget("text")


def test_headings_sort_and_say_so(history: HistoryWindow) -> None:
    history.list.sort_by("candidate")
    assert names(history) == ["=HYPERLINK()", "Ada"]
    assert str(history.rows.heading("candidate", "text")).endswith("▲")
    history.list.sort_by("candidate")
    assert names(history) == ["Ada", "=HYPERLINK()"]
    assert str(history.rows.heading("date", "text")) == "Date"


def test_escape_clears_first_and_then_closes(history: HistoryWindow) -> None:
    history.search.candidate.insert(0, "nobody")
    press_key(history.search.candidate, "<Escape>")
    assert len(names(history)) == 2
    press_key(history.search.candidate, "<Escape>")
    assert not history.winfo_exists()


def test_keys_lead_from_the_search_to_the_list(history: HistoryWindow, wait_until: WaitUntil) -> None:
    press_key(history.rows, "<Control-f>")
    wait_until(lambda: history.focus_get() is history.search.candidate)
    press_key(history.search.candidate, "<Down>")
    wait_until(lambda: history.focus_get() is history.rows)
    press_key(history.rows, "<Control-a>")
    assert len(history.list.selected) == 2


def test_delete_asks_first(history: HistoryWindow, controller: StoreController, dialogs: FakeDialogs) -> None:
    history.delete_button.invoke()
    assert "Ada" in dialogs.asked[-1]
    assert len(controller.store.list()) == 2
    dialogs.answer = "Delete"
    history.delete_button.invoke()
    assert names(history) == ["=HYPERLINK()"]
    assert [summary.info.candidate for summary in controller.store.list()] == ["=HYPERLINK()"]


def test_several_are_deleted_together(
    history: HistoryWindow, controller: StoreController, dialogs: FakeDialogs
) -> None:
    dialogs.answer = "Delete"
    history.list.select_all()
    press_key(history.rows, "<Delete>")
    assert "Delete 2 sessions?" in dialogs.asked[-1]
    assert not controller.store.list()


def test_an_empty_history_says_what_to_do(history: HistoryWindow, dialogs: FakeDialogs) -> None:
    dialogs.answer = "Delete"
    history.list.select_all()
    history.delete()
    history.update()
    assert not names(history)
    assert history.list.empty.winfo_viewable()
    assert "Start one in the main window" in history.list.empty.cget("text")
    for button in (history.open_button, history.compare_button, history.export_button, history.delete_button):
        assert button.instate(["disabled"])


def test_a_running_session_cannot_be_deleted(
    history: HistoryWindow, controller: StoreController, dialogs: FakeDialogs
) -> None:
    controller.store.create(make_info(candidate="Now", started_at=STARTED_AT + timedelta(days=1), session_id="c" * 32))
    history.refresh()
    select(history, "c" * 32, CALM_ONE.session_id)
    assert history.delete_button.instate(["disabled"])
    dialogs.answer = "Delete"
    history.delete()
    assert len(controller.store.list()) == 3


def test_the_selection_stays_when_the_list_is_read_again(history: HistoryWindow) -> None:
    select(history, TENSE_ONE.session_id)
    history.refresh()
    assert history.selected is not None
    assert history.selected.session_id == TENSE_ONE.session_id


def test_exports_the_selected_session(
    tmp_path: Path, history: HistoryWindow, controller: StoreController, dialogs: FakeDialogs
) -> None:
    dialogs.folder = tmp_path / "out"
    dialogs.folder.mkdir()
    select(history, TENSE_ONE.session_id)
    history.export_everything()
    assert len(list(dialogs.folder.iterdir())) == len(controller.exported)
    history.update()
    assert "Saved" in history.banner.text.cget("text")


def test_opens_one_and_compares_several(history: HistoryWindow, wait_until: WaitUntil) -> None:
    assert history.compare_button.instate(["disabled"])
    press_key(history.rows, "<Return>")
    review = only(history, ReviewWindow)
    wait_until(lambda: review.session)
    review.destroy()
    select(history, TENSE_ONE.session_id, CALM_ONE.session_id)
    assert history.open_button.instate(["disabled"])
    history.compare_button.invoke()
    compare = only(history, CompareWindow)
    wait_until(lambda: len(compare.records) == 2)


def test_tells_where_corrected_faces_are(
    history: HistoryWindow, controller: StoreController, wait_until: WaitUntil
) -> None:
    folder = controller.folder / "corrections"
    (folder / "happy").mkdir(parents=True)
    (folder / "happy" / f"{'a' * 32}-{'b' * 32}.png").touch()
    history.corrections_button.invoke()
    told = only(history, CorrectionsWindow)
    wait_until(lambda: told.open_button.instate(["!disabled"]))
    assert told.headline.cget("text") == "1 picture was kept."
    assert told.counts.cget("text") == "Happy 1"
    assert told.path.get() == str(folder)
    told.open_button.invoke()
    assert controller.desktop.opened == [folder]
    told.accept()


def test_thousands_of_sessions_are_filled_in_without_a_standstill(
    window: tk.Toplevel, dialogs: FakeDialogs, wait_until: WaitUntil
) -> None:
    statistics = make_record(20, 5).statistics
    info = make_info()
    controller = FakeController()
    controller.sessions = [
        SessionSummary(
            replace(info, session_id=f"{number:032x}", candidate=f"Person {number}"),
            datetime.now(UTC),
            SessionState.FINISHED,
            statistics,
        )
        for number in range(2000)
    ]
    history = HistoryWindow(window, controller, dialogs)
    history.refresh()
    assert 0 < len(names(history)) < 500
    history.search.candidate.insert(0, "person 77")
    wait_until(lambda: history.list.is_filled)
    wanted = sum("77" in str(number) for number in range(2000))
    assert history.search.shown.cget("text") == f"showing {wanted} of 2000"
    history.search.clear()
    wait_until(lambda: history.list.is_filled)
    assert len(names(history)) == 2000


def test_a_list_that_comes_after_the_window_is_closed_is_dropped(window: tk.Toplevel, dialogs: FakeDialogs) -> None:
    late: list[Callable[[tuple[SessionSummary, ...]], None]] = []

    class SlowController(FakeController):
        def list_sessions(self, done: Callable[[tuple[SessionSummary, ...]], None]) -> None:
            late.append(done)

    history = HistoryWindow(window, SlowController(), dialogs)
    history.refresh()
    history.destroy()
    late[0](())
