"""`python -m train`."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from emotion_gui.core.errors import AppError
from train.commands import COMMANDS

_EXAMPLES = """\
examples:
  python -m train explore fer2013.csv --votes fer2013new.csv --out explored
  python -m train fit fer2013.csv --votes fer2013new.csv --run runs/first
  python -m train publish runs/first fer2013.csv --votes fer2013new.csv --models my-models
  python -m train evaluate my-models/ferplus.keras fer2013.csv --votes fer2013new.csv --out figures

FER-2013 is given as Kaggle's csv, as class folders, as a zip of these, or as an .npz file of 'prepare'.
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
        print("train: interrupted; 'fit' goes on from its last epoch, all else begins anew", file=sys.stderr)
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
    for name, module in COMMANDS.items():
        # A command imports Keras when it runs, so that --help answers at once.
        command = import_module(module)
        subparser = commands.add_parser(name, help=command.HELP, description=command.__doc__)
        command.add_arguments(subparser)
        subparser.set_defaults(run_command=command.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
