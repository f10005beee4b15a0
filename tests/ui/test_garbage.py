from __future__ import annotations

import gc
import threading
import tkinter as tk
from collections.abc import Iterator

import pytest
import ttkbootstrap as ttk

from emotion_gui.ui.garbage import TkGarbage
from tests.ui.conftest import WaitUntil

pytestmark = pytest.mark.gui


class _Circle:
    """What only the collector frees; notes on which thread."""

    def __init__(self, ends: list[int]) -> None:
        self._itself = self
        self._ends = ends

    def __del__(self) -> None:
        self._ends.append(threading.get_ident())


@pytest.fixture
def garbage(window: tk.Toplevel) -> Iterator[TkGarbage]:
    # On, as the program finds it, and not off as in the other tests of windows: nothing else keeps it from workers.
    gc.enable()
    garbage = TkGarbage(window)
    garbage.start()
    yield garbage
    garbage.stop()
    gc.disable()


def _allocate() -> None:
    """Make far more than the collector lets pass, again and again."""
    for _ in range(20):
        _fill_up()


def _fill_up() -> None:
    kept = [[number] for number in range(10_000)]
    assert kept


def test_what_is_left_of_windows_ends_on_this_thread_only(garbage: TkGarbage, wait_until: WaitUntil) -> None:
    ends: list[int] = []
    for _ in range(10):
        _Circle(ends)
    worker = threading.Thread(target=_allocate)
    worker.start()
    worker.join()
    assert not ends
    kept = [[number] for number in range(10_000)]
    wait_until(lambda: len(ends) == 10)
    assert set(ends) == {threading.get_ident()}
    assert kept


def test_old_garbage_is_collected_too(garbage: TkGarbage, wait_until: WaitUntil) -> None:
    ends: list[int] = []
    circle = _Circle(ends)
    gc.collect()
    del circle
    thresholds, kept = gc.get_threshold(), [[0]]

    def ended() -> bool:
        # The collector's clock is what is newly there.
        kept.extend([number] for number in range(20))
        return bool(ends)

    gc.set_threshold(10, 1, 1)
    try:
        wait_until(ended)
    finally:
        gc.set_threshold(*thresholds)


def test_a_worker_that_holds_a_lock_never_waits_for_a_variable(root: ttk.App, garbage: TkGarbage) -> None:
    lock, locked = threading.Lock(), threading.Event()

    def work() -> None:
        with lock:
            locked.set()
            _allocate()

    circle = [tk.BooleanVar(root)]
    circle.append(circle)  # type: ignore[arg-type]  # a list that holds itself, as a widget its commands
    del circle
    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    locked.wait()
    # In Tk's loop, as the window's beat does.
    taken: list[bool] = []

    def take() -> None:
        taken.append(lock.acquire(timeout=15))
        root.quit()

    root.after(1, take)
    root.mainloop()
    assert taken == [True]
    lock.release()
    worker.join()


@pytest.mark.parametrize("on", [True, False])
def test_leaves_the_collector_as_it_was(window: tk.Toplevel, *, on: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        garbage = TkGarbage(window)
        garbage.start()
        assert not gc.isenabled()
        garbage.stop()
        assert gc.isenabled() is on
    finally:
        (gc.enable if before else gc.disable)()
