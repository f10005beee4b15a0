"""Shows files in the system's own windows: selected in its file window, or opened by the program they belong to."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from emotion_gui.controller.status import Level, Notice
from emotion_gui.core.errors import AppError
from emotion_gui.core.translation import _
from emotion_gui.pipeline.tasks import TaskRunner

# A line for Windows, which has no other way; words everywhere else.
Command = str | Sequence[str]
_FILE_MANAGER = "org.freedesktop.FileManager1"
# Whoever has not failed by then shows its window or is about to.
_PATIENCE_S = 4.0


def show_commands(files: Sequence[Path], platform: str = sys.platform) -> Sequence[Command]:
    """What selects files in the system's file window, best first; all files lie in one folder."""
    if platform == "win32":
        # Explorer reads its line itself, and would take a quoted '/select,' for the name of a file. It selects one.
        return (f'explorer /select,"{files[0]}"',)
    if platform == "darwin":
        return (["open", "-R", *map(str, files)],)
    uris = ",".join(path.as_uri() for path in files)
    call = ["dbus-send", "--session", "--print-reply", f"--dest={_FILE_MANAGER}", "/org/freedesktop/FileManager1"]
    return (
        [*call, f"{_FILE_MANAGER}.ShowItems", f"array:string:{uris}", "string:"],
        ["xdg-open", str(files[0].parent)],
    )


def open_commands(path: Path, platform: str = sys.platform) -> Sequence[Command]:
    """What opens a file or a folder in the program that it belongs to."""
    if platform == "win32":
        return (f'explorer "{path}"',)
    return (["open" if platform == "darwin" else "xdg-open", str(path)],)


def outside_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment for other programs: a packaged one has them find its own libraries in place of theirs."""
    own = dict(environment)
    original = own.pop("LD_LIBRARY_PATH_ORIG", None)
    if getattr(sys, "frozen", False) or original is not None:
        own.pop("LD_LIBRARY_PATH", None)
    if original:
        own["LD_LIBRARY_PATH"] = original
    return own


def begin(command: Command) -> bool:
    """Start a program of the system; whether it did not fail.

    It is not waited for to its end: with some desktops, that is when the user closes the window.
    """
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            command,
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
            env=outside_environment(os.environ),
            start_new_session=True,
        )
    except OSError:
        return False
    with suppress(subprocess.TimeoutExpired):
        # Explorer ends with 1 whatever it did.
        return process.wait(_PATIENCE_S) == 0 or isinstance(command, str)
    return True


class Desktop:
    """Every method returns at once; what fails is told.

    Args:
        tasks: Runs the work.
        tell: Shows something to the user once.
        begin: Starts a program and says whether it did not fail.
    """

    def __init__(
        self, tasks: TaskRunner, tell: Callable[[Notice], None], begin: Callable[[Command], bool] = begin
    ) -> None:
        self._tasks = tasks
        self._tell = tell
        self._begin = begin

    def show(self, files: Sequence[Path]) -> None:
        """Show files of one folder in the system's file window."""
        self._run(files[0], lambda: show_commands(files))

    def open(self, path: Path) -> None:
        """Open a file or a folder."""
        self._run(path, lambda: open_commands(path))

    def _run(self, path: Path, commands: Callable[[], Sequence[Command]]) -> None:
        def work() -> None:
            # A disk that was unplugged may take long to say that it is not there.
            if not path.exists():
                raise AppError(_("{name} is no longer there.").format(name=path.name), str(path.parent))
            if not any(self._begin(command) for command in commands()):
                raise AppError(
                    _("This system cannot show the file."),
                    _("The file is here: {path}").format(path=path),
                )

        def failed(error: AppError) -> None:
            self._tell(Notice(Level.ERROR, error.message, error.hint))

        self._tasks.run(work, lambda _: None, failed)
