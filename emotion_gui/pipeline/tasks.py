"""Work in the background whose outcome is told on the thread that asks for it."""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from emotion_gui.core.errors import AppError
from emotion_gui.core.translation import _

_log = logging.getLogger(__name__)

T = TypeVar("T")


class TaskRunner:
    """Runs tasks on threads of its own; `deliver` calls back on the caller's thread, never on a worker's."""

    def __init__(self, workers: int = 2) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="task")
        self._outcomes: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._closed = False

    def run(self, task: Callable[[], T], done: Callable[[T], None], failed: Callable[[AppError], None]) -> None:
        """Start a task; `done` gets its result, `failed` its error, when `deliver` is next called after its end.

        After `close` nothing is begun any more: a window may still ask while the program ends.

        Raises:
            RuntimeError: The system gives no thread.
        """

        def work() -> None:
            try:
                result = task()
            except AppError as error:
                self._outcomes.put(partial(failed, error))
            except Exception as error:  # noqa: BLE001 - the thread's boundary: unexpected trouble is logged and told, not lost
                _log.exception("A background task failed")
                unexpected = AppError(
                    _("Something unexpected went wrong ({name}).").format(name=type(error).__name__), _("See the log.")
                )
                self._outcomes.put(partial(failed, unexpected))
            else:
                self._outcomes.put(partial(done, result))

        try:
            self._pool.submit(work)
        except RuntimeError:
            # The pool says so both when it is closed and when no thread can start.
            if not self._closed:
                raise

    def deliver(self) -> None:
        """Call back for every task that has ended."""
        while not self._outcomes.empty():
            self._outcomes.get()()

    def close(self) -> None:
        """Let running tasks finish; those not begun are dropped."""
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)
