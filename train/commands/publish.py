"""`python -m train publish`: the files that the program loads."""

from __future__ import annotations

import argparse
from pathlib import Path

from train.commands.shared import add_data, print_figures

HELP = "write a run's models, twins and cards"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Run, data and folder."""
    parser.add_argument("run", type=Path, help="folder that 'fit' wrote")
    add_data(parser)
    parser.add_argument("--models", type=Path, default=Path("models"), help="where the files go (default models)")


def run(options: argparse.Namespace) -> None:
    """Publish every head that has labels."""
    from train.data.forms import read_faces
    from train.publishing.publish import heads_taught, publish

    faces = read_faces(options.data, options.votes)
    for head in heads_taught(faces):
        card = publish(options.run, faces, head, options.models)
        print(f"{options.models / head}.keras, .tflite, .json")
        print_figures(card.metrics["figures"])
