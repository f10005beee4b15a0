"""One lock file per running session, so that other windows can tell it from one that was cut off."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout


class SessionLocks:
    """Locks that the operating system frees when the process dies, however it dies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, FileLock] = {}

    def take(self, session_id: str) -> None:
        """Hold the session's lock until `free`.

        Raises:
            OSError: The lock file cannot be made.
            filelock.Timeout: Another process holds it.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = self._lock(session_id)
        lock.acquire(timeout=0)
        self._held[session_id] = lock

    def free(self, session_id: str) -> None:
        """Let go of the session's lock, where it is held here, and remove its file."""
        lock = self._held.pop(session_id, None)
        if lock is not None:
            lock.release()
        # Safe to remove although another process may just look: a session's lock is never taken a second time.
        with suppress(OSError):
            self._path(session_id).unlink(missing_ok=True)

    def free_all(self) -> None:
        for session_id in tuple(self._held):
            self.free(session_id)

    def is_held(self, session_id: str) -> bool:
        """Whether this or another living process holds the session's lock."""
        if session_id in self._held:
            return True
        if not self._path(session_id).exists():
            return False
        lock = self._lock(session_id)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True
        lock.release()
        return False

    def any_held(self) -> bool:
        """Whether this or another living process holds any lock in the folder."""
        names = [path.stem for path in self._folder.glob("*.lock")] if self._folder.is_dir() else []
        held = [name for name in names if self.is_held(name)]
        for name in set(names) - set(held):
            # Left by a process that was killed.
            with suppress(OSError):
                self._path(name).unlink(missing_ok=True)
        return bool(held)

    def _path(self, session_id: str) -> Path:
        return self._folder / f"{session_id}.lock"

    def _lock(self, session_id: str) -> FileLock:
        # Taken and freed by different threads of this process: a lock bound to its thread could not be freed.
        return FileLock(self._path(session_id), thread_local=False)
