"""Writes the running session to the store on one thread, in the order in which things happened."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from emotion_gui.controller.status import Level, Notice
from emotion_gui.core.errors import AppError, StorageError
from emotion_gui.core.markers import Marker
from emotion_gui.core.session import SessionEntry, SessionInfo
from emotion_gui.core.translation import _
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


@dataclass(frozen=True, slots=True)
class _PutMarker:
    session_id: str
    marker: Marker


@dataclass(frozen=True, slots=True)
class _DropMarker:
    session_id: str
    marker_id: str


_Step = _Begin | _Entry | _Change | _End | _PutMarker | _DropMarker


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

    def put_marker(self, session_id: str, marker: Marker) -> None:
        """Add or replace a marker of a session, running or not."""
        self._worker.submit(_PutMarker(session_id, marker))

    def delete_marker(self, session_id: str, marker_id: str) -> None:
        self._worker.submit(_DropMarker(session_id, marker_id))

    @property
    def idle(self) -> bool:
        """Whether everything is written."""
        return self._worker.idle

    @property
    def failing(self) -> bool:
        """Whether the disk did not take it when it was last tried."""
        return self._worker.failing

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
                case _PutMarker(session_id, marker):
                    self._edit(session_id, partial(self._store.put_marker, session_id, marker))
                    done = 1
                case _DropMarker(session_id, marker_id):
                    self._edit(session_id, partial(self._store.delete_marker, session_id, marker_id))
                    done = 1
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

    def _edit(self, session_id: str, change: Callable[[], None]) -> None:
        try:
            change()
        except StorageError:
            # A session that was deleted meanwhile must not hold up the others for ever.
            if any(summary.session_id == session_id for summary in self._store.list()):
                raise

    def _tell(self, error: Exception | None) -> None:
        if error is None:
            self._notices.put(Notice(Level.INFO, _("Everything is saved again.")))
            return
        message = error.message if isinstance(error, AppError) else _("The session cannot be saved at the moment.")
        hint = error.hint if isinstance(error, AppError) else ""
        kept = _("The session goes on and is kept in memory until it can be saved.")
        self._notices.put(Notice(Level.ERROR, message, f"{hint} {kept}".strip()))
