"""A thread that alone works on something, and on which others have things done."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

_log = logging.getLogger(__name__)

T = TypeVar("T")

_JOIN_S = 15.0


class OwnThread:
    """Calls one function again and again, and between two calls whatever other threads hand in."""

    def __init__(self, name: str, step: Callable[[], None], pause_s: float) -> None:
        """Start the thread.

        Args:
            name: Of the thread.
            step: Called about every `pause_s` seconds; what it raises is logged, and it is called again.
            pause_s: Seconds between two calls.
        """
        self._step = step
        self._pause_s = pause_s
        self._calls: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def call(self, function: Callable[[], T], timeout_s: float = 30.0) -> T:
        """Have a function called on the thread.

        Returns:
            What it returns.

        Raises:
            TimeoutError: Its turn did not come, or it did not return, within `timeout_s` seconds.
            Exception: What it raises.
        """
        future: Future[T] = Future()
        self._calls.put((future, function))
        return future.result(timeout_s)

    def stop(self) -> None:
        """End the thread after the calls that were handed in before."""
        self._stop.set()
        self._thread.join(_JOIN_S)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._answer_calls(self._pause_s)
            try:
                self._step()
            except Exception:  # noqa: BLE001 - the thread's boundary: what went wrong once may go well the next time
                _log.exception("%s failed", self._thread.name)
        self._answer_calls(0.0)

    def _answer_calls(self, wait_s: float) -> None:
        """Answer what is waiting; where nothing is, wait so long for something."""
        try:
            future, function = self._calls.get(timeout=wait_s) if wait_s else self._calls.get_nowait()
        except queue.Empty:
            return
        try:
            future.set_result(function())
        except Exception as error:  # noqa: BLE001 - handed to whoever asked
            future.set_exception(error)
        self._answer_calls(0.0)
