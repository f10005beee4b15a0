"""The session of a recording in the user's store, beside those of the window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from emotion_gui.core.session import SessionEntry, SessionRecord, SessionState
from emotion_gui.storage.session_store import SessionStore

_ENTRIES_AT_ONCE = 500

_Entry = TypeVar("_Entry")


def keep_session(record: SessionRecord, folder: Path) -> None:
    """Copy a finished session into a store; does nothing where it is there already.

    Only whole sessions come here, so that the window never offers the half of one as cut off by a crash, but for the
    moment of the copy: what a killed copy left is replaced by the next.

    Raises:
        StorageError: The store cannot be written.
    """
    session_id = record.info.session_id
    with SessionStore(folder) as store:
        present = store.state_of(session_id)
        if present is SessionState.FINISHED:
            return
        if present is not None:
            store.delete(session_id)
        store.create(record.info)
        whole: Iterator[SessionEntry] = chain(record.frames, record.events, record.brief_changes)
        for entries in in_groups(whole, _ENTRIES_AT_ONCE):
            store.append(session_id, entries)
        store.finish(session_id, record.ended_at)


def kept_session(session_id: str, folder: Path) -> SessionRecord | None:
    """A whole session of the store; None where it is not there.

    Raises:
        StorageError: The store cannot be read.
    """
    with SessionStore(folder) as store:
        return store.load(session_id) if store.state_of(session_id) is SessionState.FINISHED else None


def in_groups(entries: Iterable[_Entry], size: int) -> Iterator[list[_Entry]]:
    """The same in lists of so many, the last one shorter."""
    waiting = iter(entries)
    while group := list(islice(waiting, size)):
        yield group
