"""Many recordings in processes of their own: what crashes on one of them takes no other with it."""

from __future__ import annotations

import logging
import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from emotion_gui.batch.engine import Engine, load_engine
from emotion_gui.batch.plan import BatchPlan, OnShare, Outcome, OutcomeState, Recording
from emotion_gui.batch.recording import analyze_one
from emotion_gui.core.errors import AppError
from emotion_gui.core.log_file import start_log
from emotion_gui.core.translation import _, set_language

# 'spawn' on every system: Windows and built programs know nothing else, and a fork copies locks that are held.
_CONTEXT = multiprocessing.get_context("spawn")
_TELL_EVERY_S = 0.2
_LOOK_EVERY_S = 0.2
_END_S = 5.0

# What a worker says: the share that is done, how a recording ended, or why it cannot work at all.
_Message = float | Outcome | AppError
# Told the number of a recording and its share that is done, 0 to 1.
OnProgress = Callable[[int, float], None]


def attempt(recording: Recording, plan: BatchPlan, engine: Engine, on_share: OnShare) -> Outcome:
    """Analyse a recording; whatever goes wrong is its outcome."""
    try:
        return analyze_one(recording, plan, engine, on_share)
    except AppError as error:
        return Outcome(OutcomeState.FAILED, str(error))
    except Exception:  # noqa: BLE001 - the boundary of one recording: the others must not suffer
        return Outcome(OutcomeState.FAILED, str(unexpected()))


def unexpected() -> AppError:
    """Write the exception in hand into the log."""
    path = start_log()
    logging.getLogger("emotion_gui").exception("unexpected error")
    return AppError(_("Something unexpected happened."), _("The log has the details: {path}").format(path=path))


def analyze_many(
    recordings: Sequence[Recording],
    plan: BatchPlan,
    jobs: int,
    on_progress: OnProgress,
    *,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[int, Outcome]]:
    """Analyse all recordings, some of them at once.

    Args:
        recordings: What to analyse.
        plan: How.
        jobs: Processes at once.
        on_progress: Called in this thread.
        stopped: Asked some times a second; once it says yes, all ends, and what is being analysed keeps what it has.

    Yields:
        Number and outcome of each recording, as they end.

    Raises:
        AppError: The model cannot be used.
    """
    waiting = deque(range(len(recordings)))
    crew: list[_Worker] = []
    try:
        while not stopped() and (waiting or any(worker.number is not None for worker in crew)):
            while waiting and len(crew) < jobs:
                crew.append(_Worker(plan))
            for worker in crew:
                if waiting and worker.number is None:
                    worker.give(waiting[0], recordings[waiting.popleft()])
            busy = {worker.connection: worker for worker in crew if worker.number is not None}
            for ready in wait(list(busy), _LOOK_EVERY_S):
                worker = busy[ready]  # type: ignore[index]  # `wait` gives back what it was given
                number, message = worker.number or 0, worker.hear()
                if isinstance(message, AppError):
                    raise message
                if isinstance(message, float):
                    on_progress(number, message)
                    continue
                if not worker.alive:
                    crew.remove(worker)
                yield number, message
    finally:
        for worker in crew:
            worker.end()


class _Worker:
    """One process and the recording that it is at.

    Attributes:
        connection: Its messages come here.
        number: The recording's number; None while it has none.
        alive: False once it has died.
    """

    def __init__(self, plan: BatchPlan) -> None:
        self.connection, theirs = _CONTEXT.Pipe()
        self.number: int | None = None
        self.alive = True
        # No daemon: those may not try out an unknown model in a process of its own.
        self._process: SpawnProcess = _CONTEXT.Process(target=work, args=(theirs, plan))
        self._process.start()
        # Kept open here, its end would never be seen.
        theirs.close()

    def give(self, number: int, recording: Recording) -> None:
        """Let it analyse a recording."""
        self.number = number
        # Where it has died already, `hear` finds out.
        with suppress(OSError):
            self.connection.send(recording)

    def hear(self) -> _Message:
        """Its next message; an outcome, too, where there will be none any more."""
        try:
            message: _Message = self.connection.recv()
        except (EOFError, OSError):
            self.alive = False
            self._process.join(_END_S)
            message = Outcome(
                OutcomeState.FAILED,
                _("Its process ended in the middle of it (exit code {code}).").format(code=self._process.exitcode),
            )
            self.end()
        if isinstance(message, Outcome):
            self.number = None
        return message

    def end(self) -> None:
        """End the process, whatever it is doing; what it has stored stays."""
        self.connection.close()
        if self._process.is_alive():
            self._process.terminate()
        self._process.join(_END_S)


def work(connection: Connection, plan: BatchPlan) -> None:
    """What a worker's process does: one recording after the other until nobody listens any more."""
    # Ctrl-C goes to all processes of a terminal; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    set_language(plan.spoken)
    teller = _Teller(connection)
    try:
        engine = load_engine(plan)
    except AppError as error:
        teller.tell(error)
        return
    except Exception:  # noqa: BLE001 - the boundary of the process: the first one has to hear of it
        teller.tell(unexpected())
        return
    while True:
        try:
            recording: Recording = connection.recv()
        except (EOFError, OSError):
            return
        teller.tell(attempt(recording, plan, engine, teller.tell_share))


class _Teller:
    """Speaks to the first process; ends this one when that is gone."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._told_at = 0.0

    def tell(self, message: _Message) -> None:
        try:
            self._connection.send(message)
        except OSError:
            # Killed, perhaps: whoever goes on with this recording needs it free.
            raise SystemExit(1) from None

    def tell_share(self, share: float) -> None:
        now = time.monotonic()
        if now - self._told_at >= _TELL_EVERY_S:
            self._told_at = now
            self.tell(share)
