"""The real window at work: how smoothly it shows, how soon a face has its name, how long its loop is held up."""

from __future__ import annotations

import tempfile
import time
import tkinter as tk
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import numpy as np
import ttkbootstrap as ttk

from emotion_gui.bench.live_probes import ObservedController, ResultLog, observed_backends
from emotion_gui.bench.portrait import PortraitSource
from emotion_gui.bench.table import SkippedError
from emotion_gui.controller.status import ModelState
from emotion_gui.core.consent import AskedOf, Consent, Purpose
from emotion_gui.core.source_spec import CAMERA, SourceSpec
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.ui.garbage import TkGarbage
from emotion_gui.ui.main_window import MainWindow
from emotion_gui.ui.theme import APP_NAME, make_root
from emotion_gui.ui.tk_dialogs import TkDialogs

_SECONDS, _QUICK_SECONDS = 20.0, 5.0
# Charts, caches and threads settle in the first seconds of a session.
_WARM_UP_S = 3.0
_READY_WITHIN_S = 60.0
_GEOMETRY = "1280x800"
_BEAT_MS = 5


def measure(*, quick: bool) -> dict[str, float]:
    """Run a session in the window on a portrait that sways at 640x480, 30 frames a second.

    Returns:
        `shown_fps`, `results_per_s`, `delay_ms` (see `label_delays`), `result_delay_ms` (until the probabilities are
        there), `chart_redraws_per_s` and `tk_gap_p99_ms` (between two beats of a timer of 5 ms in the window's loop).

    Raises:
        SkippedError: There is no display, or the session could not begin.
    """
    try:
        root = make_root(APP_NAME)
    except tk.TclError as error:
        raise SkippedError("There is no display to open the window on.") from error
    source, results, garbage = PortraitSource(), ResultLog(), TkGarbage(root)
    garbage.start()
    with tempfile.TemporaryDirectory() as folder, SessionStore(Path(folder)) as store:
        backends = observed_backends(source, results)
        controller = ObservedController(
            store, Path(folder) / "settings.json", backends=backends, after_drawing=root.after_idle
        )
        try:
            begin, end, gaps = _run_session(root, controller, _QUICK_SECONDS if quick else _SECONDS)
        finally:
            _close(root, controller)
            garbage.stop()
    return _figures(Run(begin, end, gaps, source.captured_at, results.at, controller.shown, controller.charts_at))


def _run_session(root: ttk.App, controller: ObservedController, seconds: float) -> tuple[float, float, list[float]]:
    """Play until the time is over; returns its begin and end by `time.monotonic`, and the loop's gaps in seconds."""
    root.geometry(_GEOMETRY)
    window = MainWindow(root, controller, TkDialogs(root))
    controller.load_model(None)
    controller.open_source(SourceSpec(CAMERA, "0"))
    window.start()
    _loop_until(root, lambda: controller.model.state is ModelState.READY)
    # No camera opens without an agreement; the person in this portrait can no longer be asked.
    consent = Consent(datetime.now(UTC), "bench", "en", asked_of=AskedOf.USER)
    controller.start("Bench", "", purpose=Purpose.OTHER, consent=consent)
    _loop_until(root, lambda: _counts(controller))
    _loop_until(root, _passed(_WARM_UP_S))
    beats: list[float] = []
    _beat(root, beats)
    begin = time.monotonic()
    _loop_until(root, _passed(seconds))
    return begin, time.monotonic(), list(np.diff(beats))


def _counts(controller: ObservedController) -> bool:
    return controller.session is not None and controller.session.statistics.frames > 0


def _passed(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


def _loop_until(root: tk.Misc, condition: Callable[[], bool]) -> None:
    """Run Tk's own loop, not `update` in a loop of ours: its waiting is part of what is measured."""
    limit = time.monotonic() + _READY_WITHIN_S

    def check() -> None:
        if condition() or time.monotonic() > limit:
            root.quit()
        else:
            root.after(50, check)

    check()
    root.mainloop()
    if not condition():
        raise SkippedError("The session did not begin within a minute; the window or the log says why.")


def _beat(root: tk.Misc, beats: list[float]) -> None:
    beats.append(time.monotonic())
    root.after(_BEAT_MS, _beat, root, beats)


def _close(root: tk.Misc, controller: ObservedController) -> None:
    closed: list[int] = []
    controller.close(closed.append)

    def poll() -> None:
        controller.poll()
        root.after(20, poll)

    poll()
    _loop_until(root, lambda: bool(closed))
    root.destroy()


@dataclass(frozen=True)
class Run:
    """What was noted while the session ran; all times in seconds of `time.monotonic`.

    Attributes:
        begin: When the measured time began.
        end: When it ended.
        gaps: Seconds between the beats of the window's loop.
        captured_at: When each frame was there, by its number.
        results: When each analysed frame had its probabilities, by its number.
        shown: For every picture on the screen, when it was captured and when it was drawn, in order.
        charts_at: When the charts were redrawn.
    """

    begin: float
    end: float
    gaps: list[float]
    captured_at: list[float]
    results: dict[int, float]
    shown: list[tuple[float, float]]
    charts_at: list[float]


def _figures(run: Run) -> dict[str, float]:
    seconds = run.end - run.begin
    named = {number: at for number, at in run.results.items() if run.begin <= at <= run.end}
    drawn = sum(run.begin <= at <= run.end for _, at in run.shown)
    return {
        "shown_fps": drawn / seconds,
        "results_per_s": len(named) / seconds,
        "delay_ms": 1000 * median(label_delays(run)),
        "result_delay_ms": 1000 * median(at - run.captured_at[number] for number, at in named.items()),
        "chart_redraws_per_s": sum(run.begin <= at <= run.end for at in run.charts_at) / seconds,
        "tk_gap_p99_ms": 1000 * float(np.percentile(run.gaps, 99)),
    }


def label_delays(run: Run) -> list[float]:
    """Seconds from a frame's capture until its label is on the screen, for every named frame of the run.

    A label is drawn on the first picture that is composed after the result is there. A picture that was captured after
    the result surely carries it, so its drawing is taken: at most one frame too late, never too early.
    """
    captures = [captured for captured, _ in run.shown]
    delays = []
    for number, result_at in run.results.items():
        index = bisect_left(captures, result_at)
        if run.begin <= result_at <= run.end and index < len(captures):
            delays.append(run.shown[index][1] - run.captured_at[number])
    return delays
