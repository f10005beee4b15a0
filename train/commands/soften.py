"""`python -m train soften`: teachers' probabilities for the Training faces, from which a small network learns.

The teachers must have been trained with the seed and the held-out share of the student: one that learnt from the faces
that the student holds out makes the student's held-out figures too good. Where a card shows another division, 'fit'
says so.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from train.commands.shared import add_data, read_data
from train.config import HEADS

HELP = "keep what finished models say of the Training faces, to teach a small one"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Teachers, data and file."""
    parser.add_argument(
        "models", type=Path, nargs="+", metavar="model", help="published .keras or .tflite files with their cards"
    )
    add_data(parser)
    parser.add_argument("--out", type=Path, required=True, help="the .npz file to write")
    parser.add_argument("--head", choices=HEADS, help="whose targets they soften (default: as their cards are named)")
    parser.add_argument(
        "--temperature", type=float, default=1.0, help="divides the teachers' logits; above 1 is softer (default 1)"
    )


def run(options: argparse.Namespace) -> None:
    """Ask the teachers, write the file and say how to use it."""
    from train.backend import load_keras

    load_keras()
    from emotion_gui.core.errors import AppError
    from train.judging.teachers import soften
    from train.learning.soft_labels import write_soft_labels

    if options.out.suffix.lower() != ".npz":
        raise AppError(f"'{options.out.name}' is no .npz file.", "Give --out a name that ends in .npz.")
    labels = soften(options.models, read_data(options), head=options.head, temperature=options.temperature)
    write_soft_labels(labels, options.out)
    print(f"{len(labels.rows)} faces, labels for {', '.join(labels.by_head)}: {options.out}")
    print(f"Use them with 'fit ... --soft-labels {options.out} --soft-share 0.5'")
