"""Bringing the readable sessions of a damaged database that was set aside into the new one."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from emotion_gui.core.corrections import Correction
from emotion_gui.core.errors import StorageError
from emotion_gui.core.session import SessionEntry, SessionEvent, SessionInfo, SessionState
from emotion_gui.core.translation import _
from emotion_gui.storage.damaged_reader import DamagedReader, RescuedHead
from emotion_gui.storage.head_repair import with_new_head
from emotion_gui.storage.sqlite_errors import DECODING_ERRORS

_log = logging.getLogger(__name__)

_TO_DO = ".rescue"
# Kept in the record, so that nobody takes what is left for the whole.
RESCUED = "rescued from a damaged file"


class RescueTarget(Protocol):
    """What takes the sessions in: a `SessionStore`."""

    def create(self, info: SessionInfo) -> None: ...
    def append(self, session_id: str, entries: Sequence[SessionEntry]) -> None: ...
    def put_correction(self, session_id: str, correction: Correction) -> None: ...
    def keep_until(self, session_ids: Sequence[str], until: datetime | None) -> None: ...
    def finish(self, session_id: str, ended_at: datetime, state: SessionState) -> None: ...
    def forget_unfinished(self, session_id: str) -> bool: ...


def mark_for_rescue(damaged: Path) -> None:
    """Note that a file was set aside and not yet read; the note outlives a crash."""
    damaged.with_name(damaged.name + _TO_DO).touch()


def rescue_all(folder: Path, target: RescueTarget) -> str:
    """Rescue what can be read out of every file that was set aside and not yet read.

    Returns:
        Sentences for the user; empty where there was nothing to do.

    Raises:
        StorageError: The new database takes no more; the rescue begins anew at the next start.
    """
    told = []
    for note in sorted(folder.glob(f"*.damaged-*{_TO_DO}")):
        told.append(_rescue(note.with_name(note.name.removesuffix(_TO_DO)), target))
        with suppress(OSError):
            note.unlink()
    return " ".join(told)


def _rescue(damaged: Path, target: RescueTarget) -> str:
    outcomes: list[str] = []
    try:
        outcomes = _rescue_from(damaged, target)
        if not outcomes:
            with with_new_head(damaged) as copy:
                outcomes = _rescue_from(copy, target)
    except OSError as error:
        _log.warning("the damaged file cannot be read: %s", type(error).__name__)
    whole, partly = outcomes.count("whole"), outcomes.count("partly")
    _log.info("rescued %d sessions whole and %d in parts of %d", whole, partly, len(outcomes))
    if not whole + partly:
        return _("No session could be read out of the damaged file '{name}'.").format(name=damaged.name)
    sentence = _("{rescued} of {found} sessions were rescued out of the damaged file '{name}'.").format(
        rescued=whole + partly, found=len(outcomes), name=damaged.name
    )
    if partly:
        sentence += " " + _("{partly} of them are not whole; their records say what is missing.").format(partly=partly)
    return sentence


def _rescue_from(damaged: Path, target: RescueTarget) -> list[str]:
    """What became of each session of which there is a trace; nothing where the file is no database."""
    try:
        reader = DamagedReader(damaged)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        _log.warning("the damaged file is no database: %s", type(error).__name__)
        return []
    with reader:
        return [_rescue_session(reader, key, target) for key in reader.session_keys()]


def _rescue_session(reader: DamagedReader, key: int, target: RescueTarget) -> str:
    head = reader.head(key)
    if head is None:
        return "lost"
    # A rescue that was cut off left a part of it.
    if not target.forget_unfinished(head.info.session_id):
        return "whole"
    target.create(head.info)
    try:
        missing = _take_in(reader, key, head, target)
    except (StorageError, *DECODING_ERRORS) as error:
        # A value that no check foresaw must not cost the sessions after this one; a full disk does.
        if isinstance(error, StorageError) and not isinstance(error.__cause__, sqlite3.IntegrityError):
            raise
        missing = "the rest could not be read"
    if missing:
        target.append(head.info.session_id, [SessionEvent(reader.latest_s, RESCUED, missing)])
    running = head.state is SessionState.RUNNING
    state = SessionState.INTERRUPTED if running else head.state
    target.finish(head.info.session_id, head.ended_at, state)
    return "partly" if missing else "whole"


def _take_in(reader: DamagedReader, key: int, head: RescuedHead, target: RescueTarget) -> str:
    """Take in what can be read of a session; returns what is missing, empty where nothing is."""
    session_id = head.info.session_id
    if head.keep_until:
        target.keep_until([session_id], head.keep_until)
    for block in reader.frames(key, head.frames):
        target.append(session_id, block)
    entries = reader.entries(key)
    target.append(session_id, [entry for entry in entries if not isinstance(entry, Correction)])
    for entry in entries:
        if isinstance(entry, Correction):
            target.put_correction(session_id, entry)
    return _missing(reader, head)


def _missing(reader: DamagedReader, head: RescuedHead) -> str:
    parts = []
    if reader.lost_frames:
        parts.append(f"{reader.lost_frames} of {head.frames} results could not be read")
    if reader.lost_entries:
        parts.append("some events, markers or corrections could not be read")
    return "; ".join(parts)
