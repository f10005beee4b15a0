"""Recordings in a queue, analysed in processes of their own behind the window."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from emotion_gui.batch.plan import BatchPlan, Outcome, OutcomeState, Recording
from emotion_gui.batch.run_events import Ended, Moved, Over, RunEvent
from emotion_gui.controller.queue_rows import QueueProgress, QueueRequest, QueueRow, RowState, TimeLeft
from emotion_gui.controller.queue_rules import check_request, plan_of
from emotion_gui.controller.status import Level, Notice, Phase
from emotion_gui.core.errors import AppError
from emotion_gui.core.paths import analyses_folder
from emotion_gui.core.settings import Settings
from emotion_gui.core.translation import _, plural
from emotion_gui.pipeline.tasks import TaskRunner

Failed = Callable[[AppError], None]


class RecordingsRun(Protocol):
    """An analysis of several recordings that goes on by itself; `emotion_gui.batch.background.BackgroundRun`."""

    def take(self) -> Sequence[RunEvent]: ...
    def cancel(self) -> None: ...
    def close(self) -> None: ...


BeginRun = Callable[[Sequence[Recording], BatchPlan], RecordingsRun]


@dataclass(frozen=True)
class Surroundings:
    """What a queue needs of the program around it.

    Attributes:
        store_folder: Where the sessions go.
        settings: The settings as they are now.
        phase: Where the live session stands.
        kept_name: The name that a session keeps for one that was typed.
        tell: Shows something to the user once.
    """

    store_folder: Path
    settings: Callable[[], Settings]
    phase: Callable[[], Phase]
    kept_name: Callable[[str], str]
    tell: Callable[[Notice], None]


class Recordings:
    """The queue; every method is called on one thread and returns at once.

    Attributes:
        rows: The recordings in their order.
    """

    def __init__(self, tasks: TaskRunner, around: Surroundings, begin: BeginRun) -> None:
        self.rows: tuple[QueueRow, ...] = ()
        self._tasks = tasks
        self._around = around
        self._begin = begin
        self._run: RecordingsRun | None = None
        self._cancelling = False
        self._keys: Sequence[int] = ()
        self._next_key = 0
        self._left = TimeLeft(time.monotonic)

    @property
    def running(self) -> bool:
        """Whether recordings are being analysed."""
        return self._run is not None

    @property
    def progress(self) -> QueueProgress:
        """How far the recordings of this run are, or those of the last one."""
        chosen = set(self._keys)
        rows = [row for row in self.rows if row.key in chosen]
        ended = sum(row.state in {RowState.DONE, RowState.FAILED} for row in rows)
        share = self._left.share(rows)
        left_s = self._left.seconds(rows) if self.running else None
        return QueueProgress(ended, len(rows), share, left_s, running=self.running, cancelling=self._cancelling)

    def add(self, paths: Sequence[Path], done: Callable[[int], None], failed: Failed) -> None:
        """Find the recordings in files and folders; those that are in the queue already are left out.

        Args:
            paths: Files, and folders that are looked through with all below.
            done: Gets the number of those that were new.
            failed: Gets the error.
        """

        def work() -> tuple[Recording, ...]:
            from emotion_gui.controller.queue_finding import recordings_at

            return recordings_at(paths, analyses_folder(self._around.store_folder))

        self._tasks.run(work, lambda found: done(self._take_in(found)), failed)

    def remove(self, keys: Iterable[int]) -> None:
        """Take recordings out; their sessions stay. Does nothing while the queue runs."""
        gone = set(keys)
        if not self.running:
            self.rows = tuple(row for row in self.rows if row.key not in gone)

    def rename(self, keys: Iterable[int], name: str) -> None:
        """Give recordings a name, or its code where the settings want codes; not those that are done."""
        chosen, kept = set(keys), self._around.kept_name(name.strip())
        if kept and not self.running:
            self.rows = tuple(
                replace(row, name=kept) if row.key in chosen and row.state is not RowState.DONE else row
                for row in self.rows
            )

    def start(self, request: QueueRequest) -> None:
        """Analyse what waits and go on with what was cancelled; where there is neither, try again what failed.

        Raises:
            AppError: It may not begin; the message says what to do.
        """
        wanted = self._wanted()
        check_request(request, self._around.phase(), running=self.running, empty=not wanted)
        keys = {row.key for row in wanted}
        self.rows = tuple(
            replace(row, state=RowState.WAITING, text="", share=0.0) if row.key in keys else row for row in self.rows
        )
        plan = plan_of(request, self._around.settings(), self._around.store_folder)
        self._keys = [row.key for row in wanted]
        self._cancelling = False
        self._left.begin()
        self._run = self._begin([replace(row.recording, name=row.name) for row in wanted], plan)

    def cancel(self) -> None:
        """Stop what is being analysed; what waits goes on waiting."""
        if self._run:
            self._cancelling = True
            self._run.cancel()

    def poll(self) -> None:
        """Take in what the run has said since the last call."""
        for event in self._run.take() if self._run else ():
            match event:
                case Moved(number, share):
                    self._move(number, share)
                case Ended(number, outcome):
                    self._end(number, outcome)
                case Over(error):
                    self._finish(error)

    def close(self) -> None:
        """End the run and its processes; may take a moment, so not on the window's thread."""
        if self._run:
            self._run.close()

    def _wanted(self) -> list[QueueRow]:
        open_rows = [row for row in self.rows if row.state in {RowState.WAITING, RowState.CANCELLED}]
        return open_rows or [row for row in self.rows if row.state is RowState.FAILED]

    def _take_in(self, found: Iterable[Recording]) -> int:
        known = {row.recording.source.address for row in self.rows}
        fresh = [recording for recording in found if recording.source.address not in known]
        self.rows += tuple(
            QueueRow(key, recording, self._around.kept_name(Path(recording.source.address).stem))
            for key, recording in enumerate(fresh, self._next_key)
        )
        self._next_key += len(fresh)
        return len(fresh)

    def _change(self, number: int, change: Callable[[QueueRow], QueueRow]) -> None:
        key = self._keys[number]
        self.rows = tuple(change(row) if row.key == key else row for row in self.rows)

    def _move(self, number: int, share: float) -> None:
        self._change(number, lambda row: replace(row, state=RowState.ANALYSING, share=share))

    def _end(self, number: int, outcome: Outcome) -> None:
        if outcome.state is OutcomeState.FAILED:
            self._change(number, lambda row: replace(row, state=RowState.FAILED, text=outcome.text))
        else:
            self._change(number, lambda row: replace(row, state=RowState.DONE, share=1.0, found=outcome.found))
        if outcome.state is OutcomeState.SKIPPED:
            # What took no time says nothing of the time left.
            self._left.leave_out(self._keys[number])

    def _finish(self, error: AppError | None) -> None:
        told = [_("The analysis was cancelled.")] if self._cancelling else []
        self._run, self._cancelling = None, False
        self.rows = tuple(
            replace(row, state=RowState.CANCELLED) if row.state is RowState.ANALYSING else row for row in self.rows
        )
        if error:
            self._around.tell(Notice(Level.ERROR, error.message, error.hint))
            return
        chosen = set(self._keys)
        counts = Counter(row.state for row in self.rows if row.key in chosen)
        if counts[RowState.DONE]:
            told.append(
                plural("{count} recording is analysed.", "{count} recordings are analysed.", counts[RowState.DONE])
            )
        if counts[RowState.FAILED]:
            told.append(plural("{count} failed.", "{count} failed.", counts[RowState.FAILED]))
        self._around.tell(Notice(Level.INFO, " ".join(told)))
