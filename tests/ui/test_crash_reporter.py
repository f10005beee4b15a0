"""Unexpected errors of every thread: in the log each, in a window once, and without a name."""

from __future__ import annotations

import gc
import sys
import threading
import tkinter as tk
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import ttkbootstrap as ttk

from emotion_gui.controller.status import Phase
from emotion_gui.core.errors import AppError
from emotion_gui.pipeline.tasks import TaskRunner
from emotion_gui.pipeline.workers import LatestWorker
from emotion_gui.ui.crash_reporter import CrashReporter
from emotion_gui.ui.crash_window import CrashWindow
from emotion_gui.ui.modal_window import ModalWindow
from tests.ui.conftest import SeenErrors, WaitUntil
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs

pytestmark = pytest.mark.gui


def _raise(error: Exception) -> None:
    raise error


def _grabbed(window: tk.Misc) -> str:
    grabbed = window.tk.splitlist(window.tk.call("grab", "current"))
    return str(grabbed[0]) if grabbed else ""


class Desk:
    """A reporter over a window, and a controller whose state it tells."""

    def __init__(self, window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs) -> None:
        self.closed: list[bool] = []
        self.controller = controller
        self.reporter = CrashReporter(window, dialogs)
        self.reporter.know(controller, lambda: self.closed.append(True))
        self.reporter.start()

    def fail(self, text: str = "oops", count: int = 1) -> None:
        """Fail in a callback of Tk, at the same place each time."""
        for _ in range(count):
            try:
                _raise(ZeroDivisionError(text))
            except ZeroDivisionError as error:
                self.reporter(type(error), error, error.__traceback__)

    @property
    def shown(self) -> CrashWindow | None:
        """The window that tells it, where there is one."""
        window = self.reporter.window
        return window if window is not None and window.winfo_exists() and window.winfo_viewable() else None


@pytest.fixture
def desk(
    window: tk.Toplevel,
    controller: FakeController,
    dialogs: FakeDialogs,
    fail_on_callback_errors: SeenErrors,
) -> Iterator[Desk]:
    made = Desk(window, controller, dialogs)
    yield made
    made.reporter.stop()
    fail_on_callback_errors.clear()


def _wait(desk: Desk, wait_until: WaitUntil) -> CrashWindow:
    wait_until(lambda: desk.shown)
    assert desk.shown is not None
    return desk.shown


def test_expected_trouble_is_a_plain_dialog(desk: Desk, dialogs: FakeDialogs, wait_until: WaitUntil) -> None:
    error = AppError("The disk is full.", "Free some space.")
    desk.reporter(type(error), error, None)
    assert dialogs.errors == [("The disk is full.", "Free some space.")]
    desk.fail()
    assert "ZeroDivisionError" in _wait(desk, wait_until).text.get("1.0", "end")


def test_the_same_error_is_one_window_that_counts(
    desk: Desk, fail_on_callback_errors: SeenErrors, wait_until: WaitUntil
) -> None:
    desk.fail(count=3)
    shown = _wait(desk, wait_until)
    assert len(fail_on_callback_errors.texts) == 3
    assert shown.times.cget("text") == "It happened 3 times."
    desk.fail(count=4)
    wait_until(lambda: shown.times.cget("text") == "It happened 7 times.")
    assert "times: 7" in shown.text.get("1.0", "end")
    shown.accept()
    desk.fail(count=5)
    # Another one is told after it, so the old one had its turn and was not told again.
    _fail_elsewhere(desk)
    assert "KeyError" in _wait(desk, wait_until).text.get("1.0", "end")


def _fail_elsewhere(desk: Desk) -> None:
    try:
        _raise(KeyError("elsewhere"))
    except KeyError as error:
        desk.reporter(type(error), error, error.__traceback__)


def test_another_error_waits_until_the_first_was_read(desk: Desk, wait_until: WaitUntil) -> None:
    desk.fail()
    _fail_elsewhere(desk)
    first = _wait(desk, wait_until)
    assert "ZeroDivisionError" in first.text.get("1.0", "end")
    first.accept()
    wait_until(lambda: desk.shown is not None and "KeyError" in desk.shown.text.get("1.0", "end"))


def test_what_is_copied_names_nobody(desk: Desk, window: tk.Toplevel, wait_until: WaitUntil) -> None:
    desk.controller.settings = replace(desk.controller.settings, candidate="Ada Lovelace", max_rate=12)
    desk.fail("cannot write '/home/grace/Ada Lovelace.csv' of Ada Lovelace")
    shown = _wait(desk, wait_until)
    shown.copy.invoke()
    copied = window.clipboard_get()
    for part in ("Emotion GUI: ", "Tk: 8.", "emotion-small abab", "session: idle", "max_rate=12", "Traceback"):
        assert part in copied
    for name in ("Ada", "Lovelace", "grace"):
        assert name not in copied
    assert shown.copy.cget("text") == "✓ Copied"


@pytest.mark.parametrize(
    ("phase", "meaning"), [(Phase.IDLE, "The program goes on"), (Phase.RUNNING, "The session goes on")]
)
def test_it_says_what_becomes_of_the_session(desk: Desk, wait_until: WaitUntil, phase: Phase, meaning: str) -> None:
    desk.controller.phase = phase
    desk.fail()
    texts = [str(each.cget("text")) for each in _wait(desk, wait_until).body.winfo_children() if "text" in each.keys()]  # noqa: SIM118 - a widget's options
    assert any(text.startswith(meaning) for text in texts)
    assert desk.controller.phase is phase


def test_the_program_can_be_closed_from_it(desk: Desk, wait_until: WaitUntil) -> None:
    desk.fail()
    _wait(desk, wait_until).close.invoke()
    assert desk.closed == [True]


def test_the_log_is_shown(desk: Desk, wait_until: WaitUntil, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def show(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr("webbrowser.open", show)
    desk.fail()
    _wait(desk, wait_until).log.invoke()
    assert opened[0].endswith("emotion-gui.log")


def test_a_window_that_waits_for_its_answer_has_the_keyboard_again(
    desk: Desk, window: tk.Toplevel, wait_until: WaitUntil
) -> None:
    waiting = ModalWindow(window, "A question")
    waiting.show()
    desk.fail()
    shown = _wait(desk, wait_until)
    wait_until(lambda: _grabbed(window) == str(shown))
    shown.accept()
    assert _grabbed(window) == str(waiting)
    waiting.cancel()


class _Unraisable:
    def __del__(self) -> None:
        raise ZeroDivisionError("in __del__")


def _thread() -> None:
    def run() -> None:
        raise ZeroDivisionError("in a thread")

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def _task() -> None:
    tasks = TaskRunner(1)
    tasks.run(lambda: 1 / 0, lambda _: None, lambda _: None)
    tasks.close()


def _unraisable() -> None:
    _Unraisable()
    gc.collect()


def _main_thread() -> None:
    try:
        _raise(ZeroDivisionError("outside of any window"))
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)


@pytest.mark.parametrize("happen", [_thread, _task, _unraisable, _main_thread])
def test_what_fails_elsewhere_is_told_too(desk: Desk, wait_until: WaitUntil, happen: Callable[[], None]) -> None:
    happen()
    assert "ZeroDivisionError" in _wait(desk, wait_until).text.get("1.0", "end")


def test_a_worker_that_fails_is_told(desk: Desk, wait_until: WaitUntil) -> None:
    worker: LatestWorker[int, float] = LatestWorker("charts", lambda value: 1 / value)
    worker.submit(0)
    assert "ZeroDivisionError" in _wait(desk, wait_until).text.get("1.0", "end")
    worker.stop()


def test_it_leaves_the_interpreter_as_it_was(window: tk.Toplevel, dialogs: FakeDialogs) -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    reporter = CrashReporter(window, dialogs)
    reporter.start()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) != before
    reporter.stop()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def test_a_program_that_cannot_open_offers_only_to_close(desk: Desk, root: ttk.App, wait_until: WaitUntil) -> None:
    def answer() -> None:
        if desk.shown is None:
            root.after(10, answer)
            return
        assert not desk.shown.cancel_button.winfo_viewable()
        assert "cannot open its window" in " ".join(
            str(each.cget("text"))
            for each in desk.shown.body.winfo_children()
            if "text" in each.keys()  # noqa: SIM118
        )
        desk.shown.close.invoke()

    root.after(10, answer)
    desk.reporter.end_by(ZeroDivisionError("no window"))
    assert not desk.closed
