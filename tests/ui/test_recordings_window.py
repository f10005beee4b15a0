"""The window of the queue, over a queue that stands as a test puts it."""

from __future__ import annotations

import tkinter as tk
from dataclasses import replace
from pathlib import Path

import pytest
import ttkbootstrap as ttk

from emotion_gui.controller.queue_rows import QueueProgress, RowState
from emotion_gui.core.candidate_wish import CandidateWish, WishKind
from emotion_gui.core.consent import AskedOf, Purpose
from emotion_gui.core.consent_texts import recruitment_notice
from emotion_gui.core.errors import AppError
from emotion_gui.ui.recordings.tools import RecordingsTools
from emotion_gui.ui.recordings.window import RecordingsWindow
from tests.fake_run import FOUND
from tests.keys import press_key
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs
from tests.ui.fake_recordings import FakeRecordings

pytestmark = pytest.mark.gui

FILES = (Path("talks/ada.mp4"), Path("talks/ben.mp4"), Path("talks/eve.mp4"))


@pytest.fixture
def queue(controller: FakeController) -> FakeRecordings:
    return controller.recordings


@pytest.fixture
def opened(window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs) -> RecordingsWindow:
    """With three recordings, the first of them selected."""
    opened = RecordingsWindow(window, controller, dialogs)
    dialogs.files = FILES
    opened.add_files()
    opened.update()
    return opened


def put(opened: RecordingsWindow, queue: FakeRecordings, number: int, **changes: object) -> None:
    """Let one recording stand differently, and the window see it."""
    rows = list(queue.rows)
    rows[number] = replace(rows[number], **changes)  # type: ignore[arg-type]  # by name
    queue.rows = tuple(rows)
    opened.refresh()
    opened.update()


def cells(opened: RecordingsWindow, number: int) -> tuple[str, ...]:
    row = opened.list.rows.get_children()[number]
    return tuple(map(str, opened.list.rows.item(row, "values")))


def is_on(widget: ttk.Button | ttk.Entry | ttk.Checkbutton) -> bool:
    return not widget.instate(["disabled"])


def test_an_empty_queue_says_what_to_do(window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs) -> None:
    opened = RecordingsWindow(window, controller, dialogs)
    opened.update()
    assert opened.list.empty.winfo_ismapped()
    assert not opened.overall.winfo_ismapped()
    assert not is_on(opened.start_button)
    assert not is_on(opened.cancel_button)


def test_what_is_added_waits_under_its_files_name(opened: RecordingsWindow, dialogs: FakeDialogs) -> None:
    assert [cells(opened, number) for number in range(3)] == [
        (f"{name}.mp4", name, "", "Waiting") for name in ("ada", "ben", "eve")
    ]
    assert not opened.list.empty.winfo_ismapped()
    assert dialogs.asked == ["Add recordings (Videos, Images, All files)"]
    assert is_on(opened.start_button)


def test_what_cannot_be_added_is_told(opened: RecordingsWindow, queue: FakeRecordings, dialogs: FakeDialogs) -> None:
    queue.error = AppError("There is no recording in 'notes'.", "Choose another.")
    dialogs.folder = Path("notes")
    opened.add_folder()
    assert opened.banner.said == "There is no recording in 'notes'. Choose another."
    queue.error = None
    opened.add_files()
    assert opened.banner.said == "They are in the queue already."


def test_a_name_goes_to_all_that_are_selected(opened: RecordingsWindow, queue: FakeRecordings) -> None:
    assert opened.name.entry.get() == "ada"
    opened.list.select([0, 2])
    opened.update()
    assert opened.name.entry.get() == ""
    opened.name.entry.insert(0, "Ada Lovelace")
    press_key(opened.name.entry, "<Return>")
    assert [row.name for row in queue.rows] == ["Ada Lovelace", "ben", "Ada Lovelace"]
    assert cells(opened, 2)[1] == "Ada Lovelace"


def test_a_name_that_was_being_typed_stays_with_its_recording(opened: RecordingsWindow, queue: FakeRecordings) -> None:
    opened.name.entry.delete(0, "end")
    opened.name.entry.insert(0, "Ada")
    opened.list.select([1])
    opened.update()
    assert [row.name for row in queue.rows] == ["Ada", "ben", "eve"]
    assert opened.name.entry.get() == "ben"


def test_delete_takes_the_selected_out(opened: RecordingsWindow, queue: FakeRecordings) -> None:
    opened.list.select([0, 1])
    press_key(opened.list.rows, "<Delete>")
    assert [row.name for row in queue.rows] == ["eve"]
    assert cells(opened, 0)[0] == "eve.mp4"


def test_it_starts_as_it_was_chosen_once_they_agreed(
    opened: RecordingsWindow, queue: FakeRecordings, dialogs: FakeDialogs
) -> None:
    opened.options.who.current(1)
    opened.options.agreement.invoke()
    assert dialogs.asked[-1] == "Before these recordings are analysed"
    opened.start_button.invoke()
    (request,) = queue.requests
    assert request.wish == CandidateWish(WishKind.LEFT)
    assert request.purpose is Purpose.PRACTICE
    assert request.consent
    assert request.consent.asked_of is AskedOf.USER
    assert not is_on(opened.start_button)
    assert is_on(opened.cancel_button)
    assert not is_on(opened.options.agreement)


def test_a_no_unticks_the_box_and_so_does_what_is_added(
    opened: RecordingsWindow, queue: FakeRecordings, dialogs: FakeDialogs
) -> None:
    dialogs.agrees = False
    opened.options.agreement.invoke()
    assert not opened.options.agreement.instate(["selected"])
    assert opened.options.request.consent is None
    dialogs.agrees = True
    opened.options.agreement.invoke()
    assert opened.options.request.consent
    dialogs.files = (Path("talks/new.mp4"),)
    opened.add_files()
    assert opened.options.request.consent is None
    assert not opened.options.agreement.instate(["selected"])


def test_recruitment_needs_its_notice(window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs) -> None:
    controller.settings = replace(controller.settings, purpose=Purpose.RECRUITMENT.value)
    opened = RecordingsWindow(window, controller, dialogs)
    opened.options.agreement.invoke()
    dialogs.agrees = False
    consent = opened.options.request.consent
    assert consent
    assert not consent.notice_version
    dialogs.agrees = True
    consent = opened.options.request.consent
    assert consent
    assert consent.notice_version == recruitment_notice().version


def test_everyone_counts_where_the_settings_say_so(
    window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs
) -> None:
    controller.settings = replace(controller.settings, count_everyone=True)
    assert RecordingsWindow(window, controller, dialogs).options.request.wish is None


def test_why_it_cannot_start_is_told_where_it_is_seen(opened: RecordingsWindow, queue: FakeRecordings) -> None:
    queue.error = AppError("A session is running.", "Stop it before you analyse recordings.")
    opened.start_button.invoke()
    assert opened.banner.said == "A session is running. Stop it before you analyse recordings."
    queue.error = None
    opened.start_button.invoke()
    opened.update()
    assert not opened.banner.winfo_ismapped()


def test_a_bar_for_each_that_is_analysed_and_one_for_all(opened: RecordingsWindow, queue: FakeRecordings) -> None:
    queue.progress = QueueProgress(1, 3, 0.5, 130.0, running=True)
    put(opened, queue, 1, state=RowState.ANALYSING, share=0.42)
    assert cells(opened, 1)[2:] == ("", "Analysing, 42 %")
    assert float(opened.list.bars[1]["value"]) == pytest.approx(0.42)
    assert opened.list.bars[1].winfo_ismapped()
    assert float(opened.overall["value"]) == pytest.approx(0.5)
    assert opened.said.cget("text") == "1 of 3 recordings, about 2 min left"
    put(opened, queue, 1, state=RowState.DONE, share=1.0, found=FOUND)
    assert not opened.list.bars


def test_each_says_what_became_of_it(opened: RecordingsWindow, queue: FakeRecordings) -> None:
    put(opened, queue, 0, state=RowState.DONE, share=1.0, found=FOUND)
    put(opened, queue, 1, state=RowState.FAILED, text="It is no video. Choose another.")
    put(opened, queue, 2, state=RowState.CANCELLED, share=0.429)
    assert cells(opened, 0)[3] == "✓ Not nervous, 0:31 usable"
    assert cells(opened, 1)[3] == "⚠ Failed: It is no video. Choose another."
    assert cells(opened, 2)[2:] == ("42 %", "Cancelled at 42 %")
    assert opened.detail.cget("text").startswith("Not nervous: no expression over its threshold. It describes")
    opened.list.select([1])
    opened.update()
    assert opened.detail.cget("text") == "It is no video. Choose another."
    opened.list.select([2])
    opened.update()
    assert opened.detail.cget("text") == "Nothing is in the history yet. Start goes on from 42 %."
    assert not is_on(opened.open_button)


def test_cancel_tells_the_queue_once(opened: RecordingsWindow, queue: FakeRecordings) -> None:
    queue.progress = QueueProgress(0, 3, running=True)
    opened.refresh()
    opened.cancel_button.invoke()
    opened.refresh()
    assert queue.cancelled
    assert opened.said.cget("text") == "0 of 3 recordings, stopping..."
    assert not is_on(opened.cancel_button)


def test_one_that_is_done_opens_as_a_past_session(
    opened: RecordingsWindow, queue: FakeRecordings, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[object] = []
    monkeypatch.setattr("emotion_gui.ui.recordings.window.ReviewWindow", lambda *given: shown.append(given[-1]))
    opened.open()
    assert not shown
    put(opened, queue, 0, state=RowState.DONE, share=1.0, found=FOUND)
    assert is_on(opened.open_button)
    assert not is_on(opened.name.entry)
    press_key(opened.list.rows, "<Return>")
    assert shown == [FOUND.info]


def test_the_history_hears_of_each_session_and_closing_asks(
    window: tk.Toplevel, controller: FakeController, queue: FakeRecordings, dialogs: FakeDialogs
) -> None:
    kept: list[None] = []
    tools = RecordingsTools(window, controller, dialogs, lambda: kept.append(None))
    tools.refresh()
    assert tools.may_close()
    tools.show()
    assert tools.window
    first = tools.window
    tools.show()
    assert tools.window is first
    queue.add(FILES, lambda _: None, lambda _: None)
    put(first, queue, 0, state=RowState.DONE, found=FOUND)
    tools.refresh()
    tools.refresh()
    assert len(kept) == 1
    queue.progress = QueueProgress(1, 3, running=True)
    assert not tools.may_close()
    dialogs.answer = "Stop and close"
    assert tools.may_close()
    press_key(first, "<Escape>")
    assert not first.winfo_exists()
    tools.refresh()
