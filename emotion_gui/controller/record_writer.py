"""Writes the running session to the store on one thread, in the order in which things happened."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from emotion_gui.controller.status import Level, Notice
from emotion_gui.core.errors import AppError
from emotion_gui.core.session import SessionEntry, SessionInfo
from emotion_gui.pipeline.workers import QueueWorker
from emotion_gui.storage.session_store import SessionStore


@dataclass(frozen=True, slots=True)
class _Begin:
    info: SessionInfo


@dataclass(frozen=True, slots=True)
class _Entry:
    session_id: str
    what: SessionEntry


@dataclass(frozen=True, slots=True)
class _Change:
    info: SessionInfo


@dataclass(frozen=True, slots=True)
class _End:
    session_id: str
    ended_at: datetime


_Step = _Begin | _Entry | _Change | _End


class RecordWriter:
    """Keeps every result. What the disk will not take now waits in memory and is tried again."""

    def __init__(self, store: SessionStore) -> None:
        self._store = store
        self._notices: queue.SimpleQueue[Notice] = queue.SimpleQueue()
        self._worker: QueueWorker[_Step] = QueueWorker("record writer", self._write, self._tell)

    def begin(self, info: SessionInfo) -> None:
        self._worker.submit(_Begin(info))

    def add(self, session_id: str, what: SessionEntry) -> None:
        self._worker.submit(_Entry(session_id, what))

    def change(self, info: SessionInfo) -> None:
        """Replace what is kept about a session: its note, its rule."""
        self._worker.submit(_Change(info))

    def end(self, session_id: str, ended_at: datetime) -> None:
        self._worker.submit(_End(session_id, ended_at))

    def flush(self) -> bool:
        """Wait until all is written; False when the disk will not take it."""
        return self._worker.flush()

    def close(self) -> int:
        """Write what is left; returns how many steps could not be written."""
        return self._worker.stop()

    def notices(self) -> Iterator[Notice]:
        """What the user must be told since the last call."""
        while not self._notices.empty():
            yield self._notices.get()

    def _write(self, steps: list[_Step]) -> None:
        while steps:
            match steps[0]:
                case _Begin(info):
                    self._store.create(info)
                    done = 1
                case _Change(info):
                    self._store.update(info)
                    done = 1
                case _End(session_id, ended_at):
                    self._store.finish(session_id, ended_at)
                    done = 1
                case _Entry(session_id):
                    done = self._append(session_id, steps)
            del steps[:done]

    def _append(self, session_id: str, steps: list[_Step]) -> int:
        """Write the entries at the front of `steps` in one transaction; returns how many these are."""
        entries = []
        for step in steps:
            if not isinstance(step, _Entry) or step.session_id != session_id:
                break
            entries.append(step.what)
        self._store.append(session_id, entries)
        return len(entries)

    def _tell(self, error: Exception | None) -> None:
        if error is None:
            self._notices.put(Notice(Level.INFO, "Everything is saved again."))
            return
        message = error.message if isinstance(error, AppError) else "The session cannot be saved at the moment."
        hint = error.hint if isinstance(error, AppError) else ""
        kept = "The session goes on and is kept in memory until it can be saved."
        self._notices.put(Notice(Level.ERROR, message, f"{hint} {kept}".strip()))
