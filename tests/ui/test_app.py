from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from emotion_gui.app import FirstSource, Start
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.vision.sources.camera_list import CameraInfo
from tests.ui.fake_controller import FakeController

HEAVY = ("tensorflow", "keras", "matplotlib", "cv2", "ai_edge_litert", "sklearn", "pandas")

REDIRECT = """
import platformdirs, pathlib, sys
folder = pathlib.Path(sys.argv[1])
for name in ("user_data_path", "user_config_path", "user_log_path"):
    setattr(platformdirs, name, lambda *_, **__: folder)
"""
OPEN_AND_CLOSE = """
import tkinter
from emotion_gui import app
from emotion_gui.controller.interview import InterviewController
from emotion_gui.ui.main_window import MainWindow
load, start = InterviewController.load_model, MainWindow.start
def look_and_load(controller, *arguments):
    # Before the first task: those load what is heavy in the background, in their own time.
    print("shown", tkinter._default_root.winfo_viewable(), sorted(set(HEAVY) & set(sys.modules)))
    load(controller, *arguments)
def start_and_close(window, *arguments):
    start(window, *arguments)
    window.root.after(50, window.close)
InterviewController.load_model, MainWindow.start = look_and_load, start_and_close
print("code", app.run())
"""
CRASH = """
import faulthandler
from emotion_gui import app
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.ui.main_window import MainWindow
MainWindow.start = lambda *_: faulthandler._sigsegv()
app.run(SourceSpec("demo"))
"""
TOLD = """
from emotion_gui import app
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.ui.main_window import MainWindow
start = MainWindow.start
def start_and_close(window, *arguments):
    start(window, *arguments)
    print(window.banner.said)
    window.root.after(50, window.close)
MainWindow.start = start_and_close
app.run(SourceSpec("demo"))
"""
WITHOUT_STREAMS = """
from emotion_gui.__main__ import main
from emotion_gui.ui.crash_window import CrashWindow
from emotion_gui.ui.main_window import MainWindow
start = MainWindow.start
def start_and_fail(window, *arguments):
    start(window, *arguments)
    window.root.after(10, lambda: 1 / 0)
    window.root.after(20, look, window)
def look(window):
    shown = [child for child in window.root.winfo_children() if isinstance(child, CrashWindow)]
    if not shown or not shown[0].winfo_viewable():
        window.root.after(20, look, window)
    else:
        shown[0].close.invoke()
MainWindow.start = start_and_fail
sys.stdout = sys.stderr = None
code = main(["gui", "--debug", "--source", "demo"])
(folder / "code.txt").write_text(str(code))
"""
BROKEN = """
from emotion_gui import app
from emotion_gui.controller.interview import InterviewController
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.ui.crash_window import CrashWindow
app._CLOSES_WITHIN_MS = 100
InterviewController.poll = lambda _: 1 / 0
show = CrashWindow.show
def show_and_close(window):
    show(window)
    window.close.invoke()
CrashWindow.show = show_and_close
print("code", app.run(SourceSpec("demo")))
"""
UNOPENED = """
from emotion_gui import app
from emotion_gui.__main__ import main
from emotion_gui.ui.crash_window import CrashWindow
show = CrashWindow.show
def show_and_close(window):
    show(window)
    window.update()
    print("told", window.close.winfo_viewable())
    window.close.invoke()
CrashWindow.show = show_and_close
app.MainWindow = lambda *_: 1 / 0
print("code", main(["gui", "--source", "demo"]))
"""
NO_DISPLAY = """
from emotion_gui import app
from emotion_gui.core.errors import AppError
try:
    app.run()
except AppError as error:
    print(error)
"""


def run_python(code: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, **environment},
    )


def test_importing_the_window_loads_nothing_heavy() -> None:
    result = run_python(f"import sys, emotion_gui.app; print(sorted(set({HEAVY!r}) & set(sys.modules)))")
    assert result.stdout.strip() == "[]", result.stderr


@pytest.mark.gui
@pytest.mark.usefixtures("root")
def test_the_window_is_shown_before_anything_heavy_and_closes_well(tmp_path: Path) -> None:
    result = run_python(f"HEAVY = {HEAVY!r}\n" + REDIRECT + OPEN_AND_CLOSE, tmp_path)
    assert result.stdout.splitlines() == ["shown 1 []", "code 0"], result.stderr
    assert not (tmp_path / "emotion-gui.log").exists() or "ERROR" not in (tmp_path / "emotion-gui.log").read_text(
        "utf-8"
    )


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="only X11 can be without a display")
def test_without_a_display_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    result = run_python(REDIRECT + NO_DISPLAY, tmp_path, DISPLAY="")
    assert "no screen" in result.stdout
    assert "--headless" in result.stdout
    assert "Traceback" not in result.stderr


@pytest.mark.gui
@pytest.mark.usefixtures("root")
def test_a_crash_in_native_code_is_told_once_at_the_next_start(tmp_path: Path) -> None:
    assert run_python(REDIRECT + CRASH, tmp_path).returncode != 0
    told, silent = (run_python(REDIRECT + TOLD, tmp_path).stdout for _ in range(2))
    assert "The program ended unexpectedly last time. Help > Open log has the details." in told
    assert "unexpectedly" not in silent
    log = (tmp_path / "emotion-gui.log").read_text("utf-8")
    assert "Current thread" in log
    assert "open_picture_and_model" in log


@pytest.mark.gui
@pytest.mark.usefixtures("root")
def test_a_program_without_a_console_tells_its_errors_too(tmp_path: Path) -> None:
    result = run_python(REDIRECT + WITHOUT_STREAMS, tmp_path)
    assert (result.returncode, result.stdout) == (0, "")
    assert "Traceback" not in result.stderr
    assert (tmp_path / "code.txt").read_text("utf-8") == "0"
    log = (tmp_path / "emotion-gui.log").read_text("utf-8")
    assert "ZeroDivisionError" in log
    assert "Emotion GUI 0." in log
    assert ", Tk 8." in log


@pytest.mark.gui
@pytest.mark.usefixtures("root")
def test_a_program_that_is_broken_can_be_closed(tmp_path: Path) -> None:
    result = run_python(REDIRECT + BROKEN, tmp_path)
    assert result.stdout.splitlines() == ["code 0"], result.stderr


@pytest.mark.gui
@pytest.mark.usefixtures("root")
def test_a_window_that_cannot_be_filled_is_told_in_a_window(tmp_path: Path) -> None:
    result = run_python(REDIRECT + UNOPENED, tmp_path)
    assert result.stdout.splitlines() == ["told 1", "code 1"], result.stderr
    assert "Something unexpected happened. The log has the details" in result.stderr
    assert (tmp_path / "emotion-gui.log").read_text("utf-8").count("Traceback") == 1


@pytest.mark.parametrize(
    ("cameras", "expected"), [((), "demo:"), ((CameraInfo(2, "Webcam"), CameraInfo(3)), "camera:2")]
)
def test_a_camera_is_looked_for_and_the_demo_is_played_without_one(
    cameras: tuple[CameraInfo, ...], expected: str
) -> None:
    controller = FakeController()
    controller.cameras = cameras
    FirstSource(None, find_camera=True).open(controller, Settings())
    assert controller.source.spec == SourceSpec.parse(expected)


def test_the_camera_of_last_time_is_taken_before_the_first_one() -> None:
    controller = FakeController()
    controller.cameras = (CameraInfo(0, "Webcam"), CameraInfo(3, "Desk"))
    FirstSource(None, find_camera=True).open(controller, Settings(camera_name="Desk"))
    assert controller.source.spec == SourceSpec("camera", "3")


@pytest.mark.parametrize(
    ("start", "introduction", "shown"),
    [
        (Start(FirstSource(None, find_camera=False)), "", True),
        (Start(FirstSource(None, find_camera=True)), "", True),
        (Start(FirstSource(None, find_camera=False)), "1", False),
        (Start(FirstSource(SourceSpec("demo"), find_camera=False)), "", False),
        (Start(FirstSource(None, find_camera=False), candidate="Demo"), "", False),
    ],
)
def test_the_introduction_is_shown_once_and_to_nobody_who_has_said_what_to_watch(
    start: Start, introduction: str, shown: bool
) -> None:
    assert start.introduces(Settings(introduction=introduction)) is shown


@pytest.mark.parametrize(("remembered", "expected"), [("file:a.mp4", "file:a.mp4"), ("nonsense", "demo:")])
def test_what_was_watched_last_is_watched_again(remembered: str, expected: str) -> None:
    controller = FakeController()
    FirstSource(None, find_camera=False).open(controller, Settings(source=remembered))
    assert controller.source.spec == SourceSpec.parse(expected)
