from __future__ import annotations

import tkinter as tk

import pytest

from emotion_gui.controller.status import SourceState, SourceStatus
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.ui.status_bar import MESSAGE_S, StatusBar
from tests.ui.fake_controller import FakeController

pytestmark = pytest.mark.gui

CAMERA = SourceSpec("camera", "0")


@pytest.fixture
def bar(window: tk.Toplevel) -> StatusBar:
    bar = StatusBar(window)
    bar.grid(sticky="ew")
    window.columnconfigure(0, weight=1)
    return bar


def test_shows_how_fast_it_goes_only_while_it_plays(bar: StatusBar, controller: FakeController) -> None:
    controller.source = SourceStatus(SourceState.PLAYING, CAMERA)
    controller.results_per_s, controller.delay_ms = 24.6, 31.2
    bar.refresh(controller, 0.0)
    assert bar.speed.cget("text").split() == ["25", "results/s", "31", "ms", "delay"]
    controller.source = SourceStatus(SourceState.LOST, CAMERA, seen=True)
    bar.refresh(controller, 0.0)
    assert bar.speed.cget("text") == ""
    assert bar.source.cget("text").startswith("⚠ Camera lost")


def test_a_message_goes_after_a_while(bar: StatusBar, controller: FakeController) -> None:
    bar.tell("The session is saved.", now=100.0)
    bar.refresh(controller, 100.0 + MESSAGE_S - 1)
    assert bar.message.cget("text") == "The session is saved."
    bar.refresh(controller, 100.0 + MESSAGE_S)
    assert bar.message.cget("text") == ""


def test_long_names_leave_room_for_the_rest(window: tk.Toplevel, bar: StatusBar, controller: FakeController) -> None:
    controller.source = SourceStatus(SourceState.PLAYING, SourceSpec("file", "x" * 300 + ".mp4"))
    controller.results_per_s = 25.0
    bar.tell("A long message. " * 30, now=0.0)
    bar.refresh(controller, 0.0)
    window.update()
    assert bar.speed.winfo_x() + bar.speed.winfo_reqwidth() <= window.winfo_width()
