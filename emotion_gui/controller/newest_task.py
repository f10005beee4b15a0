"""Work in the background of which only the newest request matters, as of a scrubber that is dragged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from emotion_gui.core.errors import AppError
from emotion_gui.pipeline.tasks import TaskRunner

In = TypeVar("In")
Out = TypeVar("Out")


class NewestTask(Generic[In, Out]):
    """Runs one request at a time; of those that come meanwhile only the newest is kept.

    `ask` is called on the thread that delivers the runner's outcomes.
    """

    def __init__(self, tasks: TaskRunner, work: Callable[[In], Out], failed: Callable[[AppError], None]) -> None:
        """Take what runs the work, the work itself, and who is told when it fails."""
        self._tasks = tasks
        self._work = work
        self._failed = failed
        self._waiting: tuple[In, Callable[[Out], None]] | None = None
        self._busy = False

    def ask(self, request: In, done: Callable[[Out], None]) -> None:
        """Have a request worked on; `done` gets the outcome unless a newer request takes its place."""
        self._waiting = (request, done)
        if not self._busy:
            self._next()

    def _next(self) -> None:
        self._busy = self._waiting is not None
        if self._waiting is None:
            return
        (request, done), self._waiting = self._waiting, None

        def tell(outcome: Out) -> None:
            self._next()
            done(outcome)

        def tell_error(error: AppError) -> None:
            self._next()
            self._failed(error)

        self._tasks.run(lambda: self._work(request), tell, tell_error)
