"""What a store needs now and then: a check, a rescue, sessions whose time is over."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from emotion_gui.core.session import SessionState
from emotion_gui.core.translation import _
from emotion_gui.storage.database import connect
from emotion_gui.storage.integrity import is_damaged
from emotion_gui.storage.rescue import RescueTarget, rescue_all
from emotion_gui.storage.session_reader import SessionReader
from emotion_gui.storage.session_summary import SessionSummary
from emotion_gui.storage.sqlite_errors import damage_mark, told_plainly
from emotion_gui.storage.step_rows import course_of_frames, put_steps, sessions_without_course
from emotion_gui.storage.store_writer import StoreWriter


class Upkeep:
    """Looks after a store while it is used."""

    def __init__(self, path: Path, reader: SessionReader, writer: StoreWriter) -> None:
        self._path = path
        self._reader = reader
        self._writer = writer

    def check(self, target: RescueTarget) -> str:
        """Do what takes too long before the window opens: rescue, check, and add what old versions did not keep.

        Damage that is found now is not mended now, because a session may be running: the next start does it.

        Args:
            target: Takes in the sessions that are rescued.

        Returns:
            Sentences for the user; empty where all is well.

        Raises:
            StorageError: The store cannot be read or written.
        """
        with told_plainly():
            told = rescue_all(self._path.parent, target)
            if is_damaged(self._path, self._reader.busy_timeout_s):
                damage_mark(self._path).touch()
                damage = _("The file with the saved sessions is damaged in places.")
                remedy = _("Close all windows of this program and start it again; it rescues what can be read.")
                return f"{told} {damage} {remedy}".strip()
            self._add_courses()
        return told

    def _add_courses(self) -> None:
        """So that a session of an old version opens as quickly as any."""
        with closing(connect(self._path, self._reader.busy_timeout_s)) as connection:
            for key in sessions_without_course(connection):
                course = course_of_frames(connection, key)
                try:
                    with self._writer.writing() as writer:
                        put_steps(writer, key, course)
                except sqlite3.IntegrityError:
                    # Deleted in the meantime.
                    continue

    def expired(self, keep_days: int, now: datetime) -> tuple[SessionSummary, ...]:
        """Sessions that ended more than so many days ago and that nobody wants to keep longer, newest first.

        Args:
            keep_days: 0 for ever.
            now: The present moment.

        Raises:
            StorageError: The store cannot be read.
        """
        if not keep_days:
            return ()
        ended_before = now - timedelta(days=keep_days)
        return tuple(
            summary
            for summary in self._reader.list()
            if summary.state is not SessionState.RUNNING
            and summary.ended_at < ended_before
            and (summary.keep_until is None or summary.keep_until <= now)
        )
