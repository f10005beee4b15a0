"""The whole program with its window, and the hands and eyes of the person before it."""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from PIL import ImageColor, ImageGrab

from emotion_gui.controller.interview import InterviewController
from emotion_gui.controller.status import ModelState, Phase, SourceState
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.session import InterviewSession, SessionRecord, SessionState
from emotion_gui.core.settings import Settings
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.ui.chart_panel import ChartPanel
from emotion_gui.ui.main_window import MainWindow
from emotion_gui.ui.settings.dialog import SettingsDialog
from tests.keys import press_key
from tests.ui.conftest import let_tk_work
from tests.ui.fake_dialogs import FakeDialogs

_LONGEST_S = 60.0
# Tk's names of the characters that are not their own name.
_KEYS = {" ": "space", ".": "period", ",": "comma", "-": "minus"}

_Window = TypeVar("_Window", bound=tk.Toplevel)


@dataclass(frozen=True)
class Files:
    """What an export of everything leaves."""

    results: Path
    summary: Path
    page: Path


class Program:
    """Detector, model, store, controller and window are the real ones; only the questions about files are answered.

    Attributes:
        store: Where the sessions are kept.
        controller: The one behind the window.
        dialogs: What the user answers, and what was asked.
        main: The main window.
    """

    def __init__(
        self, top: tk.Toplevel, data: Path, settings: Settings | None = None, dialogs: FakeDialogs | None = None
    ) -> None:
        self.store = SessionStore(data)
        self.controller = InterviewController(self.store, settings or Settings(), data / "settings.json")
        self.dialogs = dialogs or FakeDialogs()
        self.main = MainWindow(top, self.controller, self.dialogs)
        self._top = top

    def start(self) -> None:
        """Begin as the program does once its window stands."""
        self.controller.load_model(None)
        self.main.start()

    def close(self) -> None:
        """Close the window as a user does who confirms it, and wait until all has ended."""
        self.dialogs.answer = "End and close"
        self.main.close()
        self.wait(lambda: not self._top.winfo_exists(), "the window's end")
        self.store.close()

    def wait(self, condition: Callable[[], object], what: str) -> None:
        """Let the program run until something is the case."""
        end = time.monotonic() + _LONGEST_S
        while not condition():
            assert time.monotonic() < end, f"{what} did not come about in {_LONGEST_S:g} s: {self._state()}"
            let_tk_work(self._top.master, 10)

    def wait_for_face(self) -> None:
        controller = self.controller
        self.wait(
            lambda: (
                controller.model.state is ModelState.READY
                and controller.source.state is SourceState.PLAYING
                and "1 face: " in self.main.video.caption.cget("text")
            ),
            "a named face",
        )

    def wait_until_ready(self) -> None:
        """Until a session can be started: the model is there, and a recording is shown or a camera was chosen."""
        controller = self.controller
        states = {SourceState.PLAYING, SourceState.WAITING}
        self.wait(
            lambda: controller.model.state is ModelState.READY and controller.source.state in states,
            "model and source",
        )

    def press(self, key: str) -> None:
        """Press a key over the main window, as Tk names it: '<F5>'."""
        press_key(self._top, key)

    def type_into(self, entry: tk.Widget, text: str) -> None:
        """Replace what stands in a text field, key by key."""
        press_key(entry, "<<SelectAll>>")
        entry.event_generate("<BackSpace>")
        for character in text:
            entry.event_generate(f"<Key-{_KEYS.get(character, character)}>")

    def start_session(self, candidate: str) -> None:
        """Type a name and press F5."""
        self.type_into(self.main.session_panel.candidate, candidate)
        self.press("<F5>")
        assert self.controller.phase is Phase.RUNNING, self._state()

    def count_for(self, seconds: float) -> None:
        """Let the session run until so much time is counted."""
        self.wait(lambda: self.session.statistics.duration_s >= seconds, f"{seconds:g} s that count")

    def change_settings(self, change: Callable[[SettingsDialog], None]) -> None:
        """Open the settings by their key, change something and press OK."""

        def answer() -> None:
            dialog = self.find(SettingsDialog)
            if dialog is None or not dialog.winfo_viewable():
                self._top.after(10, answer)
                return
            change(dialog)
            dialog.ok_button.invoke()

        self._top.after(10, answer)
        self.press("<Control-comma>")

    def export_all(self, folder: Path) -> Files:
        """Export by the key, and wait until the window says that it is done."""
        self.dialogs.folder = folder
        self.press("<Control-e>")
        self.wait(lambda: f"Saved in {folder}" in self.main.banner.text.cget("text"), "the export")
        summary = next(folder.glob("*_summary.csv"))
        stem = summary.name.removesuffix("_summary.csv")
        return Files(folder / f"{stem}.csv", summary, folder / f"{stem}.png")

    def find(self, kind: type[_Window]) -> _Window | None:
        """The window of a kind that is open over the main one."""
        return next((child for child in self._top.winfo_children() if isinstance(child, kind)), None)

    def colored_pixels(self, panel: ChartPanel, emotion: Emotion) -> int:
        """How many pixels of an emotion's colour a chart has on the screen."""
        canvas = panel.canvas
        x, y = canvas.winfo_rootx(), canvas.winfo_rooty()
        picture = ImageGrab.grab((x, y, x + canvas.winfo_width(), y + canvas.winfo_height())).convert("RGB")
        return int((np.asarray(picture) == ImageColor.getrgb(emotion.color)).all(axis=-1).sum())

    @property
    def session(self) -> InterviewSession:
        assert self.controller.session is not None
        return self.controller.session

    def record(self) -> SessionRecord:
        """The session as the store has it once it has ended there."""
        session_id = self.session.info.session_id
        ended = {SessionState.FINISHED}
        self.wait(
            lambda: {s.state for s in self.store.list() if s.session_id == session_id} == ended, "a saved session"
        )
        return self.store.load(session_id)

    def _state(self) -> str:
        main = self.main
        texts = (main.status_bar.source, main.status_bar.model, main.video.caption, main.banner.text)
        session = self.controller.session
        counted = f"{session.statistics.duration_s:.1f} s counted" if session else "no session"
        return ", ".join([str(self.controller.phase), counted, *(str(label.cget("text")) for label in texts)])
