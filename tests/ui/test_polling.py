from __future__ import annotations

import tkinter as tk

import pytest
import ttkbootstrap as ttk

from emotion_gui.ui.polling import Poller
from tests.ui.conftest import SeenErrors, WaitUntil, let_tk_work

pytestmark = pytest.mark.gui


def test_beats_until_it_is_stopped(window: tk.Toplevel, wait_until: WaitUntil) -> None:
    beats: list[int] = []
    poller = Poller(window, lambda: beats.append(1))
    poller.start()
    wait_until(lambda: len(beats) >= 3)
    poller.stop()
    stopped_at = len(beats)
    let_tk_work(window, 50)
    assert len(beats) == stopped_at


def test_ends_with_its_widget(root: ttk.App, window: tk.Toplevel, wait_until: WaitUntil) -> None:
    beats: list[int] = []
    frame = ttk.Frame(window)
    Poller(frame, lambda: beats.append(1)).start()
    wait_until(lambda: beats)
    frame.destroy()
    stopped_at = len(beats)
    let_tk_work(root, 50)
    assert len(beats) == stopped_at


def test_a_beat_may_destroy_the_widget(root: ttk.App, window: tk.Toplevel, wait_until: WaitUntil) -> None:
    frame = ttk.Frame(window)
    Poller(frame, frame.destroy).start()
    wait_until(lambda: not frame.winfo_exists())
    let_tk_work(root, 50)


def test_an_error_does_not_end_the_beat(
    window: tk.Toplevel, wait_until: WaitUntil, fail_on_callback_errors: SeenErrors
) -> None:
    beats: list[int] = []

    def tick() -> None:
        beats.append(1)
        if len(beats) == 1:
            raise ValueError("first beat")

    Poller(window, tick).start()
    wait_until(lambda: len(beats) >= 3)
    assert "first beat" in fail_on_callback_errors.texts[0]
    fail_on_callback_errors.clear()
