"""`python -m train`: fit, publish, evaluate."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from emotion_gui.core.errors import AppError
from train.config import TrainConfig, config_of_run

_EXAMPLES = """\
examples:
  python -m train fit fer2013.csv --votes fer2013new.csv --run runs/first --epochs 20
  python -m train publish runs/first fer2013.csv --votes fer2013new.csv --models models
  python -m train evaluate models/ferplus.keras fer2013.csv --votes fer2013new.csv --out figures

FER-2013 is given as Kaggle's fer2013.csv, as a folder with train/ and test/, or as an .npz file.
"""


def main(arguments: list[str] | None = None) -> int:
    """Run one sub-command; returns 0, or 1 with one line on stderr, or 2 for wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        options.run_command(options)
    except AppError as error:
        print(f"train: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"train: a file or folder cannot be used: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("train: interrupted; 'fit' with the same folder goes on from the last epoch", file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m train",
        description="Train an emotion classifier on FER-2013 and publish it for Emotion GUI.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_fit(commands.add_parser("fit", help="train, or go on with an interrupted run"))
    _add_publish(commands.add_parser("publish", help="write a run's models, twins and cards"))
    _add_evaluate(commands.add_parser("evaluate", help="accuracy, F1 and confusion of a model"))
    return parser


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("data", type=Path, help="fer2013.csv, a folder with train/ and test/, or an .npz file")
    parser.add_argument("--votes", type=Path, help="FER+ votes (fer2013new.csv), row by row as in fer2013.csv")


def _add_fit(parser: argparse.ArgumentParser) -> None:
    _add_data(parser)
    defaults = TrainConfig()
    parser.add_argument(
        "--run", type=Path, required=True, help="folder for checkpoints; an old one goes on as it was begun"
    )
    parser.add_argument("--epochs", type=int, help=f"passes over the faces (default {defaults.epochs})")
    parser.add_argument("--batch-size", type=int, help=f"faces per step (default {defaults.batch_size})")
    parser.add_argument("--learning-rate", type=float, help=f"peak (default {defaults.learning_rate})")
    parser.add_argument("--precision", choices=("mixed_bfloat16", "float32"), help="default mixed_bfloat16")
    parser.add_argument("--seed", type=int, help=f"of everything drawn (default {defaults.seed})")
    parser.set_defaults(run_command=_fit)


def _add_publish(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", type=Path, help="folder that 'fit' wrote")
    _add_data(parser)
    parser.add_argument("--models", type=Path, default=Path("models"), help="where the files go (default models)")
    parser.set_defaults(run_command=_publish)


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, help="a published .keras file")
    _add_data(parser)
    parser.add_argument("--out", type=Path, required=True, help="folder for figures.json and the PNG files")
    parser.set_defaults(run_command=_evaluate)


# The commands import Keras when they run, so that --help answers at once.
def _fit(options: argparse.Namespace) -> None:
    from train.fit import fit
    from train.forms import read_faces

    names = ("epochs", "batch_size", "learning_rate", "precision", "seed")
    given: dict[str, Any] = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    # A run that goes on keeps what is not given anew.
    config = replace(config_of_run(options.run) or TrainConfig(), **given)
    fit(read_faces(options.data, options.votes), config, options.run)


def _publish(options: argparse.Namespace) -> None:
    from train.forms import read_faces
    from train.publish import heads_taught, publish

    faces = read_faces(options.data, options.votes)
    for head in heads_taught(faces):
        card = publish(options.run, faces, head, options.models)
        print(f"{options.models / head}.keras, .tflite, .json")
        _print_figures(card.metrics["figures"])


def _evaluate(options: argparse.Namespace) -> None:
    from train.evaluate_model import evaluate_model
    from train.forms import read_faces

    figures = evaluate_model(options.model, read_faces(options.data, options.votes), options.out)
    _print_figures(figures)
    print(json.dumps({"written": str(options.out)}))


def _print_figures(figures: list[dict[str, Any]]) -> None:
    for entry in figures:
        print(
            f"  {entry['split']}, labels {entry['labels']}, copies {entry['copies']}: {entry['n']} faces, "
            f"accuracy {100 * entry['accuracy']:.2f} %, macro-F1 {100 * entry['macro_f1']:.2f} %, "
            f"ECE {100 * entry['ece']:.2f} %"
        )


if __name__ == "__main__":
    sys.exit(main())
