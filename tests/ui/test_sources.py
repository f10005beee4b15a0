from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path

import pytest

from emotion_gui.controller.status import LabelRequest, Phase, SourceState, SourceStatus
from emotion_gui.core.errors import AppError
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.ui.source_actions import SourceActions
from emotion_gui.ui.source_bar import SourceBar
from emotion_gui.vision.sources.camera_list import CameraInfo
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs

CAMERAS = (CameraInfo(0, "Integrated Webcam"), CameraInfo(2))
FILE = Path("clips") / "interview.mp4"


@pytest.fixture
def actions(controller: FakeController, dialogs: FakeDialogs) -> SourceActions:
    return SourceActions(controller, dialogs)


@pytest.mark.parametrize(
    ("command", "spec"),
    [
        (SourceActions.open_video, SourceSpec("file", str(FILE))),
        (SourceActions.open_image, SourceSpec("images", str(FILE))),
        (SourceActions.open_image_folder, SourceSpec("images", "pictures")),
        (SourceActions.open_stream, SourceSpec("stream", "http://127.0.0.1/video")),
        (SourceActions.play_demo, SourceSpec("demo")),
    ],
)
def test_each_command_opens_what_was_chosen(
    controller: FakeController, command: Callable[[SourceActions], None], spec: SourceSpec
) -> None:
    answers = FakeDialogs(file=FILE, folder=Path("pictures"), text="http://127.0.0.1/video")
    command(SourceActions(controller, answers))
    assert controller.opened == [spec]


@pytest.mark.parametrize(
    "command",
    [
        SourceActions.open_video,
        SourceActions.open_image,
        SourceActions.open_image_folder,
        SourceActions.open_stream,
        SourceActions.open_model,
    ],
)
def test_giving_up_changes_nothing(
    controller: FakeController, actions: SourceActions, command: Callable[[SourceActions], None]
) -> None:
    command(actions)
    assert not controller.opened
    assert not controller.loaded


def test_a_refusal_is_shown(controller: FakeController, dialogs: FakeDialogs, actions: SourceActions) -> None:
    controller.error = AppError("A session is running.", "Stop it first.")
    dialogs.file = FILE
    actions.play_demo()
    actions.open_model()
    actions.use_shipped_model()
    assert dialogs.errors == [("A session is running.", "Stop it first.")] * 3


def test_retry_opens_the_same_source(controller: FakeController, actions: SourceActions) -> None:
    actions.retry()
    assert not controller.opened
    controller.source = SourceStatus(SourceState.FAILED, SourceSpec("camera", "2"))
    actions.retry()
    assert controller.opened == [SourceSpec("camera", "2")]


def test_an_open_stream_is_offered_for_change(
    controller: FakeController, dialogs: FakeDialogs, actions: SourceActions
) -> None:
    controller.source = SourceStatus(SourceState.LOST, SourceSpec("stream", "rtsp://host/live"))
    actions.open_stream()
    assert dialogs.asked[0].endswith("rtsp://host/live")


def test_what_is_no_address_is_asked_for_again_with_what_was_typed(
    controller: FakeController, dialogs: FakeDialogs, actions: SourceActions
) -> None:
    dialogs.texts = ["http://", "192.168.1.20/video", " http://192.168.1.20/video "]
    actions.open_stream()
    assert [question.count("not the address of a stream") for question in dialogs.asked] == [0, 1, 1]
    assert dialogs.asked[-1].endswith(" 192.168.1.20/video")
    assert controller.opened == [SourceSpec("stream", "http://192.168.1.20/video")]


def test_whoever_gives_up_on_an_address_opens_nothing(
    controller: FakeController, dialogs: FakeDialogs, actions: SourceActions
) -> None:
    dialogs.texts = ["http://"]
    actions.open_stream()
    assert len(dialogs.asked) == 2
    assert not controller.opened


def test_labels_are_asked_for_and_the_model_loaded_with_them(
    controller: FakeController, dialogs: FakeDialogs, actions: SourceActions
) -> None:
    controller.label_request = LabelRequest(Path("other.h5"), 2)
    actions.name_labels()
    assert not controller.loaded
    dialogs.labels = ("happy", "sad")
    actions.name_labels()
    assert controller.loaded == [(Path("other.h5"), ("happy", "sad"))]


@pytest.fixture
def bar(window: tk.Toplevel, controller: FakeController, actions: SourceActions) -> SourceBar:
    bar = SourceBar(window, controller, actions)
    bar.grid()
    return bar


@pytest.mark.gui
def test_lists_cameras_by_index_and_name(bar: SourceBar, controller: FakeController) -> None:
    controller.cameras = CAMERAS
    bar.search.invoke()
    assert bar.picker.cget("values") == ("Camera 0: Integrated Webcam", "Camera 2")


@pytest.mark.gui
def test_says_that_there_is_no_camera(bar: SourceBar) -> None:
    bar.find_cameras()
    assert bar.picker.get() == "No camera found"
    bar.picker.current(0)
    bar.picker.event_generate("<<ComboboxSelected>>")
    assert bar.picker.get() == "No camera found"


@pytest.mark.gui
def test_picking_a_camera_opens_it(bar: SourceBar, controller: FakeController) -> None:
    controller.cameras = CAMERAS
    bar.find_cameras()
    bar.picker.current(1)
    bar.picker.event_generate("<<ComboboxSelected>>")
    assert controller.opened == [SourceSpec("camera", "2")]
    bar.refresh()
    assert bar.picker.get() == "Camera 2"


@pytest.mark.gui
def test_a_running_session_keeps_its_source(bar: SourceBar, controller: FakeController) -> None:
    controller.phase = Phase.RUNNING
    bar.refresh()
    assert bar.demo.instate(["disabled"])
    assert bar.picker.instate(["disabled"])
    controller.phase = Phase.IDLE
    bar.refresh()
    assert bar.demo.instate(["!disabled"])
    assert bar.picker.instate(["readonly"])
