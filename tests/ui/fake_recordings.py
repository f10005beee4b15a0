"""A queue of recordings that stands as a test puts it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from emotion_gui.batch.plan import Recording
from emotion_gui.controller.queue_rows import QueueProgress, QueueRequest, QueueRow
from emotion_gui.core.errors import AppError
from emotion_gui.core.source_spec import FILE, SourceSpec


@dataclass
class FakeRecordings:
    """Adds at once what is new to it; it runs once it was started, until the test sets another progress."""

    rows: tuple[QueueRow, ...] = ()
    progress: QueueProgress = field(default_factory=QueueProgress)
    requests: list[QueueRequest] = field(default_factory=list)
    cancelled: bool = False
    error: AppError | None = None

    @property
    def running(self) -> bool:
        return self.progress.running

    def add(self, paths: Sequence[Path], done: Callable[[int], None], failed: Callable[[AppError], None]) -> None:
        if self.error:
            failed(self.error)
            return
        known = {row.recording.source.address for row in self.rows}
        fresh = [path for path in paths if str(path) not in known]
        for path in fresh:
            recording = Recording(SourceSpec(FILE, str(path)), Path(), path.stem, 100)
            self.rows += (QueueRow(len(self.rows), recording, path.stem),)
        done(len(fresh))

    def remove(self, keys: Iterable[int]) -> None:
        gone = set(keys)
        self.rows = tuple(row for row in self.rows if row.key not in gone)

    def rename(self, keys: Iterable[int], name: str) -> None:
        chosen = set(keys)
        self.rows = tuple(replace(row, name=name) if row.key in chosen else row for row in self.rows)

    def start(self, request: QueueRequest) -> None:
        if self.error:
            raise self.error
        self.requests.append(request)
        self.progress = QueueProgress(0, len(self.rows), running=True)

    def cancel(self) -> None:
        self.cancelled = True
        self.progress = replace(self.progress, cancelling=True)
