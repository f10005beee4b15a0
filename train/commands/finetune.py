"""`python -m train finetune`: a published model learns from faces that its user labelled."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from emotion_gui.core.errors import AppError
from train.commands.shared import add_most_bad, print_figures

HELP = "improve a published model by your own labelled faces"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Model, corrections, folder, and what keeps the model from forgetting."""
    parser.add_argument("model", type=Path, help="a published .keras file, with its card beside it")
    parser.add_argument(
        "corrections", type=Path, help="folder with one folder of face pictures per expression: happy/*.png ..."
    )
    parser.add_argument("--out", type=Path, required=True, help="where the tuned model goes")
    parser.add_argument("--name", default="", help="what to call it (default NAME-tuned)")
    parser.add_argument(
        "--data",
        type=Path,
        help="FER-2013 as for 'fit'; from it faces are shown again, and what the tuning cost there is measured",
    )
    parser.add_argument("--votes", type=Path, help="FER+ votes for the data (fer2013new.csv), row by row")
    add_most_bad(parser)
    parser.add_argument("--epochs", type=int, help="passes over the corrections (default 30)")
    parser.add_argument("--learning-rate", type=float, help="of the first step (default 0.001)")
    parser.add_argument(
        "--most-loss", type=float, help="percentage points that may be lost on held-out FER-2013 faces (default 1)"
    )
    parser.add_argument("--seed", type=int, help="of everything drawn (default 1)")
    parser.add_argument("--force", action="store_true", help="write the model even if it lost more than that")


def run(options: argparse.Namespace) -> None:
    """Tune, and say what was gained and lost."""
    from train.backend import load_keras

    load_keras()
    from train.data.forms import read_faces
    from train.tuning.finetune import Request, finetune
    from train.tuning.settings import TuneConfig

    if options.votes and not options.data:
        raise AppError("Votes belong to the rows of fer2013.csv.", "Give that too, with --data.")
    names = {"epochs": "epochs", "learning_rate": "learning_rate", "most_loss": "most_loss_points", "seed": "seed"}
    given: dict[str, Any] = {
        field: getattr(options, option) for option, field in names.items() if getattr(options, option) is not None
    }
    config = replace(TuneConfig(), **given)
    faces = read_faces(options.data, options.votes, most_bad=options.most_bad) if options.data else None
    request = Request(options.model, options.corrections, options.out, faces, options.force, options.name)
    card = finetune(request, config)
    print_figures(card.metrics["figures"])
    print(f"{options.out / card.name}.keras, .tflite, .json, .md")
