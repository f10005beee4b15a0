"""Work on unknown files in a process of its own: whatever happens there, this process goes on."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from emotion_gui.core.errors import AppError

_log = logging.getLogger(__name__)

In = TypeVar("In")
Out = TypeVar("Out")

# More than a large photo needs, less than what brings a machine down.
_MOST_BYTES = 6 * 1024**3


class IsolatedWorkError(Exception):
    """The work came to no result: it crashed, took too long, or met something unexpected."""


class BusyError(Exception):
    """Others' work took all the time that somebody was ready to wait."""


@dataclass(frozen=True)
class _Child:
    process: BaseProcess
    connection: Connection


class IsolatedWorker(Generic[In, Out]):
    """A child process that does one thing at a time; started when it is needed, and anew after it was lost."""

    def __init__(self, work: Callable[[In], Out], *, limit_s: float, wait_s: float) -> None:
        """Prepare; the first `ask` starts the process.

        Args:
            work: A function at the top of a module; imported anew in the child.
            limit_s: After so many seconds the child is ended.
            wait_s: Seconds for which `ask` waits for others' work to end.
        """
        self._work = work
        self._limit_s = limit_s
        self._wait_s = wait_s
        self._turn = threading.Lock()
        self._child: _Child | None = None

    @property
    def process_id(self) -> int | None:
        """Of the child; None while there is none."""
        return self._child.process.pid if self._child else None

    def ask(self, value: In) -> Out:
        """Have it done.

        Raises:
            AppError: What the work raised.
            IsolatedWorkError: There is no result.
            BusyError: The turn did not come in time.
        """
        if not self._turn.acquire(timeout=self._wait_s):
            raise BusyError
        try:
            answer = self._exchange(value)
        finally:
            self._turn.release()
        if isinstance(answer, AppError):
            raise answer
        if isinstance(answer, _Failure):
            _log.error("isolated work failed: %s", answer.details)
            raise IsolatedWorkError(answer.details)
        return answer

    def close(self) -> None:
        """End the child, after what it is doing."""
        with self._turn:
            self._end()

    def _exchange(self, value: In) -> Out | AppError | _Failure:
        try:
            child = self._child or self._start()
            child.connection.send(value)
            if child.connection.poll(self._limit_s):
                answer: Out | AppError | _Failure = child.connection.recv()
                return answer
        except (EOFError, OSError) as error:
            self._end()
            return _Failure(f"the process was lost ({type(error).__name__})")
        self._end()
        return _Failure(f"no result within {self._limit_s:g} s")

    def _start(self) -> _Child:
        # 'spawn' on every system: a fork would copy locks that other threads hold at that moment.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._work), name="isolated", daemon=True)
        process.start()
        # So that the end of either process is the end of the pipe.
        theirs.close()
        self._child = _Child(process, ours)
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child:
            child.connection.close()
            child.process.kill()
            child.process.join()
            child.process.close()


@dataclass(frozen=True)
class _Failure:
    details: str


def _serve(connection: Connection, work: Callable[[In], Out]) -> None:
    """What the child does until its parent is gone."""
    _be_quiet()
    _limit_memory()
    # Ctrl-C is for the parent, which then ends the child.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        while True:
            connection.send(_outcome(work, connection.recv()))


def _outcome(work: Callable[[In], Out], value: In) -> Out | AppError | _Failure:
    try:
        return work(value)
    except AppError as error:
        return error
    except Exception:  # noqa: BLE001 - the process's boundary: told to the parent
        return _Failure(traceback.format_exc())


def _be_quiet() -> None:
    """Decoders complain of damaged files on the terminal, past everything that Python could catch."""
    sink = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        with suppress(OSError):
            os.dup2(sink, descriptor)


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    # macOS refuses limits below what is mapped already.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
