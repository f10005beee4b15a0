"""The running program for its pictures: everything in it is real but the user and the set."""

from __future__ import annotations

import os
import tempfile
import time
import tkinter as tk
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from PIL import ImageGrab

from emotion_gui.controller.interview import InterviewController
from emotion_gui.controller.status import SourceState
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.core.translation import DEFAULT_LANGUAGE, set_language
from emotion_gui.ui.garbage import TkGarbage
from emotion_gui.ui.main_window import MainWindow
from emotion_gui.ui.theme import APP_NAME, make_root, pixels
from tests.ui.conftest import let_tk_work
from tests.ui.fake_dialogs import FakeDialogs
from tests.ui.film_set import FilmSet, PatientStore

_LONGEST_S = 120.0
# For what a theme or a worker still draws.
_REST_MS = 700
_MENU_HEIGHT = 32
_SIZE_WH = (1280, 800)


class Studio:
    """The program's window, and what takes pictures of it.

    Attributes:
        root: The window.
        controller: The program behind it.
        window: What is in it.
        dialogs: The user.
        film_set: What the program meets.
        data: A folder for what is made meanwhile.
    """

    def __init__(self, folder: Path, data: Path, settings: Settings) -> None:
        PatientStore.takes.set()
        self.root = make_root(APP_NAME)
        # The menu stands above the window's own height.
        width, height = _SIZE_WH
        self.root.geometry(f"{width}x{height - pixels(self.root, _MENU_HEIGHT)}+0+0")
        self.film_set, self.dialogs, self.data = FilmSet(), FakeDialogs(), data
        self.controller = InterviewController(
            PatientStore(data / "sessions"), settings, data / "settings.json", self.film_set.backends
        )
        self.window = MainWindow(self.root, self.controller, self.dialogs)
        self.window.start()
        self._folder = folder

    def wait(self, condition: Callable[[], object], rest_ms: int = _REST_MS) -> None:
        """Let the program run until something is the case, then a moment longer for the redraw."""
        end = time.monotonic() + _LONGEST_S
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(f"nothing to see after {_LONGEST_S:g} s")
            let_tk_work(self.root, 20)
        let_tk_work(self.root, rest_ms)

    def take(self, name: str, window: tk.Misc | None = None) -> None:
        """Save a picture of the main window and what stands over it, or of one window."""
        box = (0, 0, *_SIZE_WH)
        if window is not None:
            x, y = window.winfo_rootx(), window.winfo_rooty()
            box = (x, y, x + window.winfo_width(), y + window.winfo_height())
        ImageGrab.grab(box).save(self._folder / f"{name}.png", optimize=True)

    def play(self, spec: SourceSpec) -> None:
        self.controller.open_source(spec)

    def is_playing(self) -> bool:
        return self.controller.source.state is SourceState.PLAYING


@contextmanager
def open_studio(folder: Path, *, language: str = DEFAULT_LANGUAGE, theme: str = "light") -> Iterator[Studio]:
    """The program with an empty store.

    Args:
        folder: Where the pictures go; made where it is missing.
        language: A key of `LANGUAGES`.
        theme: As the settings name it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    set_language(language)
    settings = replace(Settings(), language=language, theme=theme)
    # The user's home, so that no folder of this machine stands in a picture.
    with tempfile.TemporaryDirectory() as data, patch.dict(os.environ, HOME=data):
        studio = Studio(folder, Path(data), settings)
        garbage = TkGarbage(studio.root)
        garbage.start()
        try:
            yield studio
        finally:
            studio.film_set.let_go()
            closed: list[int] = []
            studio.controller.close(closed.append)
            studio.wait(lambda: closed)
            studio.root.destroy()
            set_language(DEFAULT_LANGUAGE)
            # What is left of it must go now, not on a worker of the next studio.
            del studio
            garbage.stop()
