"""What is kept of an analysis until it is done, and the note that it was."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock

from emotion_gui.core.atomic_file import atomic_path
from emotion_gui.core.candidate_names import person_key
from emotion_gui.core.errors import StorageError
from emotion_gui.storage.session_store import SessionStore

# Whoever has not gone on by then will not: what was read from people's faces does not stay behind for ever.
_FORGOTTEN_AFTER_S = 30 * 24 * 3600.0


class Work:
    """One recording's analysis under its fingerprint.

    Attributes:
        folder: A store of its own with the results so far; there only while the analysis is unfinished.
    """

    def __init__(self, root: Path, key: str) -> None:
        self.folder = root / "unfinished" / key
        self._note = root / "done" / f"{key}.json"
        self._lock = root / "unfinished" / f"{key}.lock"

    @contextmanager
    def held(self, *, wait: bool = True) -> Iterator[None]:
        """Keep other processes from the same analysis; a process that is killed lets go by that.

        Args:
            wait: Wait for one that is at it, which may be a copy of the file.

        Raises:
            StorageError: The folder cannot be written, or another is at it and was not to be waited for.
        """
        try:
            self._lock.parent.mkdir(parents=True, exist_ok=True)
            self._note.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._lock)
            lock.acquire(timeout=-1 if wait else 0)
        except OSError as error:
            raise StorageError(
                f"The folder '{self._lock.parent}' cannot be written.", "Check that you may write to it."
            ) from error
        try:
            yield
        finally:
            # While it is still held, so that nobody can hold the file that goes; Windows removes no file in use.
            with suppress(OSError):
                self._lock.unlink(missing_ok=True)
            lock.release()

    @property
    def begun(self) -> bool:
        """Whether an earlier run left results."""
        return self.folder.is_dir()

    def clear(self) -> None:
        """Forget the results so far."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def is_of(self, keys: Collection[str]) -> bool:
        """Whether these results are of one of the persons with these keys."""
        with SessionStore(self.folder) as store:
            return any(person_key(summary.info.candidate) in keys for summary in store.list())

    @property
    def done_session(self) -> str | None:
        """The session that a finished analysis left; None where none was finished."""
        try:
            told = json.loads(self._note.read_text(encoding="utf-8"))
            return str(told["session_id"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def finish(self, session_id: str) -> None:
        """Note that all is done, and forget the results, which are where they belong by now.

        Raises:
            StorageError: The note cannot be written.
        """
        try:
            with atomic_path(self._note) as path:
                path.write_text(json.dumps({"session_id": session_id}), encoding="utf-8")
        except OSError as error:
            raise StorageError(
                f"The note in '{self._note.parent}' cannot be written.",
                "Free some space and run it again with --resume.",
            ) from error
        self.clear()


def forget_old_work(root: Path) -> None:
    """Remove unfinished analyses that nobody went on with for a month."""
    for folder in (root / "unfinished").glob("*/"):
        with suppress(OSError):
            if time.time() - max(path.stat().st_mtime for path in (folder, *folder.iterdir())) > _FORGOTTEN_AFTER_S:
                shutil.rmtree(folder, ignore_errors=True)


def forget_persons(root: Path, names: Collection[str]) -> None:
    """Remove what unfinished analyses hold of the people of these names, but for one that goes on at this moment."""
    keys = {key for name in names if (key := person_key(name))}
    for folder in (root / "unfinished").glob("*/"):
        work = Work(root, folder.name)
        with suppress(StorageError), work.held(wait=False):
            if work.is_of(keys):
                work.clear()
