"""Keep a file that cannot be read, under another name, so that a fresh one can take its place."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from pathlib import Path


def set_aside(path: Path) -> Path:
    """Rename 'NAME.ext' to 'NAME.damaged-YYYYMMDD-HHMMSS.ext' in the same folder.

    Raises:
        OSError: The folder cannot be written, or another program holds the file (Windows).
    """
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    for number in count(1):
        suffix = "" if number == 1 else f"-{number}"
        target = path.with_name(f"{path.stem}.damaged-{stamp}{suffix}{path.suffix}")
        if not target.exists():
            return path.rename(target)
    raise AssertionError("count() never ends")
