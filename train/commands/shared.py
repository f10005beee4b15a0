"""Arguments that several commands have, and the figures that several print."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def add_data(parser: argparse.ArgumentParser) -> None:
    """The faces, and FER+'s votes for them."""
    parser.add_argument("data", type=Path, help="fer2013.csv, a folder with train/ and test/, or an .npz file")
    parser.add_argument("--votes", type=Path, help="FER+ votes (fer2013new.csv), row by row as in fer2013.csv")


def print_figures(figures: list[dict[str, Any]]) -> None:
    """One line per split, kind of labels and treatment of copies."""
    for entry in figures:
        print(
            f"  {entry['split']}, labels {entry['labels']}, copies {entry['copies']}: {entry['n']} faces, "
            f"accuracy {100 * entry['accuracy']:.2f} %, macro-F1 {100 * entry['macro_f1']:.2f} %, "
            f"ECE {100 * entry['ece']:.2f} %"
        )
