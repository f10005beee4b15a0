from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from emotion_gui.app import CrashReporter, FirstSource
from emotion_gui.core.errors import AppError
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.vision.sources.camera_list import CameraInfo
from tests.ui.conftest import SeenErrors
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs

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
from emotion_gui.ui.main_window import MainWindow
start = MainWindow.start
def start_and_close(window, *arguments):
    start(window, *arguments)
    window.root.after(50, window.close)
MainWindow.start = start_and_close
load = app.InterviewController.load_model
def tell_and_load(controller, *arguments):
    # Before the worker begins, which may be quicker than the rest of the start.
    print("shown", tkinter._default_root.winfo_viewable(), sorted(set(HEAVY) & set(sys.modules)))
    load(controller, *arguments)
app.InterviewController.load_model = tell_and_load
print("code", app.run())
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


def report(reporter: CrashReporter, error: Exception) -> None:
    reporter(type(error), error, error.__traceback__)


def test_expected_trouble_is_shown_and_not_logged(dialogs: FakeDialogs) -> None:
    report(CrashReporter(dialogs, Path("app.log")), AppError("The disk is full.", "Free some space."))
    assert dialogs.errors == [("The disk is full.", "Free some space.")]


def test_a_bug_is_logged_each_time_and_shown_once(dialogs: FakeDialogs, fail_on_callback_errors: SeenErrors) -> None:
    reporter = CrashReporter(dialogs, Path("app.log"))
    for _ in range(3):
        report(reporter, ZeroDivisionError("oops"))
    assert len(fail_on_callback_errors.texts) == 3
    assert len(dialogs.errors) == 1
    assert "app.log" in dialogs.errors[0][1]
    fail_on_callback_errors.clear()


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


@pytest.mark.parametrize(("remembered", "expected"), [("file:a.mp4", "file:a.mp4"), ("nonsense", "demo:")])
def test_what_was_watched_last_is_watched_again(remembered: str, expected: str) -> None:
    controller = FakeController()
    FirstSource(None, find_camera=False).open(controller, Settings(source=remembered))
    assert controller.source.spec == SourceSpec.parse(expected)
