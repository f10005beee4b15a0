"""`python -m train networks`: which networks there are, and what one looks like."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from emotion_gui.core.errors import AppError
from train.config import HEADS, NetworkConfig, TrainConfig
from train.networks.catalog import DESCRIPTIONS
from train.presets import PRESETS

HELP = "list the networks, or show one layer by layer"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A network, and how to show it."""
    parser.add_argument("name", nargs="?", help="one of the networks; without it, all are listed")
    parser.add_argument("--summary", action="store_true", help="its layers, as Keras lists them")
    parser.add_argument("--diagram", type=Path, metavar="FILE.png", help="draw its blocks with shapes and weights")
    parser.add_argument(
        "--input-side",
        type=int,
        help="pixels to which a transfer network enlarges the face, 48 to 224 (default: its preset's)",
    )


def run(options: argparse.Namespace) -> None:
    """List, or show one."""
    if options.name is None:
        if options.summary or options.diagram:
            raise AppError("No network is named.", f"Give one of {', '.join(DESCRIPTIONS)}.")
        _list()
        return
    if options.name not in DESCRIPTIONS:
        raise AppError(f"There is no network '{options.name}'.", f"Choose from {', '.join(DESCRIPTIONS)}.")
    if options.diagram and options.diagram.suffix.lower() != ".png":
        raise AppError(f"'{options.diagram.name}' is no PNG file.", "Give a name that ends in .png.")
    print(options.name, *_notes(options.name), sep="\n")
    if options.summary or options.diagram:
        _show(options)


def _list() -> None:
    width = max(map(len, DESCRIPTIONS))
    print(f"{'network':<{width}}  {'weights':>10}  what it is (source)")
    for name, description in DESCRIPTIONS.items():
        print(f"{name:<{width}}  {description.parameters:>10,}  {description.what} ({description.source})")
    print("Weights are counted with one head. Show a network with 'python -m train networks NAME --summary'.")


def _notes(name: str) -> tuple[str, str]:
    description = DESCRIPTIONS[name]
    return f"{description.what}.", f"{description.parameters:,} weights with one head. Source: {description.source}."


def _show(options: argparse.Namespace) -> None:
    from train.backend import load_keras

    load_keras()
    from train.networks.heads import build_headed, build_single_head

    config = config_to_show(options.name, options.input_side)
    model = build_single_head(build_headed(config, dtype="float32"), config.heads[0], temperature=1.0)
    if options.summary:
        _print_summary(model)
    if options.diagram:
        from train.networks.diagram import draw_network
        from train.networks.outline import outline

        draw_network(outline(model), options.name, _notes(options.name), options.diagram)
        print(f"Drawn to {options.diagram}")


def config_to_show(name: str, input_side: int | None = None) -> TrainConfig:
    """A network as its preset has it, or as ours are trained, with one head."""
    config = PRESETS.get(name) or TrainConfig(heads=HEADS[:1], network=NetworkConfig(name))
    if input_side is None:
        return config
    return replace(config, network=replace(config.network, input_side=input_side))


def _print_summary(model: Any) -> None:
    lines: list[str] = []
    model.summary(print_fn=lambda line, **_: lines.append(line), expand_nested=True)
    # Keras frames its table with signs that a Windows console of old cannot write.
    encoding = sys.stdout.encoding or "utf-8"
    print("\n".join(lines).encode(encoding, errors="replace").decode(encoding))
