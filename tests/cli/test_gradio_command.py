"""`emotion-gui gradio` as it is typed: what it refuses, what it says, and that it ends when it is told to."""

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
from emotion_gui.gradio_app import command

_ROOT = Path(__file__).parents[2]


def test_what_was_asked_for_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def run(port: int) -> int:
        asked.append(port)
        return 0

    monkeypatch.setattr(command, "run", run)
    assert main(["gradio"]) == 0
    assert main(["gradio", "--port", "80"]) == 0
    assert asked == [7860, 80]


def test_it_cannot_be_asked_to_let_others_in(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["gradio", "--host", "0.0.0.0"])
    assert ended.value.code == 2
    assert "--host" in capsys.readouterr().err


def test_without_the_extra_one_sentence_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "find_spec", lambda _name: None)
    assert main(["gradio"]) == 1
    assert capsys.readouterr().err == (
        "emotion-gui: This page needs a few packages more: install them with 'pip install \"emotion-gui[gradio]\"'.\n"
    )


@pytest.fixture
def started(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The program as a user starts it, at a free port, with folders of its own."""
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "TMPDIR")
    environment = os.environ | {name: str(tmp_path) for name in names}
    line = [sys.executable, "-m", "emotion_gui", "gradio", "--port", "0"]
    with subprocess.Popen(line, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def _address(started: subprocess.Popen[str]) -> str:
    assert started.stdout
    said = started.stdout.readline()
    address = re.search(r"http://127\.0\.0\.1:\d+/", said)
    assert address, said
    return address[0]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no way to send the signal to one process")
@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM"])
def test_it_says_where_it_is_and_ends_when_it_is_told_to(
    started: subprocess.Popen[str], how: str, tmp_path: Path
) -> None:
    with urllib.request.urlopen(_address(started), timeout=20) as page:
        assert b"Emotion GUI" in page.read()
        assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert list(tmp_path.glob("emotion-gui-*"))
    started.send_signal(getattr(signal, how))
    assert started.wait(20) == 0
    assert not list(tmp_path.glob("emotion-gui-*"))


@pytest.mark.slow
def test_another_sites_name_is_refused_and_a_taken_port_is_told(
    started: subprocess.Popen[str], capsys: pytest.CaptureFixture[str]
) -> None:
    address = _address(started)
    request = urllib.request.Request(address, headers={"Host": "evil.example"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=20)
    assert refused.value.code == 400
    port = address.rstrip("/").rpartition(":")[2]
    assert main(["gradio", "--port", port]) == 1
    assert f"cannot listen at 127.0.0.1, port {port}" in capsys.readouterr().err
