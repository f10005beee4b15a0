"""`python -m train evaluate`: how good a model is, and whether its card says so."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from train.commands.shared import add_data, print_figures, read_data

if TYPE_CHECKING:
    from train.judging.evaluation import Evaluation

HELP = "figures and charts of a model, and whether its card says so"
# As `train.judging.parts.SPLITS`, which needs Keras.
_SPLITS = ("PublicTest", "PrivateTest", "held-out")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Model, data, folder, and which faces are scored."""
    parser.add_argument("model", type=Path, help="a published .keras or .tflite file, with its card beside it")
    add_data(parser)
    parser.add_argument("--out", type=Path, required=True, help="folder for index.html, its charts and figures.json")
    parser.add_argument(
        "--split",
        action="append",
        choices=_SPLITS,
        default=[],
        help="which faces; may be given several times (default: the test parts that the data has)",
    )
    parser.add_argument("--run", type=Path, help="folder of the model's run: its curves, and which faces it held out")
    parser.add_argument(
        "--no-robustness", action="store_true", help="leave out worse pictures, whose scoring takes most of the time"
    )


def run(options: argparse.Namespace) -> None:
    """Evaluate, and say where the files are."""
    from train.backend import load_keras

    load_keras()
    from train.judging.evaluate_model import evaluate_model

    evaluation = evaluate_model(
        options.model,
        read_data(options),
        options.out,
        splits=options.split,
        run=options.run,
        with_robustness=not options.no_robustness,
    )
    print_figures(evaluation.figures)
    _print_comparison(evaluation)
    print(f"Written to {options.out / 'index.html'}")


def _print_comparison(evaluation: Evaluation) -> None:
    if evaluation.comparison is None:
        print("There is no card that was made for these weights to compare with.")
        return
    print(evaluation.comparison.sentence)
    for found in evaluation.comparison.differences:
        print(f"  {found.where}: {found.figure} is {found.measured}, on the card {found.card}")
