"""A zip as it comes from Kaggle: read in memory, so that no name in it becomes a path on this machine."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from train.data.faces import DataError
from train.data.reading import Reading
from train.data.tree import TreeFile
from train.data.tree_form import read_tree

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# FER-2013's csv takes 0.3 GB. zipfile unpacks no more of a file than its entry claims, so a limit on claims holds.
_MOST_BYTES = 4 << 30
_MOST_FILES = 1_000_000
# The two that people's tools write, and that are unpacked in pieces of bounded size.
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
# What zipfile raises for damaged archives, at any point; the built-in ones for wrong numbers in its tables.
_DAMAGES = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OverflowError, RuntimeError)


def read_zip(path: Path) -> Reading:
    """Read a zip.

    Args:
        path: With what `train.data.folder_form.read_folder` takes, maybe inside a folder of its own.

    Raises:
        DataError: It is no zip, encrypted, damaged, too large when unpacked, or has no faces.
        OSError: The file cannot be read.
    """
    with _opened(path) as archive:
        members = [member for member in archive.infolist() if _place(member).parts and member.filename[-1] != "/"]
        _refuse_unfit(members, path.name)
        return read_tree([_tree_file(archive, member) for member in members], path.name)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except _DAMAGES as error:
        raise DataError(f"'{path.name}' is no zip that can be read.", "Download it again.") from error
    with archive:
        yield archive


def _refuse_unfit(members: list[zipfile.ZipInfo], name: str) -> None:
    size = sum(member.file_size for member in members)
    if size > _MOST_BYTES or len(members) > _MOST_FILES:
        raise DataError(
            f"'{name}' unpacks to {len(members)} files of {size / (1 << 30):.1f} GiB, more than FER-2013 can be.",
            "Unpack it yourself and give the folder.",
        )
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise DataError(f"'{name}' is protected by a password.", "Unpack it yourself and give the folder.")
    if any(member.compress_type not in _METHODS for member in members):
        raise DataError(f"'{name}' is packed in an unusual way.", "Unpack it yourself and give the folder.")


def _place(member: zipfile.ZipInfo) -> PurePosixPath:
    # Some tools of Windows write backslashes.
    return PurePosixPath(member.filename.replace("\\", "/").lstrip("/"))


def _tree_file(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> TreeFile:
    return TreeFile(_place(member), member.file_size, partial(_open, archive, member))


def _open(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> IO[bytes]:
    try:
        return io.BufferedReader(_Member(archive.open(member)))
    except _DAMAGES as error:
        raise OSError("the archive is damaged here") from error


class _Member(io.RawIOBase):
    """A packed file that reports damage as any other file does."""

    def __init__(self, packed: IO[bytes]) -> None:
        super().__init__()
        self._packed = packed

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._packed.tell()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        try:
            content = self._packed.read(len(view))
        except _DAMAGES as error:
            raise OSError("the archive is damaged here") from error
        view[: len(content)] = content
        return len(content)

    def close(self) -> None:
        self._packed.close()
        super().close()
