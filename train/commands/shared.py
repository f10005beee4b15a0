"""Arguments that several commands have, and the figures that several print."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from train.data.problems import MOST_BAD

if TYPE_CHECKING:
    from train.data.faces import Faces


def add_data(parser: argparse.ArgumentParser) -> None:
    """The faces, FER+'s votes for them, and how much of both may be unusable; `read_data` reads them."""
    parser.add_argument(
        "data", type=Path, help="fer2013.csv, icml_face_data.csv, class folders, a zip of these, or an .npz file"
    )
    parser.add_argument(
        "--votes", type=Path, help="FER+ votes (fer2013new.csv), row by row as in fer2013.csv; only with a csv"
    )
    add_most_bad(parser)


def add_most_bad(parser: argparse.ArgumentParser) -> None:
    """How much of the data may be unusable."""
    parser.add_argument(
        "--most-bad",
        type=_share,
        default=MOST_BAD,
        metavar="SHARE",
        help=f"refuse data of which more than this cannot be used, 0 to 1 (default {MOST_BAD:g}); less is skipped",
    )


def read_data(options: argparse.Namespace) -> Faces:
    """The faces that the arguments of `add_data` name; what was skipped goes to stderr.

    Raises:
        DataError: They cannot be read, or too much of them is unusable.
    """
    from train.data.forms import read_faces

    return read_faces(options.data, options.votes, most_bad=options.most_bad)


def _share(text: str) -> float:
    share = float(text)
    # Written so that 'nan' is refused too.
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not from 0 to 1")
    return share


def print_figures(figures: list[dict[str, Any]]) -> None:
    """One line per split, kind of labels, number of views and treatment of copies."""
    for entry in figures:
        views = ", with mirror images" if entry["flip_averaging"] else ""
        print(
            f"  {entry['split']}, labels {entry['labels']}, copies {entry['copies']}{views}: {entry['n']} faces, "
            f"accuracy {100 * entry['accuracy']:.2f} %, macro-F1 {100 * entry['macro_f1']:.2f} %, "
            f"ECE {100 * entry['ece']:.2f} %"
        )
