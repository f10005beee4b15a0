"""Many recordings analysed behind a window: a thread listens to the workers, and what they say waits to be fetched."""

from __future__ import annotations

import logging
import os
import queue
import threading
from collections.abc import Sequence
from dataclasses import replace

from emotion_gui.batch.command import usual_threads
from emotion_gui.batch.plan import BatchPlan, Recording
from emotion_gui.batch.run_events import Ended, Moved, Over, RunEvent
from emotion_gui.batch.work import forget_old_work
from emotion_gui.batch.workers import analyze_many
from emotion_gui.core.errors import AppError
from emotion_gui.core.translation import _

_log = logging.getLogger(__name__)

_CLOSES_WITHIN_S = 15.0


class BackgroundRun:
    """Analyses recordings in processes of their own from its making on; its methods return at once.

    Args:
        recordings: What to analyse.
        plan: How; one core is left to the window.
    """

    def __init__(self, recordings: Sequence[Recording], plan: BatchPlan) -> None:
        self._recordings = recordings
        self._plan = plan
        self._cancelled = threading.Event()
        self._events: queue.SimpleQueue[RunEvent] = queue.SimpleQueue()
        # A daemon: a program that is closed by force must not wait for hours of work.
        self._thread = threading.Thread(target=self._run, name="recordings", daemon=True)
        self._thread.start()

    def take(self) -> list[RunEvent]:
        """Everything that was said since the last call."""
        taken = []
        while not self._events.empty():
            taken.append(self._events.get())
        return taken

    def cancel(self) -> None:
        """End it within a second; what has been analysed of a recording is kept for the next run."""
        self._cancelled.set()

    def close(self) -> None:
        """Cancel it and wait for the end of its processes."""
        self.cancel()
        self._thread.join(_CLOSES_WITHIN_S)

    def _run(self) -> None:
        try:
            self._analyze()
        except AppError as error:
            self._events.put(Over(error))
        except Exception as error:  # noqa: BLE001 - the thread's boundary: unexpected trouble is logged and told, not lost
            _log.exception("The analysis of recordings failed")
            name = type(error).__name__
            self._events.put(
                Over(AppError(_("Something unexpected went wrong ({name}).").format(name=name), _("See the log.")))
            )
        else:
            self._events.put(Over())

    def _analyze(self) -> None:
        forget_old_work(self._plan.work_folder)
        jobs = max(1, min(len(self._recordings), (os.cpu_count() or 1) - 1))
        plan = replace(self._plan, threads=usual_threads(jobs))
        ended = analyze_many(
            self._recordings,
            plan,
            jobs,
            lambda number, share: self._events.put(Moved(number, share)),
            stopped=self._cancelled.is_set,
        )
        for number, outcome in ended:
            self._events.put(Ended(number, outcome))
