"""`python -m train fit`: train, or go on with an interrupted run."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from train.commands.shared import add_data
from train.config import TrainConfig, config_of_run

HELP = "train, or go on with an interrupted run"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Data, folder and what differs from the defaults."""
    add_data(parser)
    defaults = TrainConfig()
    parser.add_argument(
        "--run", type=Path, required=True, help="folder for checkpoints; an old one goes on as it was begun"
    )
    parser.add_argument("--epochs", type=int, help=f"passes over the faces (default {defaults.epochs})")
    parser.add_argument("--batch-size", type=int, help=f"faces per step (default {defaults.batch_size})")
    parser.add_argument("--learning-rate", type=float, help=f"peak (default {defaults.optimizer.learning_rate})")
    parser.add_argument("--precision", choices=("mixed_bfloat16", "float32"), help="default mixed_bfloat16")
    parser.add_argument("--seed", type=int, help=f"of everything drawn (default {defaults.seed})")


def run(options: argparse.Namespace) -> None:
    """Train; a run that goes on keeps what is not given anew."""
    from train.data.forms import read_faces
    from train.learning.fit import fit

    names = ("epochs", "batch_size", "precision", "seed")
    given: dict[str, Any] = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    config = replace(config_of_run(options.run) or TrainConfig(), **given)
    if options.learning_rate is not None:
        config = replace(config, optimizer=replace(config.optimizer, learning_rate=options.learning_rate))
    fit(read_faces(options.data, options.votes), config, options.run)
