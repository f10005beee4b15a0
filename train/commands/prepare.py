"""`python -m train prepare`: FER-2013 from one form into another, exact in every pixel."""

from __future__ import annotations

import argparse
from pathlib import Path

from train.commands.shared import add_data, read_data

HELP = "turn the data into class folders, a csv or an .npz file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Data and target."""
    add_data(parser)
    parser.add_argument(
        "out",
        type=Path,
        help="what to write: NAME.csv, NAME.npz, or a new folder for train/, test/ and private_test/ with PNG files",
    )


def run(options: argparse.Namespace) -> None:
    """Convert, and say what was written."""
    from train.data.faces import USAGES
    from train.data.forms import writer_to

    write = writer_to(options.out)
    faces = read_data(options)
    for path in write(faces, options.out):
        print(f"Written to {path}")
    counts = [f"{(faces.usage == usage).sum()} {usage}" for usage in USAGES if (faces.usage == usage).any()]
    voted = int(faces.votes.any(axis=1).sum())
    print(f"{len(faces)} faces: {', '.join(counts)}; {voted} with FER+ votes")
