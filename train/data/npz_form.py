"""One `.npz` file with everything: the fastest form to read."""

from __future__ import annotations

import tokenize
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.vision.preprocessing import FACE_SIDE
from train.data.faces import USAGES, DataError, Faces
from train.data.problems import Problems
from train.data.reading import MOST_VOTES, Reading
from train.data.saving import new_file
from train.data.targets import VOTE_NAMES

# Shape after the number of faces, and the highest value.
_ARRAYS: dict[str, tuple[tuple[int, ...], int]] = {
    "images": ((FACE_SIDE, FACE_SIDE), 255),
    "labels": ((), len(EMOTION_NAMES) - 1),
    "usage": ((), len(USAGES) - 1),
    "rows": ((), np.iinfo(np.int32).max),
    "votes": ((len(VOTE_NAMES),), MOST_VOTES),
}
# FER-2013 takes 83 MB; an archive of a few kilobytes can claim any size.
_MOST_BYTES = 4 << 30


def read_npz(path: Path) -> Reading:
    """Read an `.npz` file.

    Args:
        path: With `images` uint8 [n, 48, 48], `labels` [n] 0 to 6, `usage` [n] (0 Training, 1 PublicTest, 2
            PrivateTest), `rows` [n] and `votes` [n, 10]; any whole numbers in these ranges.

    Raises:
        DataError: It is no such file.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            arrays = {name: _member(archive, name) for name in _ARRAYS}
    except (
        *(OSError, EOFError, ValueError, KeyError, RuntimeError, MemoryError, OverflowError, RecursionError),
        *(SyntaxError, tokenize.TokenError, zipfile.BadZipFile, zlib.error),
    ) as error:
        raise DataError(f"'{path.name}' is no .npz file with FER-2013's arrays.", "Make it again.") from error
    _refuse_misfits(arrays, path.name)
    faces = Faces(
        arrays["images"].astype(np.uint8, copy=False),
        arrays["labels"].astype(np.uint8),
        np.array(USAGES)[arrays["usage"]],
        arrays["rows"].astype(np.int32),
        arrays["votes"].astype(np.uint8),
    )
    return Reading(faces, (Problems(path.name, "faces", total=len(faces)),))


def _member(archive: zipfile.ZipFile, name: str) -> NDArray[Any]:
    if archive.getinfo(f"{name}.npy").file_size > _MOST_BYTES:
        raise ValueError(f"'{name}' is too large")
    with archive.open(f"{name}.npy") as file:
        return np.lib.format.read_array(file, allow_pickle=False)


def _refuse_misfits(arrays: dict[str, NDArray[Any]], file_name: str) -> None:
    count = arrays["images"].shape[:1]
    for name, (shape, highest) in _ARRAYS.items():
        array = arrays[name]
        fits = array.shape == (*count, *shape) and array.dtype.kind in "iu" and array.size > 0
        if not fits or array.min() < 0 or array.max() > highest:
            needed = ", ".join(map(str, ("n", *shape)))
            raise DataError(
                f"The array '{name}' of '{file_name}' must be whole numbers from 0 to {highest}, [{needed}]; it is "
                f"{array.dtype} {list(array.shape)}.",
                "Make the file again.",
            )


def write_npz(faces: Faces, path: Path) -> list[Path]:
    """Write faces as `read_npz` takes them.

    Returns:
        The file written.

    Raises:
        DataError: It cannot be written or is there already.
    """
    usage = np.array([USAGES.index(part) for part in faces.usage], np.uint8)
    with new_file(path) as temporary, temporary.open("wb") as file:
        np.savez(file, images=faces.images, labels=faces.labels, usage=usage, rows=faces.rows, votes=faces.votes)
    return [path]
