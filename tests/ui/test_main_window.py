from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from emotion_gui.controller.status import (
    LabelRequest,
    Level,
    ModelState,
    ModelStatus,
    Notice,
    Phase,
    SourceState,
    SourceStatus,
)
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.ui.history.window import HistoryWindow
from emotion_gui.ui.main_window import MainWindow
from emotion_gui.ui.settings.dialog import SettingsDialog
from tests.builders import make_face, make_frames
from tests.keys import press_key
from tests.ui.conftest import WaitUntil
from tests.ui.fake_controller import FakeController, FakePicture
from tests.ui.fake_dialogs import FakeDialogs

pytestmark = pytest.mark.gui

PLAYING = SourceStatus(SourceState.PLAYING, SourceSpec("camera", "0"))


@pytest.fixture
def main(window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs) -> MainWindow:
    main = MainWindow(window, controller, dialogs)
    main.start()
    window.focus_force()
    window.update()
    return main


def press(main: MainWindow, key: str) -> None:
    press_key(main.root, key)


def test_n_goes_to_the_next_face_but_not_from_a_field(main: MainWindow, controller: FakeController) -> None:
    press(main, "n")
    assert controller.candidate.nexts == 1
    main.session_panel.note.focus_force()
    press_key(main.session_panel.note, "n")
    assert controller.candidate.nexts == 1


def test_follows_the_controller(main: MainWindow, controller: FakeController, wait_until: WaitUntil) -> None:
    controller.source, controller.results_per_s, controller.delay_ms = PLAYING, 29.7, 21.0
    controller.faces = (make_face(),)
    controller.pictures.append(FakePicture(np.zeros((48, 64, 3), np.uint8)))
    controller.drawn["charts"] = np.zeros((30, 40, 3), np.uint8)
    controller.drawn["timeline"] = np.zeros((20, 50, 3), np.uint8)
    wait_until(lambda: "30 results/s" in main.status_bar.speed.cget("text"))
    wait_until(lambda: main.video.caption.cget("text").startswith("1 face"))
    assert main.video.canvas.picture_size == (64, 48)
    assert main.charts.canvas.picture_size == (40, 30)
    assert main.timeline.canvas.picture_size == (50, 20)
    assert main.status_bar.source.cget("text") == "Camera 0"


def test_tells_its_sizes(main: MainWindow, controller: FakeController) -> None:
    assert set(controller.sizes) == {"picture", "charts", "timeline"}
    # What the charts need to be readable on the smallest screen.
    assert controller.sizes["charts"][0] >= 460
    assert controller.sizes["charts"][1] >= 180
    assert controller.sizes["timeline"][0] >= 300
    assert controller.sizes["timeline"][1] >= 90


def test_a_session_by_keys(main: MainWindow, controller: FakeController, wait_until: WaitUntil) -> None:
    main.session_panel.candidate.insert(0, "Ada")
    press(main, "<F5>")
    assert controller.phase is Phase.RUNNING
    press(main, "<space>")
    assert [controller.phase] == [Phase.PAUSED]
    press(main, "<space>")
    assert [controller.phase] == [Phase.RUNNING]
    assert controller.session is not None
    for frame in make_frames(30):
        controller.session.statistics.add(frame.duration_s, frame.faces)
    wait_until(lambda: main.verdict.headline.cget("text") == "● Not nervous")
    press(main, "<Shift-F5>")
    assert [controller.phase] == [Phase.IDLE]


def test_space_belongs_to_the_note_while_it_is_typed(main: MainWindow, controller: FakeController) -> None:
    main.session_panel.start_for("Ada")
    press_key(main.session_panel.note, "<space>")
    assert controller.phase is Phase.RUNNING
    assert main.session_panel.note.get() == " "


def test_a_camera_that_is_gone_is_counted_down(
    main: MainWindow, controller: FakeController, wait_until: WaitUntil
) -> None:
    controller.source = SourceStatus(
        SourceState.LOST, PLAYING.spec, "The camera is gone.", "Plug it in.", 1e12, seen=True
    )
    wait_until(lambda: "Camera lost - trying again in" in main.status_bar.source.cget("text"))
    assert main.video.card.title.cget("text") == "The camera is lost."


def test_news_go_to_the_status_bar_and_trouble_to_the_banner(
    main: MainWindow, controller: FakeController, wait_until: WaitUntil
) -> None:
    controller.notices = [Notice(Level.INFO, "The session is saved."), Notice(Level.ERROR, "The disk is full.")]
    wait_until(main.banner.winfo_viewable)
    assert main.status_bar.message.cget("text") == "The session is saved."
    assert "The disk is full." in main.banner.text.cget("text")


def test_asks_for_labels_once_for_each_model(
    main: MainWindow, controller: FakeController, dialogs: FakeDialogs, wait_until: WaitUntil
) -> None:
    controller.label_request = LabelRequest(Path("one.h5"), 7)
    wait_until(lambda: len(dialogs.asked) == 1)
    controller.label_request = LabelRequest(Path("two.h5"), 5)
    wait_until(lambda: len(dialogs.asked) == 2)
    assert dialogs.asked == ["one.h5: 7", "two.h5: 5"]


def test_starts_by_itself_when_all_is_ready(
    window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs, wait_until: WaitUntil
) -> None:
    controller.model = ModelStatus(ModelState.LOADING)
    MainWindow(window, controller, dialogs).start("Demo")
    wait_until(lambda: controller.polls > 20)
    assert controller.session is None
    controller.model, controller.source = ModelStatus(ModelState.READY, "small"), PLAYING
    wait_until(lambda: controller.session is not None)
    assert controller.session is not None
    assert controller.session.info.candidate == "Demo"


def test_exports_the_session_that_has_ended(
    main: MainWindow, controller: FakeController, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    dialogs.folder = tmp_path
    press(main, "<Control-e>")
    assert not controller.exported
    main.session_panel.start_for("Ada")
    press(main, "<Control-e>")
    assert not controller.exported
    main.session_panel.stop()
    press(main, "<Control-e>")
    assert {path.suffix for _, path, _ in controller.exported} == {".csv", ".html", ".json", ".pdf", ".png"}
    assert str(tmp_path) in main.banner.text.cget("text")


def test_settings_are_applied(main: MainWindow, controller: FakeController) -> None:
    def answer() -> None:
        shown = [child for child in main.root.winfo_children() if isinstance(child, SettingsDialog)]
        if not shown or not shown[0].winfo_viewable():
            main.root.after(10, answer)
            return
        shown[0].choose_preset("Seed rule")
        shown[0].ok_button.invoke()

    main.root.after(10, answer)
    press(main, "<Control-comma>")
    assert not controller.settings.count_disgust


def test_history_opens_once(main: MainWindow) -> None:
    press(main, "<Control-h>")
    press(main, "<Control-h>")
    assert len([child for child in main.root.winfo_children() if isinstance(child, HistoryWindow)]) == 1


def test_closing_ends_the_controller_first(main: MainWindow, controller: FakeController, wait_until: WaitUntil) -> None:
    main.close()
    assert controller.closed
    wait_until(lambda: not main.root.winfo_exists())


@pytest.mark.parametrize("answer", [None, "End and close"])
def test_a_running_session_is_not_closed_by_mistake(
    main: MainWindow, controller: FakeController, dialogs: FakeDialogs, answer: str | None
) -> None:
    main.session_panel.start_for("Ada")
    dialogs.answer = answer
    main.close()
    assert controller.closed is (answer is not None)


def all_widgets(widget: tk.Misc) -> Iterator[tk.Misc]:
    for child in widget.winfo_children():
        if not isinstance(child, tk.Toplevel):
            yield child
            yield from all_widgets(child)


def test_nothing_is_cut_on_the_smallest_screen(main: MainWindow, wait_until: WaitUntil) -> None:
    main.session_panel.start_for("Ada")
    wait_until(lambda: main.session_panel.pause_button.instate(["!disabled"]))
    main.root.update()
    right, bottom = main.root.winfo_width(), main.root.winfo_height()
    for widget in all_widgets(main.root):
        if widget.winfo_viewable() and widget.winfo_class() in {"TLabel", "TButton", "TMenubutton", "TEntry"}:
            x = widget.winfo_rootx() - main.root.winfo_rootx()
            y = widget.winfo_rooty() - main.root.winfo_rooty()
            assert x + widget.winfo_width() <= right, widget
            assert y + widget.winfo_height() <= bottom, widget
            if widget.winfo_class() != "TEntry":
                assert widget.winfo_width() >= widget.winfo_reqwidth(), widget
                assert widget.winfo_height() >= widget.winfo_reqheight(), widget
