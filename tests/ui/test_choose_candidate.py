"""Two people before the camera and one click, through the whole program but for camera, detector and model."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator
from pathlib import Path

import pytest

from emotion_gui.controller.interview import InterviewController
from emotion_gui.controller.status import ModelState, Phase
from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.results import Box
from emotion_gui.core.session import SessionRecord
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import DEMO, SourceSpec
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.ui.main_window import MainWindow
from tests.fakes import UNLIMITED
from tests.two_people import LEFT, RIGHT, SIZE_WH, two_people
from tests.ui.conftest import WaitUntil
from tests.ui.fake_dialogs import FakeDialogs

pytestmark = pytest.mark.gui


@pytest.fixture
def real(tmp_path: Path, wait_until: WaitUntil) -> Iterator[InterviewController]:
    with SessionStore(tmp_path / "sessions") as store:
        controller = InterviewController(store, Settings(**UNLIMITED), tmp_path / "settings.json", two_people())
        yield controller
        closed: list[int] = []
        controller.close(closed.append)
        wait_until(lambda: controller.poll() is None or closed)


def _click(main: MainWindow, box: Box) -> None:
    """A click on a face, which stands elsewhere on the screen than in its frame."""
    canvas = main.video.canvas
    assert canvas.picture_size
    scale = canvas.picture_size[0] / SIZE_WH[0]
    x = (canvas.winfo_width() - canvas.picture_size[0]) / 2 + scale * box.center[0]
    y = (canvas.winfo_height() - canvas.picture_size[1]) / 2 + scale * box.center[1]
    canvas.event_generate("<Button-1>", x=round(x), y=round(y))
    canvas.event_generate("<ButtonRelease-1>", x=round(x), y=round(y))


def _candidate(controller: InterviewController) -> Emotion | None:
    return next((face.label for face in controller.faces if face.candidate), None)


def test_a_click_on_the_second_face_makes_it_the_one_that_counts(
    window: tk.Toplevel, real: InterviewController, wait_until: WaitUntil
) -> None:
    main = MainWindow(window, real, FakeDialogs())
    main.start()
    window.update()
    real.load_model(None)
    real.open_source(SourceSpec(DEMO))
    wait_until(lambda: real.model.state is ModelState.READY and main.video.canvas.picture_size)
    wait_until(lambda: main.video.caption.cget("text").startswith("2 faces: only the candidate counts (happy 70 %)"))
    _click(main, RIGHT)
    wait_until(lambda: _candidate(real) is Emotion.SAD)
    # Chosen before the session, kept by it, although the source is opened again and the other face is larger.
    main.session_panel.start_for("Ada")
    session = real.session
    assert session
    wait_until(lambda: session.statistics.frames > 40)
    seen = {emotion for emotion in EMOTIONS if session.statistics.counts[emotion]}
    assert seen == {Emotion.SAD}
    wait_until(lambda: main.video.caption.cget("text").startswith("2 faces: only the candidate counts (sad 70 %)"))
    # And another one in the middle of it, which the record tells.
    _click(main, LEFT)
    wait_until(lambda: session.statistics.counts[Emotion.HAPPY])
    real.stop()
    session_id = session.info.session_id
    wait_until(lambda: real.phase is Phase.IDLE and real.history)
    records: list[SessionRecord] = []
    real.history.open_session(session_id, records.append)
    wait_until(lambda: records)
    chosen = [event.text for event in records[0].events if event.kind == "candidate chosen"]
    assert len(chosen) == 2
    assert chosen[0] != chosen[1]
