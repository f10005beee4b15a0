"""How long sessions are kept, and the store's health, looked after behind the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from emotion_gui.controller.status import Level, Notice
from emotion_gui.core.errors import AppError
from emotion_gui.core.settings import Settings
from emotion_gui.pipeline.tasks import TaskRunner
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.storage.session_summary import FOR_EVER, SessionSummary

# 'Not now' is asked again after so long.
ASKED_AGAIN_AFTER = timedelta(days=7)


class Retention:
    """Every method is called on one thread, returns at once and calls back from the controller's `poll`."""

    def __init__(
        self,
        store: SessionStore,
        tasks: TaskRunner,
        settings: Callable[[], Settings],
        tell: Callable[[Notice], None],
    ) -> None:
        """Take what it works on.

        Args:
            store: Where the sessions are.
            tasks: Runs the work.
            settings: The settings as they are now.
            tell: Shows something to the user once.
        """
        self._store = store
        self._tasks = tasks
        self._settings = settings
        self._tell = tell

    def check_store(self, done: Callable[[], None] = lambda: None) -> None:
        """Check the store, and rescue what a damaged file holds; tells the user what was found.

        Args:
            done: Called when it is over.
        """

        def checked(told: str) -> None:
            if told:
                self._tell(Notice(Level.ERROR, told))
            done()

        self._tasks.run(lambda: self._store.upkeep.check(self._store), checked, self._tell_error)

    def expired(self, done: Callable[[tuple[SessionSummary, ...]], None]) -> None:
        """Sessions whose time is over, newest first; nothing is deleted by itself."""
        days = self._settings().keep_days
        self._tasks.run(lambda: self._store.upkeep.expired(days, datetime.now(UTC)), done, self._tell_error)

    def keep_for_ever(self, session_ids: Sequence[str], done: Callable[[], None] = lambda: None) -> None:
        self._keep(session_ids, FOR_EVER, done)

    def keep_as_set(self, session_ids: Sequence[str], done: Callable[[], None] = lambda: None) -> None:
        """Keep sessions as long as the settings say."""
        self._keep(session_ids, None, done)

    def ask_again_later(self, session_ids: Sequence[str]) -> None:
        """Keep sessions for another week at least."""
        self._keep(session_ids, datetime.now(UTC) + ASKED_AGAIN_AFTER, lambda: None)

    def delete(self, session_ids: Sequence[str], done: Callable[[int], None]) -> None:
        """Delete sessions with their files.

        Args:
            session_ids: Which ones; those deleted before an error are gone.
            done: Gets their number when all are gone.
        """

        def work() -> int:
            for session_id in session_ids:
                self._store.delete(session_id)
            return len(session_ids)

        self._tasks.run(work, done, self._tell_error)

    def _keep(self, session_ids: Sequence[str], until: datetime | None, done: Callable[[], None]) -> None:
        self._tasks.run(lambda: self._store.keep_until(session_ids, until), lambda _: done(), self._tell_error)

    def _tell_error(self, error: AppError) -> None:
        self._tell(Notice(Level.ERROR, error.message, error.hint))
