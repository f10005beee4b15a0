from __future__ import annotations

import tkinter as tk
from dataclasses import replace

import numpy as np
import pytest

from emotion_gui.controller.status import ModelState, ModelStatus, Phase, SourceState, SourceStatus
from emotion_gui.core.consent_texts import PREVIEW
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.tracking.candidate import Presence
from emotion_gui.ui.video_panel import VideoPanel, empty_state
from tests.builders import make_face
from tests.ui.fake_controller import FakeController, FakePicture

CAMERA = SourceSpec("camera", "0")
BUSY = SourceStatus(SourceState.FAILED, CAMERA, "The camera is busy.", "Close the other program.")
PLAYING = SourceStatus(SourceState.PLAYING, CAMERA)
PICTURE = FakePicture(np.zeros((48, 64, 3), np.uint8))


@pytest.fixture
def pressed() -> list[str]:
    return []


@pytest.fixture
def panel(window: tk.Toplevel, pressed: list[str]) -> VideoPanel:
    def pick(x: float, y: float) -> bool:
        pressed.append(f"face {x:.2f} {y:.2f}")
        return x < 0.5

    panel = VideoPanel(
        window,
        on_resize=lambda *_: None,
        on_retry=lambda: pressed.append("retry"),
        on_demo=lambda: pressed.append("demo"),
        on_start=lambda: pressed.append("start"),
        on_pick=pick,
    )
    panel.pack(fill="both", expand=True)
    return panel


@pytest.mark.parametrize("state", [state for state in SourceState if state is not SourceState.PLAYING])
def test_every_state_without_a_picture_says_so(state: SourceState) -> None:
    empty = empty_state(SourceStatus(state, CAMERA, "It is gone.", "Plug it in."), now=0.0)
    assert empty is not None
    assert empty.title


def test_a_playing_source_needs_no_words() -> None:
    assert empty_state(PLAYING, now=0.0) is None


@pytest.mark.parametrize(("kind", "title"), [("camera", "The camera is off."), ("stream", "The stream is off.")])
def test_a_source_that_is_off_says_when_it_opens(kind: str, title: str) -> None:
    empty = empty_state(SourceStatus(SourceState.WAITING, SourceSpec(kind, "0")), now=0.0)
    assert empty is not None
    assert (empty.title, empty.start, empty.retry, empty.demo) == (title, True, "", False)
    assert "after the candidate has agreed" in empty.hint


def test_a_lost_camera_says_when_it_is_tried_again() -> None:
    empty = empty_state(SourceStatus(SourceState.LOST, CAMERA, "It is gone.", "Plug it in.", 12.5), now=10.0)
    assert empty is not None
    assert empty.hint == "Plug it in.\nTrying again in 3 s."


@pytest.mark.parametrize("state", [SourceState.LOST, SourceState.FAILED])
def test_a_running_session_keeps_its_source(state: SourceState) -> None:
    source = SourceStatus(state, CAMERA, "It is gone.", "Plug it in.")
    idle, running = empty_state(source, now=0.0), empty_state(source, now=0.0, idle=False)
    assert idle is not None
    assert running is not None
    assert (bool(idle.retry), idle.demo) == (True, True)
    # Another try brings the same source back; the demo would be another one.
    assert (bool(running.retry), running.demo) == (True, False)


@pytest.mark.gui
def test_a_failure_offers_another_try_and_the_demo(
    window: tk.Toplevel, panel: VideoPanel, controller: FakeController, pressed: list[str]
) -> None:
    controller.source = BUSY
    panel.refresh(controller)
    window.update()
    assert panel.title.cget("text") == "No picture: The camera is busy."
    assert panel.hint.cget("text") == "Close the other program."
    assert panel.retry.winfo_viewable()
    panel.retry.invoke()
    panel.demo.invoke()
    assert pressed == ["retry", "demo"]


@pytest.mark.gui
def test_a_camera_that_is_off_offers_the_start(
    window: tk.Toplevel, panel: VideoPanel, controller: FakeController, pressed: list[str]
) -> None:
    controller.source = SourceStatus(SourceState.WAITING, CAMERA)
    panel.refresh(controller)
    window.update()
    assert panel.start.winfo_viewable()
    assert not panel.retry.winfo_viewable()
    panel.start.invoke()
    assert pressed == ["start"]


@pytest.mark.gui
def test_a_preview_says_that_nothing_is_analysed(panel: VideoPanel, controller: FakeController) -> None:
    controller.source, controller.previews = PLAYING, True
    panel.refresh(controller)
    assert panel.caption.cget("text") == PREVIEW


@pytest.mark.gui
def test_the_card_goes_when_the_picture_comes(
    window: tk.Toplevel, panel: VideoPanel, controller: FakeController
) -> None:
    controller.source = BUSY
    panel.refresh(controller)
    controller.source = PLAYING
    panel.refresh(controller)
    window.update()
    assert not panel.card.winfo_viewable()


@pytest.mark.gui
def test_a_picture_that_comes_late_does_not_cover_a_failure(panel: VideoPanel, controller: FakeController) -> None:
    controller.source = BUSY
    controller.pictures.append(PICTURE)
    panel.show_newest(controller)
    assert panel.canvas.picture_size is None


@pytest.mark.gui
def test_a_lost_picture_is_not_left_standing(panel: VideoPanel, controller: FakeController) -> None:
    controller.source = PLAYING
    controller.pictures.append(PICTURE)
    panel.show_newest(controller)
    assert panel.canvas.picture_size == (64, 48)
    controller.source = BUSY
    panel.refresh(controller)
    assert panel.canvas.picture_size is None


@pytest.mark.gui
def test_the_end_of_a_recording_keeps_its_last_picture(panel: VideoPanel, controller: FakeController) -> None:
    controller.source = PLAYING
    controller.pictures.append(PICTURE)
    panel.show_newest(controller)
    controller.source = SourceStatus(SourceState.ENDED, CAMERA)
    panel.refresh(controller)
    assert panel.canvas.picture_size == (64, 48)


@pytest.mark.gui
def test_the_caption_says_what_is_seen(panel: VideoPanel, controller: FakeController) -> None:
    controller.source, controller.results_per_s = PLAYING, 15.0
    panel.refresh(controller)
    assert panel.caption.cget("text").startswith("⚠ No face found")
    controller.faces = (make_face(),)
    panel.refresh(controller)
    assert panel.caption.cget("text") == "1 face: happy 70 %"
    controller.model = ModelStatus(ModelState.LOADING)
    panel.refresh(controller)
    assert "model" in panel.caption.cget("text")


@pytest.mark.gui
def test_a_click_chooses_the_face_at_its_place(
    window: tk.Toplevel, panel: VideoPanel, controller: FakeController, pressed: list[str]
) -> None:
    controller.source, controller.results_per_s, controller.faces = PLAYING, 15.0, (make_face(),)
    controller.pictures.append(FakePicture(np.zeros((200, 400, 3), np.uint8)))
    panel.show_newest(controller)
    panel.refresh(controller)
    window.update()
    x, y = panel.canvas.winfo_width() // 2, panel.canvas.winfo_height() // 2
    panel.canvas.event_generate("<ButtonRelease-1>", x=x - 100, y=y)
    panel.refresh(controller)
    assert panel.caption.cget("text") == "1 face: happy 70 %"
    panel.canvas.event_generate("<ButtonRelease-1>", x=x + 100, y=y)
    panel.refresh(controller)
    assert panel.caption.cget("text").startswith("No face there")
    assert pressed == ["face 0.25 0.50", "face 0.75 0.50"]


@pytest.mark.gui
def test_a_candidate_who_left_is_missed(panel: VideoPanel, controller: FakeController) -> None:
    controller.source, controller.results_per_s, controller.phase = PLAYING, 15.0, Phase.RUNNING
    controller.presence = Presence.GONE
    panel.refresh(controller)
    assert panel.caption.cget("text").startswith("⚠ Candidate away")
    controller.settings = replace(controller.settings, count_everyone=True)
    panel.refresh(controller)
    assert panel.caption.cget("text").startswith("⚠ No face found")
