"""Recordings analysed behind the real window, in real processes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from emotion_gui.controller.queue_rows import RowState
from emotion_gui.core.consent import AskedOf, Purpose
from emotion_gui.core.nervousness import Verdict
from emotion_gui.core.paths import assets_folder
from emotion_gui.core.session import SessionState
from emotion_gui.ui.history.window import HistoryWindow
from emotion_gui.ui.recordings.window import RecordingsWindow
from emotion_gui.ui.review.window import ReviewWindow
from tests.e2e.program import Program


@pytest.mark.gui
@pytest.mark.slow
def test_recordings_become_sessions_of_the_history(program: Program, tmp_path: Path) -> None:
    talks = tmp_path / "talks"
    talks.mkdir()
    (talks / "broken.mp4").write_text("no video", encoding="utf-8")
    shutil.copy(assets_folder() / "demo.mp4", talks / "smile.mp4")
    program.press("<Control-h>")
    history = program.find(HistoryWindow)
    program.press("<Control-O>")
    queue = program.find(RecordingsWindow)
    assert history and queue
    program.dialogs.folder = talks
    queue.folder_button.invoke()
    program.wait(lambda: len(queue.list.rows.get_children()) == 2, "two recordings")
    queue.list.select([1])
    program.wait(lambda: queue.name.entry.get() == "smile", "the file's name")
    program.type_into(queue.name.entry, "Ada")
    queue.options.agreement.invoke()
    queue.start_button.invoke()
    rows = program.controller.recordings
    program.wait(lambda: queue.list.bars, "a bar")
    program.wait(lambda: not rows.running, "the end of the run")
    assert [row.state for row in rows.rows] == [RowState.FAILED, RowState.DONE]
    assert "broken.mp4" in rows.rows[0].text
    (kept,) = program.store.list()
    assert (kept.info.candidate, kept.info.purpose, kept.state) == ("Ada", Purpose.PRACTICE, SessionState.FINISHED)
    assert kept.info.consent is not None
    assert kept.info.consent.asked_of is AskedOf.USER
    assert kept.judgement.verdict is Verdict.NOT_NERVOUS
    assert kept.face_duration_s == pytest.approx(20, abs=1)
    program.wait(lambda: history.rows.get_children() == (kept.session_id,), "the session in the history")
    program.wait(lambda: queue.open_button.instate(["!disabled"]), "a session to open")
    queue.open_button.invoke()
    (review,) = (child for child in queue.winfo_children() if isinstance(child, ReviewWindow))
    program.wait(lambda: review.session, "the review")
