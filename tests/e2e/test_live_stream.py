from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from emotion_gui.controller.status import Phase, SourceState
from emotion_gui.core.paths import assets_folder
from emotion_gui.core.session import SessionRecord
from tests.e2e.program import Program
from tests.mjpeg_server import MjpegServer, frames_of_clip

pytestmark = pytest.mark.gui

_FPS = 20.0


@pytest.fixture(params=["demo", pytest.param("real", marks=pytest.mark.media)])
def camera(request: pytest.FixtureRequest) -> Iterator[MjpegServer]:
    """A network camera that sees the demo's face, or a real one."""
    if request.param == "demo":
        clip = assets_folder() / "demo.mp4"
    else:
        media: Path = request.getfixturevalue("media")
        clip = media / "video" / "talking_woman.mp4"
    with MjpegServer(frames_of_clip(clip, 120), _FPS) as server:
        yield server


def test_a_camera_that_is_pulled_out_and_comes_back(program: Program, camera: MjpegServer) -> None:
    main, controller = program.main, program.controller
    program.dialogs.text = camera.url
    program.press("<Control-l>")
    program.wait_until_ready()
    assert controller.source.state is SourceState.WAITING
    assert camera.visits == 0
    program.start_session("Live 1")
    program.wait_for_face()
    program.count_for(2.0)

    camera.cut()
    program.wait(lambda: controller.source.state is SourceState.LOST, "the loss of the stream")
    program.wait(
        lambda: re.fullmatch(r"⚠ Stream lost - trying again in \d s", str(main.status_bar.source.cget("text"))),
        "a countdown in the status bar",
    )
    program.wait(main.video.card.winfo_viewable, "a card in place of the picture")
    # On a busy machine, the first new try has failed before the card is looked at.
    assert main.video.card.title.cget("text") == "The stream is lost."
    told = str(main.video.card.hint.cget("text"))
    assert "has stopped" in told or "No pictures come" in told
    program.wait(lambda: main.session_panel.progress.cget("text") == "waiting", "a session that waits")
    assert controller.phase is Phase.RUNNING
    counted_s, frames = program.session.statistics.duration_s, program.session.statistics.frames
    first_retry_at = controller.source.retry_at
    program.wait(lambda: controller.source.retry_at > first_retry_at + 1.5, "a third try")
    assert program.session.statistics.duration_s == counted_s
    assert program.session.statistics.frames == frames

    camera.restore()
    program.count_for(counted_s + 2.0)
    assert main.status_bar.source.cget("text") == camera.url
    main.session_panel.stop_button.invoke()
    assert controller.source.state is SourceState.WAITING
    program.wait(lambda: not camera.watched, "the camera's release")
    # Coming back needed no new question.
    assert program.dialogs.asked.count("Before the camera opens") == 1
    _check_gap(program.record())


def _check_gap(record: SessionRecord) -> None:
    """The time away stands between two frames, is counted by neither, and the record says when it was."""
    before, after = max(pairwise(record.frames), key=lambda pair: pair[1].time_s - pair[0].time_s)
    assert after.time_s - before.time_s > 1.5
    assert after.duration_s < 0.5
    last = list(record.frames)[-1]
    assert record.statistics.duration_s < last.time_s - 1.0
    kinds = {"source lost", "source back", "stopped"}
    assert [(event.kind, event.time_s) for event in record.events if event.kind in kinds] == [
        ("source lost", before.time_s),
        ("source back", after.time_s),
        ("stopped", last.time_s),
    ]
