"""`python -m train explore`: what is in the data."""

from __future__ import annotations

import argparse
from pathlib import Path

from train.commands.shared import add_data, read_data

HELP = "what is in the data: classes, samples, mean faces, copies, doubtful labels"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Data and folder."""
    add_data(parser)
    parser.add_argument("--out", type=Path, required=True, help="folder for explore.html, its pictures and copies.csv")


def run(options: argparse.Namespace) -> None:
    """Write the report, and say where it is."""
    from train.exploring.explore import explore

    page = explore(read_data(options), options.out)
    print(f"Written to {page}; open it in a browser.")
