"""Front ends, exit codes and streams, with the window replaced."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from emotion_gui import __version__
from emotion_gui.__main__ import main
from emotion_gui.core.errors import SourceError
from emotion_gui.core.source_spec import SourceSpec

_ROOT = Path(__file__).parents[2]
Opened = list[tuple[SourceSpec | None, bool, bool]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """What the window was asked to open."""
    calls: Opened = []

    def run(source: SourceSpec | None = None, *, find_camera: bool = False, autostart: bool = False) -> int:
        calls.append((source, find_camera, autostart))
        return 0

    monkeypatch.setattr("emotion_gui.app.run", run)
    return calls


def _window_that(monkeypatch: pytest.MonkeyPatch, action: Callable[[], object]) -> None:
    def run(*_: object, **__: object) -> int:
        action()
        return 0

    monkeypatch.setattr("emotion_gui.app.run", run)


def _raising(error: BaseException) -> Callable[[], object]:
    def action() -> object:
        raise error

    return action


def test_the_window_opens_on_what_was_watched_last(opened: Opened) -> None:
    assert main([]) == 0
    assert opened == [(None, False, False)]


def test_the_demo_starts_its_session_by_itself(opened: Opened) -> None:
    assert main(["demo"]) == 0
    assert opened == [(SourceSpec("demo"), False, True)]


def test_auto_lets_the_window_look_for_a_camera(opened: Opened) -> None:
    assert main(["gui", "--source", "auto"]) == 0
    assert opened == [(None, True, False)]


def test_expected_trouble_is_one_line_and_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _window_that(monkeypatch, _raising(SourceError("It is gone.", "Fetch it.")))
    assert main([]) == 1
    assert capsys.readouterr().err == "emotion-gui: It is gone. Fetch it.\n"


def test_unexpected_trouble_goes_to_the_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], user_folders: Path
) -> None:
    monkeypatch.setattr(logging.getLogger("emotion_gui"), "handlers", [])
    _window_that(monkeypatch, _raising(ZeroDivisionError("a bug")))
    assert main([]) == 1
    told = capsys.readouterr().err
    (log,) = user_folders.rglob("*.log")
    assert told == f"emotion-gui: Something unexpected happened. The log has the details: {log}\n"
    assert "ZeroDivisionError: a bug" in log.read_text(encoding="utf-8")


def test_debug_logs_everything_and_prints_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], user_folders: Path
) -> None:
    logger = logging.getLogger("emotion_gui")
    monkeypatch.setattr(logger, "handlers", [])
    monkeypatch.setattr(logger, "level", logging.NOTSET)
    _window_that(monkeypatch, lambda: logger.debug("a detail"))
    assert main(["gui", "--debug"]) == 0
    (log,) = user_folders.rglob("*.log")
    assert "DEBUG MainThread emotion_gui: a detail" in log.read_text(encoding="utf-8")
    assert "a detail" in capsys.readouterr().err


def test_a_log_that_cannot_be_written_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], user_folders: Path
) -> None:
    def refuse(*_: object, **__: object) -> Path:
        raise PermissionError("read-only")

    monkeypatch.setattr("platformdirs.user_log_path", refuse)
    assert main(["gui", "--debug"]) == 1
    assert capsys.readouterr().err == (
        "emotion-gui: Something unexpected happened. The log cannot be written: read-only\n"
    )


def test_ctrl_c_is_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _window_that(monkeypatch, _raising(KeyboardInterrupt()))
    assert main([]) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_a_program_without_a_console_may_print(monkeypatch: pytest.MonkeyPatch) -> None:
    _window_that(monkeypatch, lambda: print("lost", file=sys.stderr, flush=True))
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main([]) == 0
    assert sys.stdout is not None


def _process(*arguments: str, folder: Path, command: str = "") -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    environment |= {name: str(folder) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    line = [sys.executable, "-m", "emotion_gui", *arguments]
    if command:
        line = ["bash", "-c", f'set -o pipefail; "$@" | {command}', "_", *line]
    return subprocess.run(line, cwd=_ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)


def test_the_version_is_told(tmp_path: Path) -> None:
    assert _process("--version", folder=tmp_path).stdout == f"emotion-gui {__version__}\n"


@pytest.mark.skipif(sys.platform != "linux", reason="the other systems always have a display")
@pytest.mark.parametrize("command", ["gui", "demo"])
def test_without_a_display_one_sentence_says_what_to_do(command: str, tmp_path: Path) -> None:
    run = _process(command, folder=tmp_path)
    assert run.returncode == 1
    assert run.stderr.startswith("emotion-gui: There is no screen")
    assert run.stderr.count("\n") == 1
    assert not run.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell's pipe")
def test_a_reader_who_leaves_is_no_error_message(tmp_path: Path) -> None:
    run = _process("bench", "--help", folder=tmp_path, command="head -c 1")
    assert "Traceback" not in run.stderr
    assert "Exception" not in run.stderr
