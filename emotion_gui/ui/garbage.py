"""Python's garbage collector, kept on Tk's thread: what is left of widgets may end nowhere else."""

from __future__ import annotations

import gc
import tkinter as tk

from emotion_gui.ui.polling import Poller

# An hour's garbage is collected in thousands of such steps, none of which anybody notices.
INTERVAL_MS = 100


class TkGarbage:
    """Collects when it is due, as Python would, but on the thread that calls `start` and on no other.

    A closed window is a circle of widgets, variables and commands, so only the collector frees it; by itself it runs on
    whichever thread allocates next. There the end of a variable or picture waits for Tk's thread: for ever, where that
    waits for the same worker or for a lock that it holds, and a second for each once Tk's loop has ended.

    Args:
        widget: Its beat says when to look; ends with it.
    """

    def __init__(self, widget: tk.Misc) -> None:
        self._poller = Poller(widget, collect_due, INTERVAL_MS)
        self._was_on = False

    def start(self) -> None:
        self._was_on = gc.isenabled()
        gc.disable()
        self._poller.start()

    def stop(self) -> None:
        """Collect all there is and leave the collector as it was."""
        self._poller.stop()
        gc.collect()
        if self._was_on:
            gc.enable()


def collect_due() -> None:
    """Collect the oldest generation whose count is over its threshold, and with it all younger ones."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in reversed(range(len(counts))):
        # Nought stands for never, as in `gc.set_threshold`.
        if 0 < thresholds[generation] < counts[generation]:
            gc.collect(generation)
            return
