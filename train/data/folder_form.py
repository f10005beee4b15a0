"""A folder on disk."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from train.data.reading import Reading
from train.data.tree import TreeFile
from train.data.tree_form import read_tree

# Wrapping folder, part, class, file, and one to spare; also the end of links that go round in circles.
_DEEPEST = 5


def read_folder(path: Path) -> Reading:
    """Read a folder.

    Args:
        path: With `train/CLASS/*.png` and maybe `test/` and `private_test/`; with class folders alone, which are
            Training; or with a csv.

    Raises:
        DataError: It is none of these.
        OSError: A folder or file cannot be read.
    """
    return read_tree(list(_files(path, PurePosixPath(), _DEEPEST)), path.resolve().name)


def _open(path: Path) -> IO[bytes]:
    return path.open("rb")


def _files(folder: Path, place: PurePosixPath, depth: int) -> Iterator[TreeFile]:
    for entry in folder.iterdir():
        if entry.is_file():
            yield TreeFile(place / entry.name, entry.stat().st_size, partial(_open, entry))
        elif depth and entry.is_dir():
            yield from _files(entry, place / entry.name, depth - 1)
