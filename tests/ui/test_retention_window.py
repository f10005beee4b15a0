"""What is past its time is shown first, and deleted by a click only."""

from __future__ import annotations

import tkinter as tk

import pytest

from emotion_gui.controller.status import Level, Notice
from emotion_gui.ui.history.retention_window import RetentionWindow, offer_retention
from tests.keys import press_key
from tests.ui.conftest import WaitUntil
from tests.ui.fake_controller import FakeController
from tests.ui.test_person_actions import HOSTILE, summary_of

pytestmark = pytest.mark.gui


def shown(window: tk.Toplevel) -> RetentionWindow | None:
    return next((child for child in window.winfo_children() if isinstance(child, RetentionWindow)), None)


@pytest.fixture
def told() -> list[Notice]:
    return []


@pytest.fixture
def over(window: tk.Toplevel, controller: FakeController, told: list[Notice]) -> RetentionWindow:
    controller.retention.over = tuple(summary_of(name, -100 - n) for n, name in enumerate(("Ada", "Grace", "Lin")))
    offer_retention(window, controller, told.append)
    window.update()
    found = shown(window)
    assert found
    return found


def ids(over: RetentionWindow) -> list[str]:
    return list(over.rows.get_children())


def test_nothing_is_shown_where_nothing_is_over(window: tk.Toplevel, controller: FakeController) -> None:
    offer_retention(window, controller, lambda _: None)
    window.update()
    assert shown(window) is None
    assert controller.retention.checked == 1


def test_it_says_what_would_go(over: RetentionWindow) -> None:
    rows = [over.rows.item(row, "values") for row in ids(over)]
    assert [(row[1], row[2][:10]) for row in rows] == [
        ("Ada", "2026-08-13"),
        ("Grace", "2026-08-12"),
        ("Lin", "2026-08-11"),
    ]
    assert over.delete_button.cget("text") == "Delete 3 sessions now"


def test_delete_spares_what_is_ticked(over: RetentionWindow, controller: FakeController, told: list[Notice]) -> None:
    ada, grace, lin = ids(over)
    over.rows.focus(grace)
    press_key(over.rows, "<space>")
    assert over.rows.set(grace, "keep") == "☑"
    assert over.delete_button.cget("text") == "Delete 2 sessions now"
    over.delete_button.invoke()
    assert (controller.retention.deleted, controller.retention.kept) == ([ada, lin], [grace])
    assert told == [Notice(Level.INFO, "2 sessions are deleted.")]
    assert not over.winfo_exists()


def test_keep_for_now_asks_again_later(over: RetentionWindow, controller: FakeController) -> None:
    ada, grace, lin = ids(over)
    over.toggle(ada)
    over.later_button.invoke()
    retention = controller.retention
    assert (retention.deleted, retention.kept, retention.later) == ([], [ada], [grace, lin])


def test_a_click_ticks_and_unticks(over: RetentionWindow) -> None:
    over.update()
    x, y, width, height = map(int, over.rows.bbox(ids(over)[1], "keep"))
    for expected in ("☑", "☐"):
        for sequence in ("<ButtonPress-1>", "<ButtonRelease-1>"):
            over.rows.event_generate(sequence, x=x + width // 2, y=y + height // 2)
        assert over.rows.set(ids(over)[1], "keep") == expected


def test_with_all_ticked_nothing_can_be_deleted(over: RetentionWindow) -> None:
    for session_id in ids(over):
        over.toggle(session_id)
    assert over.delete_button.instate(["disabled"])


def test_closing_decides_nothing(over: RetentionWindow, controller: FakeController) -> None:
    over.toggle(ids(over)[0])
    press_key(over, "<Escape>")
    retention = controller.retention
    assert not over.winfo_exists()
    assert retention.deleted == retention.kept == retention.later == []


def test_it_waits_for_another_question(window: tk.Toplevel, controller: FakeController, wait_until: WaitUntil) -> None:
    controller.retention.over = (summary_of("Ada", -100),)
    question = tk.Toplevel(window)
    question.wait_visibility()
    question.grab_set()
    offer_retention(window, controller, lambda _: None)
    window.update()
    assert shown(window) is None
    question.destroy()
    wait_until(lambda: shown(window) is not None)


@pytest.mark.parametrize("candidate", HOSTILE)
def test_any_name_is_one_line(window: tk.Toplevel, controller: FakeController, candidate: str) -> None:
    controller.retention.over = (summary_of(candidate, -100),)
    offer_retention(window, controller, lambda _: None)
    window.update()
    found = shown(window)
    assert found
    assert len(found.rows.set(ids(found)[0], "candidate")) <= 42
    assert "\n" not in found.rows.set(ids(found)[0], "candidate")
