from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from emotion_gui.ui.review.compare import MOST, CompareWindow
from tests.builders import PROVENANCE, TENSE, make_info
from tests.ui.conftest import WaitUntil
from tests.ui.fake_dialogs import FakeDialogs
from tests.ui.review_desk import StoreController, add_session, close_desk, open_desk

pytestmark = pytest.mark.gui
FIRST, SECOND = make_info(candidate="Ada", session_id="a" * 32), make_info(candidate="Bob", session_id="b" * 32)
OTHER_MODEL = make_info(session_id="c" * 32, provenance=replace(PROVENANCE, model_name="x", model_sha256="0" * 64))


@pytest.fixture
def controller(tmp_path: Path, window: tk.Toplevel) -> Iterator[StoreController]:
    controller = open_desk(tmp_path / "store", window)
    add_session(controller, FIRST, 30)
    add_session(controller, SECOND, 40, TENSE)
    add_session(controller, OTHER_MODEL, 40)
    yield controller
    close_desk(controller)


def test_draws_sessions_that_can_be_compared(
    window: tk.Toplevel, controller: StoreController, dialogs: FakeDialogs, wait_until: WaitUntil
) -> None:
    compare = CompareWindow(window, controller, dialogs, [SECOND.session_id, FIRST.session_id])
    assert compare.export_button.instate(["disabled"])
    wait_until(lambda: compare.picture_size)
    assert [record.info.candidate for record in compare.records] == ["Bob", "Ada"]
    assert compare.notes.cget("text").startswith("✓")


def test_warns_of_another_model(
    window: tk.Toplevel, controller: StoreController, dialogs: FakeDialogs, wait_until: WaitUntil
) -> None:
    compare = CompareWindow(window, controller, dialogs, [FIRST.session_id, OTHER_MODEL.session_id])
    wait_until(lambda: compare.records)
    assert "Different models" in compare.notes.cget("text")


def test_saves_a_picture_and_asks_before_it_replaces_one(
    window: tk.Toplevel, controller: StoreController, dialogs: FakeDialogs, wait_until: WaitUntil
) -> None:
    compare = CompareWindow(window, controller, dialogs, [FIRST.session_id, SECOND.session_id])
    wait_until(lambda: compare.records)
    dialogs.file = controller.folder.parent / "comparison.png"
    compare.export_button.invoke()
    wait_until(lambda: "Saved" in compare.banner.text.cget("text"))
    size = dialogs.file.stat().st_size
    assert size > 10_000
    compare.export_button.invoke()
    assert "there already" in dialogs.asked[-1]
    assert controller.settings.export_folder == str(dialogs.file.parent)


def test_a_session_that_is_gone_is_told(
    window: tk.Toplevel, controller: StoreController, dialogs: FakeDialogs, wait_until: WaitUntil
) -> None:
    controller.store.delete(SECOND.session_id)
    compare = CompareWindow(window, controller, dialogs, [FIRST.session_id, SECOND.session_id])
    wait_until(lambda: "no longer there" in compare.message.cget("text"))


def test_as_many_as_the_drawing_has_room_for() -> None:
    from emotion_gui.export.comparison import MOST_SESSIONS

    assert MOST == MOST_SESSIONS
