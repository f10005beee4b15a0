"""The one heartbeat of the window: workers are asked, since they must never call Tk themselves."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

INTERVAL_MS = 10


class Poller:
    """Calls `tick` about every `interval_ms` milliseconds until the widget is destroyed.

    The next call is only asked for after the last one returned, so a slow tick slows the beat down and never piles up.
    """

    def __init__(self, widget: tk.Misc, tick: Callable[[], None], interval_ms: int = INTERVAL_MS) -> None:
        self._widget = widget
        self._tick = tick
        self._interval_ms = interval_ms
        self._pending: str | None = None
        widget.bind("<Destroy>", self._on_destroy, add="+")

    def start(self) -> None:
        if self._pending is None:
            self._schedule()

    def stop(self) -> None:
        if self._pending is not None:
            self._widget.after_cancel(self._pending)
            self._pending = None

    def _schedule(self) -> None:
        self._pending = self._widget.after(self._interval_ms, self._beat)

    def _beat(self) -> None:
        try:
            self._tick()
        finally:
            # A tick may have stopped the poller or closed the window; one that raised must not end the beat.
            if self._pending is not None:
                self._schedule()

    def _on_destroy(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget is self._widget:
            self.stop()
