"""The page's other side on settings and folders of its own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from emotion_gui.core.settings import Settings
from emotion_gui.gradio_app.command import be_private
from emotion_gui.gradio_app.handlers import Handlers
from emotion_gui.gradio_app.visitors import Visitors
from emotion_gui.uploads.analysis import analyse_upload


class Clock:
    """A time that goes on where a test says so, in seconds."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def passing(tmp_path: Path) -> Path:
    """Where uploads pass through."""
    folder = tmp_path / "passing"
    folder.mkdir()
    return folder


@pytest.fixture
def handlers(clock: Clock, passing: Path) -> Handlers:
    """On the real detector and model."""
    return Handlers(Visitors(Settings, clock), Settings, analyse_upload, passing)


@pytest.fixture(scope="module")
def private_gradio() -> Iterator[Path]:
    """Gradio as the command has it, with a folder of its own."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="emotion-gui-test-") as folder:
        be_private(Path(folder))
        yield Path(folder)
    os.environ.clear()
    os.environ.update(before)
