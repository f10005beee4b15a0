"""Threads for one job each: the newest value only, or every value in order."""

from __future__ import annotations

import logging
import queue
import threading
import time
import traceback
from collections.abc import Callable
from typing import Generic, TypeVar

from emotion_gui.pipeline.latest import LatestSlot

_log = logging.getLogger(__name__)

In = TypeVar("In")
Out = TypeVar("Out")

_JOIN_S = 5.0


class LatestWorker(Generic[In, Out]):
    """Applies a function to the newest value submitted; values that come faster than it works are skipped.

    Attributes:
        results: The newest result.
    """

    def __init__(self, name: str, function: Callable[[In], Out]) -> None:
        self.results: LatestSlot[Out] = LatestSlot()
        self._function = function
        self._inputs: LatestSlot[In] = LatestSlot()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(self, value: In) -> None:
        self._inputs.put(value)

    def stop(self) -> None:
        """End the thread; a value in work is finished."""
        self._stop.set()
        self._thread.join(_JOIN_S)

    def _run(self) -> None:
        while not self._stop.is_set():
            value = self._inputs.take(timeout_s=0.1)
            if value is None:
                continue
            try:
                self.results.put(self._function(value))
            except Exception:  # noqa: BLE001 - the thread's boundary: one bad value must not end all later ones
                _log.exception("%s failed on a value", self._thread.name)


class QueueWorker(Generic[In]):
    """Hands every submitted value, in order and in batches, to a handler; nothing is ever dropped.

    When the handler raises, what it has not handled stays and is tried again, so a full disk delays what is written
    and loses nothing while the program runs.
    """

    def __init__(
        self,
        name: str,
        handler: Callable[[list[In]], None],
        on_trouble: Callable[[Exception | None], None],
        *,
        gather_s: float = 0.25,
        retry_s: float = 2.0,
    ) -> None:
        """Start the thread.

        Args:
            name: Of the thread.
            handler: Takes a batch and removes from its front what is done with; when it raises, it is called again
                with the rest and what has come since.
            on_trouble: Called on the worker's thread with the error when the handler begins to fail, with None when
                it works again.
            gather_s: How long values are gathered into one batch, in seconds.
            retry_s: Pause after a failure, in seconds.
        """
        self._handler = handler
        self._on_trouble = on_trouble
        self._gather_s = gather_s
        self._retry_s = retry_s
        self._queue: queue.SimpleQueue[In] = queue.SimpleQueue()
        self._pending: list[In] = []
        self._failing = False
        self._submitted = 0
        self._handled = 0
        self._stop = threading.Event()
        self._hurry = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(self, value: In) -> None:
        """Add a value; called from one thread only."""
        self._submitted += 1
        self._queue.put(value)

    @property
    def idle(self) -> bool:
        """Whether everything that was submitted is handled."""
        return self._handled >= self._submitted

    @property
    def failing(self) -> bool:
        """Whether the handler failed when it was last called."""
        return self._failing

    def flush(self, timeout_s: float = _JOIN_S) -> bool:
        """Wait until everything submitted before was handled; False when that did not happen in time."""
        wanted = self._submitted
        deadline = time.monotonic() + timeout_s
        while self._handled < wanted and time.monotonic() < deadline:
            self._hurry.set()
            time.sleep(0.005)
        return self._handled >= wanted

    def stop(self) -> int:
        """Hand over what is left and end the thread.

        Returns:
            How many values the handler would not take; 0 when all is well.
        """
        self._stop.set()
        self._hurry.set()
        self._thread.join(_JOIN_S)
        return self._submitted - self._handled

    def _run(self) -> None:
        while not self._stop.is_set():
            self._hurry.wait(self._retry_s if self._failing else self._gather_s)
            self._hurry.clear()
            self._hand_over()
        # What was submitted between the last hand-over and the stop.
        self._hand_over()

    def _hand_over(self) -> None:
        while not self._queue.empty():
            self._pending.append(self._queue.get())
        waiting = len(self._pending)
        if not waiting:
            return
        try:
            self._handler(self._pending)
        except Exception as error:  # noqa: BLE001 - the thread's boundary: whatever it is, the rest is tried again
            if not self._failing:
                _log.warning("%s: %s", self._thread.name, traceback.format_exc())
                self._failing = True
                self._on_trouble(error)
        else:
            if self._failing:
                self._failing = False
                self._on_trouble(None)
        self._handled += waiting - len(self._pending)
