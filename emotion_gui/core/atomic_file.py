"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def atomic_path(target: Path) -> Iterator[Path]:
    """Give a temporary path beside `target`; move it over `target` when the block ends well.

    The temporary file is closed, empty and on the same volume, so that the move cannot be interrupted half-way. When
    the block raises, it is removed and `target` is as it was.

    Raises:
        OSError: The folder cannot be written, or the disk is full.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    # The suffix stays last: writers such as OpenCV and matplotlib choose the format by it. Not `mkstemp`: its files
    # are for their owner alone, and a report is there to be handed over.
    temporary = target.parent / f".writing-{uuid.uuid4().hex}{target.suffix}"
    temporary.touch(exist_ok=False)
    try:
        yield temporary
        _flush_to_disk(temporary)
        temporary.replace(target)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _flush_to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
