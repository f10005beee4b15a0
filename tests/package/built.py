"""The built program as its user has it: copied elsewhere, unable to write beside itself, without our Python near."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

# Of no one in particular; may write nowhere but in its own home.
_NOBODY = 65534
_LONGEST_S = 180


class BuiltProgram:
    """A copy of the program with a home folder for its user.

    Attributes:
        folder: The program's own.
        home: The user's.
    """

    def __init__(self, folder: Path, home: Path, *, as_other_user: bool = True) -> None:
        self.folder = folder
        self.home = home
        # Root may write everywhere, so as root another user is played.
        self._user = _NOBODY if as_other_user and os.name == "posix" and os.geteuid() == 0 else None

    def give_home(self) -> None:
        """Make an empty home folder."""
        shutil.rmtree(self.home, ignore_errors=True)
        self.home.mkdir(parents=True)
        self.hand_over(self.home)

    def hand_over(self, path: Path) -> Path:
        """Let the program's user own a file or folder."""
        if self._user is not None:
            shutil.chown(path, self._user, self._user)
        return path

    @property
    def environment(self) -> dict[str, str]:
        """What `env -i` leaves, and the home folder."""
        return {"HOME": str(self.home)}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [str(self.folder / "emotion-gui"), *arguments],
            env=self.environment,
            cwd="/",
            user=self._user,
            capture_output=True,
            encoding="utf-8",
            timeout=_LONGEST_S,
            check=False,
        )

    def start(self, arguments: Sequence[str], variables: Mapping[str, str]) -> subprocess.Popen[bytes]:
        """Start it and go on."""
        command = [str(self.folder / "emotion-gui"), *arguments]
        return subprocess.Popen(command, env=self.environment | dict(variables), cwd="/", user=self._user)

    def files(self) -> dict[str, tuple[int, int]]:
        """Size and time of everything beside the program, by name: what is equal was not written to."""
        found = ((path, path.lstat()) for path in self.folder.rglob("*"))
        return {str(path.relative_to(self.folder)): (state.st_size, state.st_mtime_ns) for path, state in found}

    def written(self) -> list[str]:
        """The files that there are in the home folder."""
        return sorted(str(path.relative_to(self.home)) for path in self.home.rglob("*") if path.is_file())
