"""Calls into a device that may never return, with a time limit."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeVar

_Result = TypeVar("_Result")


class DeviceThread:
    """Runs jobs one after the other on a thread of its own, so that a hanging driver cannot hang the caller.

    A camera's driver is called on one thread only, as DirectShow and AVFoundation want it. The thread is a daemon: one
    that never comes back must not keep the program from ending, as a `ThreadPoolExecutor`'s would.
    """

    def __init__(self, name: str) -> None:
        self._jobs: SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None] = SimpleQueue()
        threading.Thread(target=self._work, name=name, daemon=True).start()

    def call(self, job: Callable[[], _Result], limit_s: float) -> _Result:
        """Run `job` and wait for what it returns or raises.

        Raises:
            TimeoutError: It took longer than `limit_s` seconds; it still runs, and later jobs wait behind it.
        """
        answer: Future[_Result] = Future()
        self._jobs.put((job, answer))
        return answer.result(limit_s)

    def end(self, last_job: Callable[[], object], limit_s: float) -> None:
        """Run `last_job` after all others and end the thread; return after `limit_s` seconds even if one hangs."""
        answer: Future[object] = Future()
        self._jobs.put((last_job, answer))
        self._jobs.put(None)
        try:
            answer.result(limit_s)
        except TimeoutError:
            # The hanging job is followed by `last_job` whenever the driver lets go of it.
            return

    def _work(self) -> None:
        while (entry := self._jobs.get()) is not None:
            job, answer = entry
            try:
                answer.set_result(job())
            except Exception as error:  # noqa: BLE001 - a thread's boundary: it is raised again by the caller's `result`
                answer.set_exception(error)
