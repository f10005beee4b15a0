"""Fixtures for tests of windows: a window of its own for each, and no error that goes unseen."""

from __future__ import annotations

import gc
import logging
import time
import tkinter as tk
import traceback
from collections.abc import Callable, Iterator
from types import TracebackType

import pytest
import ttkbootstrap as ttk

from emotion_gui.ui.garbage import collect_due
from emotion_gui.ui.look import Look, wear
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs

WaitUntil = Callable[[Callable[[], object]], None]
_LONGEST_S = 20.0


@pytest.fixture(scope="module", autouse=True)
def garbage_stays_on_this_thread() -> Iterator[None]:
    """As in the program; without its loop a variable that ends on a worker would hold that up for a second."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture
def window(root: ttk.App) -> Iterator[tk.Toplevel]:
    """A shown window of its own for each test; gone afterwards with all that was opened over it."""
    top = ttk.Toplevel(title="test", master=root)
    top.geometry("1024x568+0+0")
    top.update()
    yield top
    wear(root, Look())
    for child in root.winfo_children():
        child.destroy()
    root.update()
    collect_due()


@pytest.fixture
def wait_until(root: ttk.App) -> WaitUntil:
    """Let Tk work until a condition holds; fails when it never does."""

    def wait(condition: Callable[[], object]) -> None:
        end = time.monotonic() + _LONGEST_S
        while not condition():
            assert time.monotonic() < end, f"the condition did not come about in {_LONGEST_S:g} s"
            let_tk_work(root)

    return wait


def let_tk_work(root: tk.Misc, interval_ms: int = 5) -> None:
    """Handle Tk's events for some milliseconds; waits in Tk itself, so that no event waits for a sleeping test."""
    over = tk.BooleanVar(root)
    root.after(interval_ms, over.set, True)
    root.wait_variable(over)


class SeenErrors(logging.Handler):
    """Errors that were logged and exceptions that Tk callbacks raised; a test that expects one clears it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(f"logged: {record.getMessage()}")

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self.texts.append("".join(traceback.format_exception(kind, error, trace)))

    def clear(self) -> None:
        self.texts.clear()


@pytest.fixture(autouse=True)
def fail_on_callback_errors(monkeypatch: pytest.MonkeyPatch) -> Iterator[SeenErrors]:
    """Fail the test when a Tk callback raises or an error is logged: by itself, neither would be noticed."""
    seen = SeenErrors()
    monkeypatch.setattr(tk.Tk, "report_callback_exception", seen.report)
    logging.getLogger().addHandler(seen)
    yield seen
    logging.getLogger().removeHandler(seen)
    if seen.texts:
        pytest.fail("errors that nobody saw:\n" + "\n".join(seen.texts))


@pytest.fixture
def controller() -> FakeController:
    return FakeController()


@pytest.fixture
def dialogs() -> FakeDialogs:
    return FakeDialogs()
