"""The real program in a real window, started anew for each test and closed as a user closes it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator
from pathlib import Path

import pytest

from emotion_gui.core.settings import Settings
from tests.e2e.program import Program
from tests.ui.conftest import fail_on_callback_errors, garbage_stays_on_this_thread, window

# The fixtures of the window tests, for these tests too.
__all__ = ["fail_on_callback_errors", "garbage_stays_on_this_thread", "program", "window"]


@pytest.fixture
def program(window: tk.Toplevel, tmp_path: Path) -> Iterator[Program]:
    """Started, with a verdict after two seconds in place of ten, so that tests need not wait for it."""
    made = Program(window, tmp_path / "data", Settings(min_face_s=2.0))
    made.start()
    yield made
    made.close()
