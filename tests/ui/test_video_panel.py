from __future__ import annotations

import tkinter as tk
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from PIL import ImageGrab

from emotion_gui.controller.status import ModelState, ModelStatus, Phase, SourceState, SourceStatus
from emotion_gui.core.consent_texts import PREVIEW
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.tracking.candidate import Presence
from emotion_gui.ui.card_words import Act
from emotion_gui.ui.video_panel import VideoPanel
from tests.builders import make_face
from tests.ui.fake_controller import FakeController, FakePicture

CAMERA = SourceSpec("camera", "0")
BUSY = SourceStatus(SourceState.FAILED, CAMERA, "The camera is busy.", "Close the other program.")
PLAYING = SourceStatus(SourceState.PLAYING, CAMERA)
PICTURE = FakePicture(np.zeros((48, 64, 3), np.uint8))


class Clock:
    """Time that passes when the test says so."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def pressed() -> list[str]:
    return []


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def panel(window: tk.Toplevel, pressed: list[str], clock: Clock) -> VideoPanel:
    def pick(x: float, y: float) -> bool:
        pressed.append(f"face {x:.2f} {y:.2f}")
        return x < 0.5

    panel = VideoPanel(
        window,
        acts={act: partial(pressed.append, act.value) for act in Act},
        on_resize=lambda *_: None,
        on_pick=pick,
        clock=clock,
    )
    panel.pack(fill="both", expand=True)
    return panel


@pytest.mark.gui
def test_a_failure_offers_another_try_and_the_demo(
    window: tk.Toplevel, panel: VideoPanel, controller: FakeController, pressed: list[str]
) -> None:
    controller.source = BUSY
    panel.refresh(controller)
    window.update()
    assert panel.card.title.cget("text") == "The camera is busy."
    assert panel.card.hint.cget("text") == "Close the other program."
    assert panel.card.buttons[Act.RETRY].winfo_viewable()
    panel.card.buttons[Act.RETRY].invoke()
    panel.card.buttons[Act.DEMO].invoke()
    assert pressed == ["retry", "demo"]


@pytest.mark.gui
def test_a_camera_that_is_off_offers_the_start(
    window: tk.Toplevel, panel: VideoPanel, controller: FakeController, pressed: list[str]
) -> None:
    controller.source = SourceStatus(SourceState.WAITING, CAMERA)
    panel.refresh(controller)
    window.update()
    assert panel.card.buttons[Act.START].winfo_viewable()
    assert not panel.card.buttons[Act.RETRY].winfo_viewable()
    panel.card.buttons[Act.START].invoke()
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
def test_a_pause_darkens_the_picture_and_offers_to_go_on(
    window: tk.Toplevel, panel: VideoPanel, controller: FakeController, pressed: list[str]
) -> None:
    controller.source, controller.results_per_s, controller.faces = PLAYING, 15.0, (make_face(),)
    controller.pictures.append(FakePicture(np.full((300, 600, 3), 240, np.uint8)))
    panel.show_newest(controller)
    panel.refresh(controller)
    controller.phase = Phase.PAUSED
    panel.refresh(controller)
    window.update()
    assert panel.card.title.cget("text") == "Paused: nothing is counted."
    # The picture that was there, although no other came.
    assert _light_beside_the_card(panel) == 80
    # Faces that are named would pass for counted.
    assert panel.caption.cget("text") == ""
    panel.card.buttons[Act.RESUME].invoke()
    assert pressed == ["resume"]
    controller.phase = Phase.RUNNING
    panel.refresh(controller)
    window.update()
    assert _light_beside_the_card(panel) == 240


def _light_beside_the_card(panel: VideoPanel) -> int:
    """What the screen shows near the left edge of the picture, 0 to 255."""
    canvas = panel.canvas
    x = canvas.winfo_rootx() + (canvas.winfo_width() - 600) // 2 + 20
    y = canvas.winfo_rooty() + canvas.winfo_height() // 2
    return int(np.asarray(ImageGrab.grab((x, y, x + 1, y + 1)).convert("L"))[0, 0])


@pytest.mark.gui
def test_the_caption_says_what_is_seen(panel: VideoPanel, controller: FakeController, clock: Clock) -> None:
    controller.source, controller.results_per_s = PLAYING, 15.0
    panel.refresh(controller)
    assert panel.caption.cget("text").startswith("No face found")
    controller.faces = (make_face(),)
    panel.refresh(controller)
    clock.now_s += 2
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
def test_a_candidate_who_left_is_missed(panel: VideoPanel, controller: FakeController, clock: Clock) -> None:
    controller.source, controller.results_per_s, controller.phase = PLAYING, 15.0, Phase.RUNNING
    controller.presence = Presence.GONE
    panel.refresh(controller)
    assert panel.caption.cget("text").startswith("Candidate away")
    controller.settings = replace(controller.settings, count_everyone=True)
    panel.refresh(controller)
    clock.now_s += 2
    panel.refresh(controller)
    assert panel.caption.cget("text").startswith("No face found")
