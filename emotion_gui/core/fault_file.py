"""What is left when native code ends the program at once: Python's stacks in a file, told at the next start."""

from __future__ import annotations

import faulthandler
from pathlib import Path
from typing import TextIO

from emotion_gui.core.paths import log_folder

_NAME, _MOST_CHARACTERS = "emotion-gui-fault.txt", 20_000


class FaultFile:
    """Kept open while the program runs: a program that crashes has no time to open one."""

    def __init__(self) -> None:
        self._path: Path = log_folder() / _NAME
        self._file: TextIO | None = None

    def start(self) -> str:
        """Have stacks written from now on.

        Returns:
            What the run before left here; empty where it ended well.

        Raises:
            OSError: The log folder cannot be written.
        """
        left = self._path.read_text(encoding="utf-8", errors="replace") if self._path.exists() else ""
        # Appended to, so that two programs at a time do not write over each other.
        self._file = self._path.open("a", encoding="utf-8")
        self._file.truncate(0)
        faulthandler.enable(self._file)
        return left.strip()[:_MOST_CHARACTERS]

    def stop(self) -> None:
        """The program ends well, whatever Windows' first-chance exceptions have left in the file."""
        if self._file:
            faulthandler.disable()
            self._file.truncate(0)
            self._file.close()
            self._file = None
