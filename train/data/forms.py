"""FER-2013 in the forms that people have it in: Kaggle's csv, class folders, or one npz file."""

from __future__ import annotations

import csv
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.vision.preprocessing import FACE_SIDE, resize_face
from train.data.faces import PUBLIC_TEST, TRAINING, USAGES, DataError, Faces
from train.data.targets import VOTE_NAMES

_IMAGE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".bmp"})
_FOLDERS = {"train": TRAINING, "test": PUBLIC_TEST}
_VOTES_PER_ROW = len(VOTE_NAMES)
_MOST_VOTES = 10
# Shape after the number of faces, and the highest value.
_NPZ_ARRAYS: dict[str, tuple[tuple[int, ...], int]] = {
    "images": ((FACE_SIDE, FACE_SIDE), 255),
    "labels": ((), len(EMOTION_NAMES) - 1),
    "usage": ((), len(USAGES) - 1),
    "rows": ((), np.iinfo(np.int32).max),
    "votes": ((_VOTES_PER_ROW,), _MOST_VOTES),
}


def read_faces(path: Path, votes_csv: Path | None = None) -> Faces:
    """Read all faces.

    Args:
        path: Kaggle's `fer2013.csv`; a folder with `train/EMOTION/*.png` and maybe `test/...`; or an `.npz` with
            `images`, `labels`, `usage` (0 Training, 1 PublicTest, 2 PrivateTest), `rows` and `votes`.
        votes_csv: FER+ votes (`fer2013new.csv`), one row per row of the csv in the same order; only with the csv.
            Its image names are not used: they drift from the rows.

    Raises:
        DataError: The path is none of these, or a row or picture in it cannot be used; the message names it.
    """
    suffix = path.suffix.lower()
    if path.is_dir():
        faces = _read_folders(path)
    elif suffix == ".npz":
        faces = _read_npz(path)
    elif suffix == ".csv":
        faces = _read_csv(path)
    else:
        raise DataError(
            f"'{path.name}' is no form of FER-2013 that is read here.",
            "Give fer2013.csv, a folder with train/ and test/, or an .npz file.",
        )
    if votes_csv is None:
        return faces
    if suffix != ".csv":
        raise DataError(
            f"'{votes_csv.name}' can be used only with fer2013.csv, whose rows its votes belong to.",
            "Leave the votes out, or give fer2013.csv.",
        )
    votes = _read_votes(votes_csv)
    if len(votes) != len(faces):
        raise DataError(
            f"'{votes_csv.name}' has {len(votes)} rows of votes for {len(faces)} faces.",
            "Votes belong to the rows of fer2013.csv, one each, in the same order.",
        )
    return Faces(faces.images, faces.labels, faces.usage, faces.rows, votes)


def _faces(images: list[NDArray[np.uint8]], labels: list[int], usage: list[str]) -> Faces:
    count = len(images)
    if not count:
        raise DataError("There is no face in the data.", "Give FER-2013 with its Training faces.")
    return Faces(
        np.stack(images),
        np.array(labels, np.uint8),
        np.array(usage),
        np.arange(count, dtype=np.int32),
        np.zeros((count, _VOTES_PER_ROW), np.uint8),
    )


def _read_csv(path: Path) -> Faces:
    images: list[NDArray[np.uint8]] = []
    labels: list[int] = []
    usage: list[str] = []
    for number, row in enumerate(_rows(path)):
        try:
            image, label, part = _face_of_row(row)
        except (ValueError, OverflowError) as error:
            raise DataError(f"Row {number} of '{path.name}' cannot be used: {error}.", "Repair the file.") from error
        images.append(image)
        labels.append(label)
        usage.append(part)
    return _faces(images, labels, usage)


def _face_of_row(row: dict[str, str | None]) -> tuple[NDArray[np.uint8], int, str]:
    text = row.get("pixels") or ""
    pixels = np.array([int(value) for value in text.split()], np.int64)
    if len(pixels) != FACE_SIDE**2 or pixels.min() < 0 or pixels.max() > 255:
        raise ValueError(f"it needs {FACE_SIDE**2} pixels from 0 to 255 and has {len(pixels)}")
    label, usage = int(row.get("emotion") or -1), (row.get("Usage") or "").strip()
    if not 0 <= label < len(EMOTION_NAMES) or usage not in USAGES:
        raise ValueError(f"emotion '{row.get('emotion')}' or usage '{row.get('Usage')}' is unknown")
    return pixels.astype(np.uint8).reshape(FACE_SIDE, FACE_SIDE), label, usage


def _read_votes(path: Path) -> NDArray[np.uint8]:
    rows = []
    for number, row in enumerate(_rows(path)):
        values = list(row.values())[-_VOTES_PER_ROW:]
        try:
            rows.append([int(value or "") for value in values])
        # A row with more values than the head has a list at its end.
        except (ValueError, TypeError) as error:
            raise DataError(f"Row {number} of '{path.name}' has a vote that is no number.", "Repair it.") from error
        if len(values) != _VOTES_PER_ROW or not all(0 <= vote <= _MOST_VOTES for vote in rows[-1]):
            raise DataError(f"Row {number} of '{path.name}' needs ten votes from 0 to 10.", "Repair the file.")
    return np.array(rows, np.uint8).reshape(-1, _VOTES_PER_ROW)


def _rows(path: Path) -> Iterator[dict[str, str | None]]:
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            yield from csv.DictReader(file)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"'{path.name}' cannot be read as a csv file.", "Give the file as Kaggle has it.") from error


def _read_folders(path: Path) -> Faces:
    images: list[NDArray[np.uint8]] = []
    labels: list[int] = []
    usage: list[str] = []
    for folder, part in _FOLDERS.items():
        # By name and never by position: sorted by alphabet, neutral, sad and surprise would change places.
        for label, emotion in enumerate(EMOTION_NAMES):
            for file in sorted((path / folder / emotion).glob("*")):
                if file.suffix.lower() in _IMAGE_SUFFIXES:
                    images.append(_read_image(file))
                    labels.append(label)
                    usage.append(part)
    return _faces(images, labels, usage)


def _read_image(path: Path) -> NDArray[np.uint8]:
    try:
        with Image.open(path) as image:
            return resize_face(np.asarray(image.convert("L"), dtype=np.uint8))
    # Pillow reports some torn pictures by the last two.
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, ValueError) as error:
        raise DataError(f"The picture '{path}' cannot be read.", "Remove or replace it.") from error


def _read_npz(path: Path) -> Faces:
    try:
        with zipfile.ZipFile(path) as archive:
            arrays = {name: _member(archive, name) for name in _NPZ_ARRAYS}
    except (OSError, EOFError, ValueError, KeyError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise DataError(f"'{path.name}' is no .npz file with FER-2013's arrays.", "Make it again.") from error
    _refuse_misfits(arrays, path.name)
    return Faces(
        arrays["images"].astype(np.uint8),
        arrays["labels"].astype(np.uint8),
        np.array(USAGES)[arrays["usage"]],
        arrays["rows"].astype(np.int32),
        arrays["votes"].astype(np.uint8),
    )


def _refuse_misfits(arrays: dict[str, NDArray[Any]], file_name: str) -> None:
    count = arrays["images"].shape[:1]
    for name, (shape, highest) in _NPZ_ARRAYS.items():
        array = arrays[name]
        fits = array.shape == (*count, *shape) and array.dtype.kind in "iu" and array.size > 0
        if not fits or array.min() < 0 or array.max() > highest:
            needed = ", ".join(map(str, ("n", *shape)))
            raise DataError(
                f"The array '{name}' of '{file_name}' must be whole numbers from 0 to {highest}, [{needed}]; it is "
                f"{array.dtype} {list(array.shape)}.",
                "Make the file again.",
            )


def _member(archive: zipfile.ZipFile, name: str) -> NDArray[Any]:
    with archive.open(f"{name}.npy") as file:
        return np.lib.format.read_array(file, allow_pickle=False)
