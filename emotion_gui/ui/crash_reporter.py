"""Every unexpected error, on whatever thread, goes into the log and is told to the user, the same one once."""

from __future__ import annotations

import logging
import queue
import sys
import threading
import tkinter as tk
from collections import Counter, deque
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from emotion_gui.controller.status import Phase
from emotion_gui.core.crash import Crash, Surroundings, details
from emotion_gui.core.errors import AppError
from emotion_gui.core.translation import _
from emotion_gui.core.versions import versions
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.crash_window import CrashActions, CrashWindow
from emotion_gui.ui.dialogs import Dialogs
from emotion_gui.ui.open_file import show_log
from emotion_gui.ui.polling import Poller

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_log = logging.getLogger(__name__)

_LOGGER = "emotion_gui"
_INTERVAL_MS = 200
# Whoever has seen so many different ones knows that something is wrong; more would only be in the way.
_MOST_WINDOWS = 5


class _Listener(logging.Handler):
    """Hears what every thread's boundary logs, and hands it to the thread of the window."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: queue.SimpleQueue[Crash] = queue.SimpleQueue()

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[0] and not issubclass(record.exc_info[0], AppError):
            self.heard.put(Crash.of(*record.exc_info))


class CrashReporter:
    """Takes over where Python and Tk would print a traceback that nobody sees.

    Args:
        root: The program's window.
        dialogs: Shows expected trouble.

    Attributes:
        window: What is told at the moment; None where nothing is.
    """

    def __init__(self, root: tk.Misc, dialogs: Dialogs) -> None:
        self.window: CrashWindow | None = None
        self._root = root
        self._dialogs = dialogs
        self._controller: Controller | None = None
        self._close: Callable[[], None] = root.destroy
        self._listener = _Listener()
        self._times: Counter[str] = Counter()
        self._waiting: deque[Crash] = deque()
        self._shown: Crash | None = None
        self._poller = Poller(root, self._tick, _INTERVAL_MS)
        self._before = sys.excepthook, threading.excepthook, sys.unraisablehook

    def start(self) -> None:
        """Hear everything from now on, until `stop`."""
        logging.getLogger(_LOGGER).addHandler(self._listener)
        sys.excepthook = _log_it
        threading.excepthook = _log_thread
        sys.unraisablehook = _log_unraisable
        self._poller.start()

    def stop(self) -> None:
        """Leave the interpreter as it was: what fails while it ends cannot be told any more."""
        logging.getLogger(_LOGGER).removeHandler(self._listener)
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before

    def know(self, controller: Controller, close: Callable[[], None]) -> None:
        """Tell what model, settings and session there are from now on, and how the program is closed."""
        self._controller = controller
        self._close = close

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None, /) -> None:
        """What Tk calls when a callback raises."""
        if isinstance(error, AppError):
            _log.debug("told in a dialog", exc_info=(kind, error, trace))
            self._dialogs.show_error(error.message, error.hint)
            return
        _log_it(kind, error, trace)

    def end_by(self, error: Exception) -> None:
        """Tell that the program cannot open its window, and wait until that was read."""
        _log.error("the window cannot be opened", exc_info=error)
        crash = Crash.of(type(error), error, error.__traceback__)
        self._close = _nothing
        self._open(crash, 1, ends=True)
        if self.window and self.window.winfo_exists():
            self.window.wait_window()

    def _tick(self) -> None:
        while not self._listener.heard.empty():
            crash = self._listener.heard.get()
            self._times[crash.signature] += 1
            if self._times[crash.signature] == 1 and len(self._times) <= _MOST_WINDOWS:
                self._waiting.append(crash)
        if self.window is not None and self.window.winfo_exists():
            self._count_again(self.window)
        elif self._waiting:
            crash = self._waiting.popleft()
            self._open(crash, self._times[crash.signature])

    def _count_again(self, window: CrashWindow) -> None:
        if self._shown is not None and self._times[self._shown.signature] != window.told:
            times = self._times[self._shown.signature]
            window.tell(details(self._shown, self._surroundings(), times=times), times)

    def _open(self, crash: Crash, times: int, *, ends: bool = False) -> None:
        self._shown = crash
        what = _("Something unexpected happened in the program ({name}).").format(name=crash.signature.split()[0])
        actions = CrashActions(lambda: show_log(self._dialogs), self._close)
        self.window = CrashWindow(self._root, what, self._meaning(ends=ends), actions=actions, ends=ends)
        self.window.tell(details(crash, self._surroundings(), times=times), times)
        self.window.show()

    def _meaning(self, *, ends: bool) -> str:
        if ends:
            return _("The program cannot open its window. Sessions that were saved before are not touched.")
        if self._controller is not None and self._controller.phase is not Phase.IDLE:
            return _("The session goes on, and what was counted so far is kept.")
        return _("The program goes on as well as it can, and saved sessions are kept.")

    def _surroundings(self) -> Surroundings:
        tk_version = str(self._root.tk.call("info", "patchlevel"))
        controller = self._controller
        if controller is None:
            return Surroundings(versions(tk_version))
        session, source = controller.session, controller.source.spec
        names = (controller.settings.candidate, session.info.candidate if session else "")
        return Surroundings(
            versions(tk_version),
            f"{controller.model.name} {controller.model.sha256}".strip(),
            controller.settings,
            f"{controller.phase.value}, {source.kind if source else 'no source'} {controller.source.state.value}",
            names,
        )


def _nothing() -> None:
    """Whoever waits for the window closes the program."""


def _log_it(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if error is not None:
        _log.error("unexpected error", exc_info=(kind, error, trace))


def _log_thread(hook: threading.ExceptHookArgs) -> None:
    if hook.exc_type is not SystemExit:
        _log_it(hook.exc_type, hook.exc_value, hook.exc_traceback)


def _log_unraisable(hook: UnraisableHookArgs) -> None:
    _log_it(hook.exc_type, hook.exc_value, hook.exc_traceback)
