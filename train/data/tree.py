"""A folder's files, on disk or in an archive, and which of them are faces of which class and part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import IO, NamedTuple

from train.data.class_names import label_of, usages_of
from train.data.faces import TRAINING
from train.data.pictures import SUFFIXES
from train.data.problems import Kind, UnusableError

# What systems leave in every folder.
_JUNK = frozenset({"__macosx", "thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class TreeFile:
    """One file.

    Attributes:
        path: Place below the folder that was given.
        size: Bytes, unpacked.
        open: Opens it for reading.
    """

    path: PurePosixPath
    size: int
    open: Callable[[], IO[bytes]]

    @property
    def suffix(self) -> str:
        return self.path.suffix.lower()


class Place(NamedTuple):
    """Where a picture belongs: part of FER-2013 and label, 0 to 6."""

    usage: str
    label: int


class Tree:
    """Files below one folder, without what systems leave there and without folders that only wrap all others.

    Args:
        files: All files.
    """

    def __init__(self, files: Sequence[TreeFile]) -> None:
        self.files = [file for file in files if not any(map(_is_junk, file.path.parts))]
        while folder := self._wrapping_folder():
            self.files = [replace(file, path=file.path.relative_to(folder)) for file in self.files]
        self._usages = usages_of({file.path.parts[0] for file in self.files})

    @property
    def pictures(self) -> list[TreeFile]:
        return [file for file in self.files if file.suffix in SUFFIXES]

    def place_of(self, path: PurePosixPath) -> Place:
        """Where a picture belongs by its folders: PART/CLASS/name or, for Training alone, CLASS/name.

        By name and never by position: sorted by alphabet, neutral, sad and surprise would change places.

        Raises:
            UnusableError: Its folders name no part or no class.
        """
        *parts, emotion = path.parts[:-1] or ("",)
        if not emotion or len(parts) > 1 or (parts and parts[0] not in self._usages):
            raise UnusableError(Kind.FOLDER)
        label = label_of(emotion)
        if label is None:
            raise UnusableError(Kind.FOLDER if emotion in self._usages else Kind.LABEL, f"folder '{emotion}'")
        return Place(self._usages[parts[0]] if parts else TRAINING, label)

    def _wrapping_folder(self) -> str:
        folders = {file.path.parts[0] if len(file.path.parts) > 1 else "" for file in self.files}
        name = folders.pop() if len(folders) == 1 else ""
        return "" if label_of(name) is not None or usages_of([name]) else name


def _is_junk(name: str) -> bool:
    return name.startswith(".") or name.lower() in _JUNK
