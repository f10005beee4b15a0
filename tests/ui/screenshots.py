"""Pictures of the real program for the README.

Run `xvfb-run -s "-screen 0 1280x800x24" python -m tests.ui.screenshots FOLDER`.

Everything in them is real: the controller, the shipped model, what it says of the clip. Only the user is played.
"""

from __future__ import annotations

import argparse
import tempfile
import time
import tkinter as tk
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import ttkbootstrap as ttk
from PIL import Image, ImageGrab

from emotion_gui.controller.interview import InterviewController
from emotion_gui.controller.status import ModelState, Phase, SourceState
from emotion_gui.core.consent_texts import consent_question, recruitment_notice
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import CAMERA, DEMO, IMAGES, SourceSpec
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.ui.history.window import HistoryWindow
from emotion_gui.ui.main_window import MainWindow
from emotion_gui.ui.review.window import ReviewWindow
from emotion_gui.ui.session.consent_window import AgreementWindow, ConsentWindow, NoticeWindow
from emotion_gui.ui.settings.dialog import SettingsDialog
from emotion_gui.ui.theme import APP_NAME, make_root, pixels
from emotion_gui.ui.wording import NO_FACE
from tests.ui.conftest import let_tk_work
from tests.ui.fake_dialogs import FakeDialogs

_LONGEST_S = 120.0
_NO_CAMERA = SourceSpec(CAMERA, "97")
# Pictures of a folder play one a second: enough of them that the session is still there when it is looked at.
_WALLS = 20

_Window = TypeVar("_Window", bound=ttk.Toplevel)


class Studio:
    """The running program, and what takes pictures of it."""

    def __init__(self, folder: Path, data: Path) -> None:
        self.root = make_root(APP_NAME)
        # The menu stands above the window's own height.
        self.root.geometry(
            f"{self.root.winfo_screenwidth()}x{self.root.winfo_screenheight() - pixels(self.root, 32)}+0+0"
        )
        self.controller = InterviewController(SessionStore(data), Settings(), data / "settings.json")
        self.window = MainWindow(self.root, self.controller, FakeDialogs())
        self.window.start()
        self._folder = folder

    def wait(self, condition: Callable[[], object]) -> None:
        """Let the program run until something is the case, then a moment longer for the redraw."""
        end = time.monotonic() + _LONGEST_S
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(f"nothing to see after {_LONGEST_S:g} s")
            let_tk_work(self.root, 20)
        let_tk_work(self.root, 700)

    def take(self, name: str, window: tk.Misc | None = None) -> None:
        """Save a picture of the screen, or of one window on it."""
        box = None
        if window is not None:
            x, y = window.winfo_rootx(), window.winfo_rooty()
            box = (x, y, x + window.winfo_width(), y + window.winfo_height())
        ImageGrab.grab(box).save(self._folder / f"{name}.png", optimize=True)

    def play(self, spec: SourceSpec) -> None:
        self.controller.open_source(spec)

    def is_playing(self) -> bool:
        return self.controller.source.state is SourceState.PLAYING


@contextmanager
def _studio(folder: Path) -> Iterator[Studio]:
    with tempfile.TemporaryDirectory() as data:
        studio = Studio(folder, Path(data))
        try:
            yield studio
        finally:
            closed: list[int] = []
            studio.controller.close(closed.append)
            studio.wait(lambda: closed)
            studio.root.destroy()


def _main_window(studio: Studio, source: SourceSpec, seconds: float) -> None:
    studio.controller.load_model(None)
    studio.play(source)
    # Only the clip that watches nobody is analysed before its session.
    previews = source.watches_people
    studio.wait(lambda: studio.controller.model.state is ModelState.READY and (previews or studio.controller.faces))
    studio.take("idle")
    studio.window.session_panel.start_for("Ada Lovelace")
    session = studio.controller.session
    studio.wait(lambda: studio.controller.phase is Phase.IDLE or (session and session.time_s > seconds))
    studio.take("running")
    studio.controller.stop()
    studio.wait(lambda: True)
    studio.take("stopped")


def _agreement(studio: Studio) -> None:
    studio.play(_NO_CAMERA)
    studio.wait(studio.window.video.card.winfo_viewable)
    studio.take("camera-off")
    asked = ConsentWindow(studio.root, consent_question(_NO_CAMERA, studio.controller.settings.keep_days))
    _take_window(studio, "consent", asked)
    _take_window(studio, "recruitment", NoticeWindow(studio.root, recruitment_notice()))


def _take_window(studio: Studio, name: str, window: AgreementWindow) -> None:
    window.show(window.text)
    studio.wait(window.winfo_viewable)
    studio.take(name, window)
    window.cancel()


def _troubles(studio: Studio, data: Path) -> None:
    for number in range(_WALLS):
        Image.new("RGB", (640, 480), "#8d99a6").save(data / f"wall{number}.png")
    studio.play(SourceSpec(IMAGES, str(data)))
    studio.wait(studio.is_playing)
    studio.window.session_panel.start_for("Ada Lovelace")
    studio.wait(lambda: studio.is_playing() and studio.window.video.caption.cget("text").endswith(NO_FACE))
    studio.take("no-face")
    studio.controller.stop()
    studio.play(_NO_CAMERA)
    studio.window.session_panel.start_for("Ada Lovelace")
    studio.wait(lambda: studio.controller.source.state in {SourceState.FAILED, SourceState.LOST})
    studio.take("no-camera")
    studio.controller.stop()


def _settings(studio: Studio) -> None:
    dialog = SettingsDialog(studio.root, studio.controller.settings)
    dialog.show()
    for tab in dialog.tabs.tabs():
        dialog.tabs.select(tab)
        studio.wait(lambda: True)
        studio.take(f"settings-{str(dialog.tabs.tab(tab, 'text')).lower().replace(' ', '-')}", dialog)
    dialog.cancel()


def _history(studio: Studio) -> None:
    studio.window.show_history()
    history = _only(studio.root, HistoryWindow)
    studio.wait(lambda: history.selected)
    studio.take("history", history)
    history.open()
    review = _only(history, ReviewWindow)
    studio.wait(lambda: review.session and review.moment.moment and review.charts.picture_size)
    studio.take("review", review)
    history.destroy()


def _only(parent: tk.Misc, kind: type[_Window]) -> _Window:
    return next(child for child in parent.winfo_children() if isinstance(child, kind))


def main(arguments: Sequence[str] | None = None) -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the pictures")
    parser.add_argument("--source", type=SourceSpec.parse, default=SourceSpec(DEMO), help="what to play: file:PATH")
    parser.add_argument("--seconds", type=float, default=25.0, help="how long the session runs before its picture")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    with _studio(options.out) as studio, tempfile.TemporaryDirectory() as data:
        _main_window(studio, options.source, options.seconds)
        _settings(studio)
        _history(studio)
        _agreement(studio)
        _troubles(studio, Path(data))


if __name__ == "__main__":
    main()
