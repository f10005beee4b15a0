"""Data files and folders that are there whole or not at all, and never in place of others."""

from __future__ import annotations

import errno
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from emotion_gui.core.atomic_file import atomic_path
from train.data.faces import DataError


def refuse_existing(target: Path) -> None:
    """See to it that nothing is overwritten.

    Raises:
        DataError: The target is a file, or a folder that is not empty.
    """
    if target.is_dir():
        if any(target.iterdir()):
            raise DataError(f"The folder '{target}' is not empty.", "Give a new folder, or empty that one first.")
    elif target.exists():
        raise DataError(f"'{target}' is there already.", "Give another name, or remove it first.")


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """Give a temporary path beside `target` that becomes it when the block ends well.

    Raises:
        DataError: The target is there already or cannot be written.
    """
    refuse_existing(target)
    with _told_plainly(target), atomic_path(target) as temporary:
        yield temporary


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Give a temporary folder beside `target` that becomes it when the block ends well, and else is removed.

    Raises:
        DataError: The target is there already with something in it, or cannot be written.
    """
    refuse_existing(target)
    # Resolved, because the parent of '.' would be '.' itself.
    whole = target.resolve()
    temporary = whole.parent / f".writing-{uuid.uuid4().hex}"
    try:
        with _told_plainly(target):
            temporary.mkdir(parents=True)
            yield temporary
            if whole.exists():
                # An empty folder; Windows moves nothing over it.
                whole.rmdir()
            temporary.replace(whole)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


@contextmanager
def _told_plainly(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DataError(
                f"The disk is full; '{target}' was not written.", "Free some space, or give a place on another disk."
            ) from error
        raise DataError(f"'{target}' cannot be written: {error.strerror or error}.", "Give another place.") from error
