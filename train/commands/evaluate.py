"""`python -m train evaluate`: how good a model is."""

from __future__ import annotations

import argparse
from pathlib import Path

from train.commands.shared import add_data, print_figures

HELP = "accuracy, F1 and confusion of a model"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Model, data and folder."""
    parser.add_argument("model", type=Path, help="a published .keras file")
    add_data(parser)
    parser.add_argument("--out", type=Path, required=True, help="folder for figures.json and the PNG files")


def run(options: argparse.Namespace) -> None:
    """Evaluate, and say where the files are."""
    from train.data.forms import read_faces
    from train.judging.evaluate_model import evaluate_model

    figures = evaluate_model(options.model, read_faces(options.data, options.votes), options.out)
    print_figures(figures)
    print(f"Written to {options.out}")
