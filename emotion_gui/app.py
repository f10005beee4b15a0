"""The composition root of the window: log, settings, store, controller, window, main loop."""

from __future__ import annotations

import logging
import tkinter as tk
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import ttkbootstrap as ttk

from emotion_gui.controller.cameras import number_of
from emotion_gui.controller.interview import InterviewController
from emotion_gui.controller.status import Level, Notice
from emotion_gui.core.errors import AppError
from emotion_gui.core.fault_file import FaultFile
from emotion_gui.core.log_file import start_log
from emotion_gui.core.milestones import WINDOW_OPEN
from emotion_gui.core.paths import settings_file, user_data_folder
from emotion_gui.core.settings import INTRODUCTION, Settings
from emotion_gui.core.source_spec import CAMERA, DEMO, SourceSpec
from emotion_gui.core.translation import _, set_language
from emotion_gui.core.versions import versions
from emotion_gui.pipeline.system_theme import SystemTheme
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.storage.settings_file import load_settings
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.crash_reporter import CrashReporter
from emotion_gui.ui.garbage import TkGarbage
from emotion_gui.ui.look import Look, wear
from emotion_gui.ui.main_window import MainWindow
from emotion_gui.ui.theme import APP_NAME, fit_to_screen, make_root
from emotion_gui.ui.tk_dialogs import TkDialogs
from emotion_gui.ui.window_memory import WindowMemory

if TYPE_CHECKING:
    from emotion_gui.vision.sources.camera_list import CameraInfo

_log = logging.getLogger(__name__)

_DEMO_CANDIDATE = "Demo"
# Long enough for every desktop that answers at all, and asked behind the opening of the window.
_SYSTEM_ANSWERS_S = 0.3
# Files and threads end within this time, or never.
_CLOSES_WITHIN_MS = 15_000


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
        faults = FaultFile()
        start_log()
        crashed = faults.start()
    except OSError as error:
        raise _unwritable() from error
    system = SystemTheme()
    try:
        if crashed:
            _log.error("the program ended unexpectedly last time:\n%s", crashed)
        start = Start(FirstSource(source, find_camera), _DEMO_CANDIDATE if autostart else "", crashed=bool(crashed))
        _run_window(_open_root(), start, system)
    finally:
        system.stop()
        # Whatever was raised: the program ends, and does not crash.
        faults.stop()
    return 0


@dataclass(frozen=True)
class Start:
    """How this run of the program begins.

    Attributes:
        source: What is watched first.
        candidate: Whose session begins by itself; empty for none.
        crashed: Whether the run before ended unexpectedly.
    """

    source: FirstSource
    candidate: str = ""
    crashed: bool = False

    def introduces(self, settings: Settings) -> bool:
        """Whether the introduction is shown: once, and not to somebody who has said what to watch."""
        return not settings.introduction and not self.candidate and self.source.source is None


def _run_window(root: ttk.App, start: Start, system: SystemTheme) -> None:
    """Fill the window and stay until it is closed.

    Raises:
        AppError: The sessions cannot be stored.
    """
    dialogs = TkDialogs(root)
    reporter, garbage = CrashReporter(root, dialogs), TkGarbage(root)
    root.report_callback_exception = reporter
    reporter.start()
    garbage.start()
    try:
        _compose(root, dialogs, start, reporter, system=system)
        root.mainloop()
    except AppError as error:
        # A program started by a double-click has no console; the sentence must be seen there too.
        dialogs.show_error(error.message, error.hint)
        root.destroy()
        raise
    except Exception as error:
        reporter.end_by(error)
        root.destroy()
        raise
    finally:
        garbage.stop()
        reporter.stop()


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
            again = number_of(cameras, settings.camera_name)
            number = cameras[0].index if cameras and again is None else again
            controller.open_source(SourceSpec(DEMO) if number is None else SourceSpec(CAMERA, str(number)))

        controller.list_cameras(found)


def _compose(root: ttk.App, dialogs: TkDialogs, start: Start, reporter: CrashReporter, *, system: SystemTheme) -> None:
    try:
        settings, damaged = load_settings(settings_file())
        store = SessionStore(user_data_folder())
    except OSError as error:
        raise _unwritable() from error
    set_language(settings.language)
    controller = InterviewController(store, settings, settings_file())
    if damaged:
        # Whoever had settings has been here before.
        controller.remember(introduction=INTRODUCTION)
    system.wait(_SYSTEM_ANSWERS_S)
    # Before it is fitted: sizes grow with the text.
    wear(root, Look.of(settings, system_is_dark=system.is_dark()))
    fit_to_screen(root)
    window = MainWindow(root, controller, dialogs, system_is_dark=system.is_dark)
    WindowMemory(root, controller).restore()
    reporter.know(controller, partial(_close_for_sure, root, window))
    _tell(window, damaged, store.notice, crashed=start.crashed)

    def open_picture_and_model() -> None:
        _log.info(WINDOW_OPEN)
        controller.load_model(_model_of(settings))
        start.source.open(controller, settings)
        window.start(start.candidate)
        if start.introduces(controller.settings):
            window.show_introduction()
        _log.info(", ".join(f"{name} {version}" for name, version in versions(_tk_version(root)).items()))

    # The window is painted first; what takes seconds begins behind it.
    root.after_idle(lambda: root.after(1, open_picture_and_model))


def _tell(window: MainWindow, *sentences: str, crashed: bool) -> None:
    for sentence in filter(None, sentences):
        window.tell(Notice(Level.ERROR, sentence))
    if crashed:
        window.tell(
            Notice(Level.ERROR, _("The program ended unexpectedly last time."), _("Help > Open log has the details."))
        )


def _close_for_sure(root: ttk.App, window: MainWindow) -> None:
    """Close the program also where what is broken keeps it from ending by itself."""
    window.close()
    # Still there where the user would rather not end the session.
    if root.state() == "withdrawn":
        root.after(_CLOSES_WITHIN_MS, root.destroy)


def _tk_version(root: ttk.App) -> str:
    return str(root.tk.call("info", "patchlevel"))


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
