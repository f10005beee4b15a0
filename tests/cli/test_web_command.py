"""`emotion-gui web` as it is typed: what it refuses, what it says, and that it ends when it is told to."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from emotion_gui.__main__ import main
from emotion_gui.web import command

_ROOT = Path(__file__).parents[2]
_TOKEN = "correct-horse-battery"


def test_others_are_let_in_only_with_a_token(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["web", "--host", "0.0.0.0"])
    assert ended.value.code == 2
    assert "--host needs --token" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--token", "short"], ["--port", "70000"], ["--port", "-1"], ["--port", "x"]])
def test_a_wrong_option_is_a_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["web", *arguments])
    assert ended.value.code == 2
    assert arguments[0] in capsys.readouterr().err


def test_what_was_asked_for_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[command.WebRequest] = []

    def run(request: command.WebRequest) -> int:
        asked.append(request)
        return 0

    monkeypatch.setattr(command, "run", run)
    assert main(["web"]) == 0
    assert main(["web", "--host", "192.0.2.1", "--token", _TOKEN, "--port", "80"]) == 0
    assert asked == [command.WebRequest("127.0.0.1", 8765), command.WebRequest("192.0.2.1", 80, _TOKEN)]


def test_without_the_extra_one_sentence_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == "waitress" else name)
    assert main(["web"]) == 1
    assert capsys.readouterr().err == (
        "emotion-gui: The browser's pages need a few packages more: "
        "install them with 'pip install \"emotion-gui[web]\"'.\n"
    )


@pytest.fixture
def started(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The program as a user starts it, at a free port."""
    environment = os.environ | {name: str(tmp_path) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    line = [sys.executable, "-m", "emotion_gui", "web", "--port", "0"]
    with subprocess.Popen(line, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no way to send the signal to one process")
@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM"])
def test_it_says_where_it_is_and_ends_when_it_is_told_to(started: subprocess.Popen[str], how: str) -> None:
    assert started.stdout
    said = started.stdout.readline()
    address = re.search(r"http://127\.0\.0\.1:\d+/", said)
    assert address, said
    with urllib.request.urlopen(address[0], timeout=20) as page:
        assert b"What do faces show?" in page.read()
    started.send_signal(getattr(signal, how))
    assert started.wait(20) == 0


def test_a_taken_port_is_told(started: subprocess.Popen[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert started.stdout
    port = re.search(r":(\d+)/", started.stdout.readline())
    assert port
    assert main(["web", "--port", port[1]]) == 1
    assert f"cannot listen at 127.0.0.1, port {port[1]}" in capsys.readouterr().err
