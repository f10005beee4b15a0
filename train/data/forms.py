"""FER-2013 in the forms that people have it in, by the suffix of the file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from train.data.csv_form import read_csv, write_csv
from train.data.faces import DataError, Faces
from train.data.folder_form import read_folder
from train.data.notes import notes_on
from train.data.npz_form import read_npz, write_npz
from train.data.problems import MOST_BAD
from train.data.reading import Reading
from train.data.saving import refuse_existing
from train.data.tree_form import write_folders
from train.data.votes import with_votes
from train.data.zip_form import read_zip


@dataclass(frozen=True)
class Form:
    """One form of the data.

    Attributes:
        title: For messages, with its article.
        read: Reads it; raises DataError or OSError.
        write: Writes it and gives the paths written; None for a form that is only read.
    """

    title: str
    read: Callable[[Path], Reading]
    write: Callable[[Faces, Path], list[Path]] | None = None


FOLDER = ""
FORMS = {
    FOLDER: Form("a folder with train/ and test/", read_folder, write_folders),
    ".csv": Form("a .csv as Kaggle has it", read_csv, write_csv),
    ".npz": Form("an .npz file", read_npz, write_npz),
    ".zip": Form("a .zip of folders or of a csv", read_zip),
}


def to_stderr(line: str) -> None:
    """Print a line where it does not mix with results."""
    print(line, file=sys.stderr)


def read_faces(
    path: Path,
    votes_csv: Path | None = None,
    *,
    most_bad: float = MOST_BAD,
    report: Callable[[str], None] = to_stderr,
) -> Faces:
    """Read all faces that can be used, and report the rest.

    Args:
        path: A file or folder of one of the `FORMS`.
        votes_csv: FER+ votes (`fer2013new.csv`), one row per row of the csv in the same order; only with a csv, alone
            or in a folder or zip. Its image names are not used: they drift from the rows.
        most_bad: Largest share of rows or pictures that may be unusable, 0 to 1; each file is judged by itself.
        report: Takes the report line by line: what was skipped, and what is worth knowing.

    Returns:
        The usable faces, at least one. `rows` keeps each face's row in the csv.

    Raises:
        DataError: The path is none of these forms, has no face, or too much of it is unusable.
    """
    try:
        reading = _form_of(path).read(path)
        if votes_csv is not None:
            reading = with_votes(reading, votes_csv)
    except OSError as error:
        raise DataError(
            f"'{error.filename or path}' cannot be read: {error.strerror or error}.", "Give a file or folder that can."
        ) from error
    for problems in reading.problems:
        problems.refuse_past(most_bad)
    if not len(reading.faces):
        raise DataError(f"There is no face in '{path.name}'.", "Give FER-2013 with its Training faces.")
    for problems in reading.problems:
        for line in problems.lines():
            report(line)
    for note in (*reading.notes, *notes_on(reading.faces)):
        report(f"Note: {note}")
    return reading.faces


def _form_of(path: Path) -> Form:
    form = FORMS[FOLDER] if path.is_dir() else FORMS.get(path.suffix.lower() or "none")
    if form is None:
        titles = ", ".join(form.title for form in FORMS.values())
        raise DataError(f"'{path.name}' is no form of FER-2013 that is read here.", f"Give one of these: {titles}.")
    return form


def writer_to(target: Path) -> Callable[[Faces, Path], list[Path]]:
    """What writes faces to this path: the form is told by its suffix, a folder has none.

    Raises:
        DataError: No form that can be written has this suffix, or there is something at the path already.
    """
    form = FORMS.get(target.suffix.lower())
    if form is None or form.write is None:
        raise DataError(
            f"'{target.name}' cannot be written in that form.",
            "Give a name ending in .csv or .npz, or one without a dot for a folder.",
        )
    refuse_existing(target)
    return form.write
