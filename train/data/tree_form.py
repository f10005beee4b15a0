"""Class folders, or a csv, in a folder or an archive; and class folders written so that the way back is exact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

import numpy as np
from tqdm import tqdm

from emotion_gui.core.emotions import EMOTION_NAMES
from train.data.csv_form import read_csv_stream
from train.data.faces import PRIVATE_TEST, PUBLIC_TEST, TRAINING, USAGES, DataError, Faces
from train.data.index import INDEX_NAME, Index, IndexEntry, read_index, write_index
from train.data.pictures import SUFFIXES, read_picture, write_picture
from train.data.problems import Kind, Problems, UnusableError, first_few
from train.data.reading import Face, Reading, collect
from train.data.saving import new_folder
from train.data.tree import Place, Tree, TreeFile

_FOLDERS = {TRAINING: "train", PUBLIC_TEST: "test", PRIVATE_TEST: "private_test"}
# Kaggle's archive holds several; the first of these has all parts.
_CSV_NAMES = ("fer2013.csv", "icml_face_data.csv", "train.csv")


def read_tree(files: Sequence[TreeFile], name: str) -> Reading:
    """Read what lies in a folder or an archive.

    Args:
        files: All its files.
        name: For messages.

    Raises:
        DataError: It holds neither pictures in class folders nor one csv of faces.
        OSError: A file cannot be read.
    """
    tree = Tree(files)
    if any(_place(tree, picture) for picture in tree.pictures):
        return _read_pictures(tree, name)
    table = _csv_of(tree)
    if table is None and tree.pictures:
        return _read_pictures(tree, name)
    if table is None:
        raise DataError(
            f"There is no face in '{name}'.",
            f"Give FER-2013 as a csv, or as train/ and test/ with the folders {', '.join(EMOTION_NAMES)}.",
        )
    with table.open() as stream:
        return read_csv_stream(stream, table.path.name, table.size)


def _place(tree: Tree, picture: TreeFile) -> Place | None:
    try:
        return tree.place_of(picture.path)
    except UnusableError:
        return None


def _csv_of(tree: Tree) -> TreeFile | None:
    tables = {file.path.name.lower(): file for file in tree.files if file.suffix == ".csv"}
    for known in _CSV_NAMES:
        if known in tables:
            return tables[known]
    if len(tables) > 1:
        raise DataError(f"There are several csv files: {first_few(sorted(tables))}.", "Give the one with the faces.")
    return next(iter(tables.values()), None)


def _read_pictures(tree: Tree, name: str) -> Reading:
    listed = Problems(INDEX_NAME, consequence="were not used")
    index = _index_of(tree, listed)
    problems = Problems(name, "pictures")
    faces = collect(_faces(tree, index, problems))
    return Reading(faces, (problems, listed), tuple(_notes(tree, index)))


def _index_of(tree: Tree, problems: Problems) -> Index:
    entries: list[IndexEntry] = []
    for file in tree.files:
        if file.path == PurePosixPath(INDEX_NAME):
            with file.open() as stream:
                entries = read_index(stream, file.size, problems)
    return Index(entries, {picture.path for picture in tree.pictures}, problems)


def _faces(tree: Tree, index: Index, problems: Problems) -> Iterator[Face]:
    placed = []
    for picture in sorted(tree.pictures, key=lambda picture: picture.path):
        place = _place(tree, picture)
        if place is None:
            with problems.entry(picture.path):
                tree.place_of(picture.path)
        else:
            placed.append((place, picture))
    # The sort is stable: part, class, name; and then the order of the list, where there is one.
    placed.sort(key=lambda each: (USAGES.index(each[0].usage), each[0].label))
    taken = [(index.take(picture.path), place, picture) for place, picture in placed]
    taken.sort(key=lambda each: index.order(each[0].row))
    for entry, place, picture in tqdm(taken, problems.source, unit=" pictures", leave=False, disable=None):
        with problems.entry(picture.path):
            yield Face(_pixels(picture), place.label, place.usage, entry.row, entry.votes)


def _pixels(picture: TreeFile) -> bytes:
    try:
        with picture.open() as stream:
            return read_picture(stream)
    except OSError as error:
        raise UnusableError(Kind.PICTURE, error.strerror or str(error)) from error


def _notes(tree: Tree, index: Index) -> Iterator[str]:
    others = [str(file.path) for file in tree.files if file.suffix not in SUFFIXES and file.path.name != INDEX_NAME]
    if others:
        yield f"Files that are no pictures were left aside: {first_few(others)}."
    if index.moved:
        yield f"Pictures in another folder than '{INDEX_NAME}' says: {index.moved}; the folder counts."


def write_folders(faces: Faces, folder: Path) -> list[Path]:
    """Write faces as PNG files, `train/angry/fer0000001.png` and so on, with a list that makes the way back exact.

    Args:
        faces: Any faces, each with a row number of its own.
        folder: Becomes a folder with train/ (Training), test/ (PublicTest) and private_test/ (PrivateTest).

    Returns:
        The folder.

    Raises:
        DataError: Two faces have the same row number, the folder is not empty or cannot be written.
    """
    rows, counts = np.unique(faces.rows, return_counts=True)
    if (counts > 1).any():
        raise DataError(f"Two faces have the row number {rows[counts > 1][0]}.", "Number the rows anew.")
    files = [
        PurePosixPath(_FOLDERS[usage], EMOTION_NAMES[label], f"fer{row:07d}.png")
        for usage, label, row in zip(faces.usage, faces.labels, faces.rows, strict=True)
    ]
    with new_folder(folder) as temporary:
        for parent in {file.parent for file in files}:
            (temporary / parent).mkdir(parents=True)
        pairs = zip(faces.images, files, strict=True)
        for image, file in tqdm(pairs, folder.name, len(files), unit=" pictures", leave=False, disable=None):
            write_picture(image, temporary / file)
        write_index(faces, files, temporary)
    return [folder]
