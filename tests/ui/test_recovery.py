from __future__ import annotations

import tkinter as tk
from datetime import timedelta

import pytest

from emotion_gui.core.session import SessionState, summarize
from emotion_gui.storage.session_summary import SessionSummary
from emotion_gui.ui.history.recovery import DELETE, KEEP, LATER, offer_recovery
from tests.builders import STARTED_AT, make_frames, make_info
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs

pytestmark = pytest.mark.gui


@pytest.fixture
def unfinished(controller: FakeController) -> SessionSummary:
    statistics, _ = summarize(make_frames(200, rate=2))
    info = make_info(candidate="ANNA")
    summary = SessionSummary(info, STARTED_AT + timedelta(seconds=200), SessionState.INTERRUPTED, statistics)
    controller.unfinished.append(summary)
    return summary


@pytest.mark.parametrize(("answer", "expected"), [(KEEP, (1, 0)), (DELETE, (0, 1)), (LATER, (0, 0)), (None, (0, 0))])
@pytest.mark.usefixtures("unfinished")
def test_the_user_decides(
    window: tk.Toplevel, controller: FakeController, answer: str | None, expected: tuple[int, int]
) -> None:
    dialogs = FakeDialogs(answer=answer)
    offer_recovery(window, controller, dialogs)
    window.update()
    assert "A session of ANNA from 2026-11-21" in dialogs.asked[0]
    assert "3:20 of it are saved" in dialogs.asked[0]
    assert (len(controller.kept), len(controller.deleted)) == expected


@pytest.mark.usefixtures("unfinished")
def test_does_not_ask_while_the_list_is_delivered(window: tk.Toplevel, controller: FakeController) -> None:
    dialogs = FakeDialogs(answer=KEEP)
    offer_recovery(window, controller, dialogs)
    assert not dialogs.asked


def test_says_nothing_when_all_is_well(window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs) -> None:
    offer_recovery(window, controller, dialogs)
    window.update()
    assert not dialogs.asked
