"""`python -m train publish`: the files that the program loads."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from emotion_gui.core.errors import AppError
from train.commands.shared import add_data, print_figures, read_data
from train.config import HEADS

HELP = "write a run's models, twins and cards"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Run, data, folder and name."""
    parser.add_argument("run", type=Path, help="folder that 'fit' wrote")
    add_data(parser)
    parser.add_argument("--models", type=Path, default=Path("models"), help="where the files go (default models)")
    parser.add_argument("--head", choices=HEADS, help="publish this head only (default: every head that has labels)")
    parser.add_argument(
        "--name", default="", help="what to call the model (default: as its head; with two heads NAME-HEAD)"
    )
    parser.add_argument(
        "--weights-json", action="store_true", help="also write NAME_architecture.json and NAME.weights.h5"
    )
    parser.add_argument("--soft-labels", type=Path, help="file that a distilled run was given, to name its teachers")
    parser.add_argument("--begun-with", type=Path, help="model that 'fit' was given with --begin-with, for the card")


def run(options: argparse.Namespace) -> None:
    """Publish every head that has labels, or the one that is asked for."""
    from train.backend import load_keras

    load_keras()
    from train.config import read_config
    from train.data.faces import TRAINING
    from train.data.targets import heads_with_labels
    from train.publishing.publish import Extras, publish

    config = read_config(options.run)
    faces = read_data(options)
    heads = (
        (options.head,) if options.head else heads_with_labels(faces.of_usage(TRAINING), config.heads, config.classes)
    )
    if not heads:
        raise AppError("The data has no labels for what this run was taught.", "Give the votes with --votes.")
    extras = Extras(weights_json=options.weights_json, soft_labels=options.soft_labels, begun_with=options.begun_with)
    for head in heads:
        name = f"{options.name}-{head}" if options.name and len(heads) > 1 else options.name
        card = publish(options.run, faces, head, options.models, extras=replace(extras, name=name))
        print(f"{options.models / card.name}.keras, .tflite, .json, .md")
        print_figures(card.metrics["figures"])
