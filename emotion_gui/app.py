"""The composition root of the window: log, settings, store, controller, window, main loop."""

from __future__ import annotations

import logging
import tkinter as tk
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import ttkbootstrap as ttk

from emotion_gui.controller.interview import InterviewController
from emotion_gui.controller.status import Level, Notice
from emotion_gui.core.errors import AppError
from emotion_gui.core.log_file import start_log
from emotion_gui.core.milestones import WINDOW_OPEN
from emotion_gui.core.paths import settings_file, user_data_folder
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import CAMERA, DEMO, SourceSpec
from emotion_gui.core.translation import _, set_language
from emotion_gui.pipeline.system_theme import SystemTheme
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.storage.settings_file import load_settings
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.dialogs import Dialogs
from emotion_gui.ui.look import Look, wear
from emotion_gui.ui.main_window import MainWindow
from emotion_gui.ui.theme import APP_NAME, fit_to_screen, make_root
from emotion_gui.ui.tk_dialogs import TkDialogs

if TYPE_CHECKING:
    from emotion_gui.vision.sources.camera_list import CameraInfo

_log = logging.getLogger(__name__)

_DEMO_CANDIDATE = "Demo"
# Long enough for every desktop that answers at all, and asked behind the opening of the window.
_SYSTEM_ANSWERS_S = 0.3


def run(source: SourceSpec | None = None, *, find_camera: bool = False, autostart: bool = False) -> int:
    """Open the window and stay until it is closed.

    Args:
        source: What to watch; None for what was watched last.
        find_camera: Whether to watch the first camera there is, or the demo clip where there is none, instead.
        autostart: Whether a session begins by itself as soon as the picture and the model are there.

    Returns:
        The exit code: 0.

    Raises:
        AppError: There is no display, or the sessions cannot be stored.
    """
    try:
        log_path = start_log()
    except OSError as error:
        raise _unwritable() from error
    system = SystemTheme()
    root = _open_root()
    dialogs = TkDialogs(root)
    root.report_callback_exception = CrashReporter(dialogs, log_path)
    try:
        _compose(root, dialogs, FirstSource(source, find_camera), _DEMO_CANDIDATE if autostart else "", system=system)
    except AppError as error:
        # A program started by a double-click has no console; the sentence must be seen there too.
        dialogs.show_error(error.message, error.hint)
        root.destroy()
        raise
    root.mainloop()
    system.stop()
    return 0


@dataclass(frozen=True)
class FirstSource:
    """What is watched first: see `run`."""

    source: SourceSpec | None
    find_camera: bool

    def open(self, controller: Controller, settings: Settings) -> None:
        """Open it; what was watched last, where nothing was asked for and it can still be read."""
        if not self.find_camera:
            controller.open_source(self.source or _source_of(settings))
            return

        # Looking for cameras takes a while, so it is done behind the open window.
        def found(cameras: Sequence[CameraInfo]) -> None:
            controller.open_source(SourceSpec(CAMERA, str(cameras[0].index)) if cameras else SourceSpec(DEMO))

        controller.list_cameras(found)


def _compose(root: ttk.App, dialogs: TkDialogs, first: FirstSource, candidate: str, *, system: SystemTheme) -> None:
    try:
        settings, notice = load_settings(settings_file())
        store = SessionStore(user_data_folder())
    except OSError as error:
        raise _unwritable() from error
    set_language(settings.language)
    controller = InterviewController(store, settings, settings_file())
    system.wait(_SYSTEM_ANSWERS_S)
    # Before it is fitted: sizes grow with the text.
    wear(root, Look.of(settings, system_is_dark=system.is_dark()))
    fit_to_screen(root)
    window = MainWindow(root, controller, dialogs, system_is_dark=system.is_dark)
    for sentence in (notice, store.notice):
        if sentence:
            window.tell(Notice(Level.ERROR, sentence))

    def open_picture_and_model() -> None:
        _log.info(WINDOW_OPEN)
        controller.load_model(_model_of(settings))
        first.open(controller, settings)
        window.start(candidate)

    # The window is painted first; what takes seconds begins behind it.
    root.after_idle(lambda: root.after(1, open_picture_and_model))


def _unwritable() -> AppError:
    return AppError(
        _("The program cannot write to its own folder."),
        _("Check that the disk has free space and that you may write to your home folder."),
    )


def _source_of(settings: Settings) -> SourceSpec:
    try:
        return SourceSpec.parse(settings.source)
    except AppError:
        return SourceSpec(DEMO)


def _model_of(settings: Settings) -> Path | None:
    # A file that is gone is told by the controller, which then takes the model that comes with the program.
    return Path(settings.model_path) if settings.model_path else None


def _open_root() -> ttk.App:
    try:
        return make_root(APP_NAME)
    except tk.TclError as error:
        raise AppError(
            _("There is no screen to open the window on."),
            _("Start it from a desktop, or run 'emotion-gui demo --headless --out DIR', which needs none."),
        ) from error


class CrashReporter:
    """What Tk calls when a callback raises: everything into the log, one dialog to the user."""

    def __init__(self, dialogs: Dialogs, log_path: Path) -> None:
        self._dialogs = dialogs
        self._log_path = log_path
        self._told = False

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None, /) -> None:
        if isinstance(error, AppError):
            self._dialogs.show_error(error.message, error.hint)
            return
        _log.error("unexpected error in the window", exc_info=(kind, error, trace))
        # A callback that fails fails again with every beat; a second dialog would only bury the first.
        if not self._told:
            self._told = True
            message = _("Something unexpected happened, and the program goes on as well as it can.")
            self._dialogs.show_error(message, _("The log has the details: {log_path}").format(log_path=self._log_path))
