"""The settings of a run as arguments: one for each field of the configuration, told by its own docstring."""

from __future__ import annotations

import argparse
import inspect
import re
from collections.abc import Mapping
from dataclasses import Field, fields, replace
from pathlib import Path
from typing import Any

from emotion_gui.core.emotions import EMOTION_NAMES
from train.config import HEADS, PARTS, TrainConfig, read_config_file
from train.config_checks import CHOICES
from train.networks import ARCHITECTURES
from train.presets import PRESETS

# Set by the files that are given, not by hand.
_BY_FILE = {"weights", "begun_with", "teachers"}
_TITLES = {"augment": "the augmentation"}
_CHOICES: Mapping[str, tuple[str, ...]] = {
    **CHOICES,
    "heads": HEADS,
    "classes": EMOTION_NAMES,
    "architecture": tuple(ARCHITECTURES),
}


def add_config(parser: argparse.ArgumentParser) -> None:
    """Where the settings come from, and one argument for each of them, in groups."""
    source = parser.add_argument_group("settings").add_mutually_exclusive_group()
    source.add_argument(
        "--config", type=Path, metavar="FILE", help="TOML or JSON, as config.json in a run's folder; flags go before it"
    )
    source.add_argument("--preset", choices=PRESETS, help="a network's usual settings; flags go before them")
    _add_fields(parser.add_argument_group("the run"), TrainConfig, "")
    for part, cls in PARTS.items():
        _add_fields(parser.add_argument_group(_TITLES.get(part, f"the {part}")), cls, f"{part}.")


def chosen_config(options: argparse.Namespace, begun: TrainConfig | None) -> TrainConfig:
    """The configuration that the arguments of `add_config` describe.

    Args:
        options: Parsed.
        begun: That of a run that goes on; it stands in for the defaults.

    Raises:
        AppError: The file cannot be used, or a value makes no run.
    """
    config = begun or TrainConfig()
    if options.config is not None:
        config = read_config_file(options.config)
    elif options.preset is not None:
        config = PRESETS[options.preset]
    given = {name: value for name, value in vars(options).items() if name in _destinations() and value is not None}
    for part in PARTS:
        changes = {name.removeprefix(f"{part}."): value for name, value in given.items() if name.startswith(f"{part}.")}
        config = replace(config, **{part: replace(getattr(config, part), **changes)})
    own = {name: value for name, value in given.items() if "." not in name}
    return replace(config, **{name: _in_order(name, value) for name, value in own.items()})


def _destinations() -> set[str]:
    parts = {f"{part}.{entry.name}" for part, cls in PARTS.items() for entry in fields(cls)}
    return parts | {entry.name for entry in fields(TrainConfig) if entry.name not in PARTS}


def _in_order(name: str, value: Any) -> Any:
    """Names in the known order, in whichever the user typed them."""
    return tuple(entry for entry in _CHOICES[name] if entry in value) if isinstance(value, list) else value


def _add_fields(group: argparse._ArgumentGroup, cls: type[Any], prefix: str) -> None:
    helps = _attribute_docs(cls)
    for entry in fields(cls):
        if entry.name in PARTS or entry.name in _BY_FILE:
            continue
        flag = "optimizer" if entry.name == "name" else entry.name.replace("_", "-")
        text = f"{helps.get(entry.name, '')} (default {_said(entry)})"
        group.add_argument(
            f"--{flag}", dest=f"{prefix}{entry.name}", help=text.replace("%", "%%"), default=None, **_reading(entry)
        )


def _reading(entry: Field[Any]) -> dict[str, Any]:
    """How argparse reads a field's value."""
    if entry.type == "bool":
        return {"action": argparse.BooleanOptionalAction}
    reading: dict[str, Any] = {"type": {"int": int, "float": float}.get(str(entry.type), str)}
    reading["metavar"] = {"int": "N", "float": "X"}.get(str(entry.type), "NAME")
    if entry.name in _CHOICES:
        reading["choices"] = _CHOICES[entry.name]
        # More than these would fill the line that they are to explain.
        if len(_CHOICES[entry.name]) <= 3 and entry.default in _CHOICES[entry.name]:
            del reading["metavar"]
    if str(entry.type).startswith("tuple"):
        reading["nargs"] = "+"
    return reading


def _said(entry: Field[Any]) -> str:
    value = entry.default
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _attribute_docs(cls: type[Any]) -> dict[str, str]:
    """What the 'Attributes' of a Google-style docstring say of each field."""
    section = (inspect.getdoc(cls) or "").partition("Attributes:\n")[2].partition("\n\n")[0]
    entries = re.findall(r"^    (\w+): ((?:.|\n(?!    \w))+)", section, flags=re.MULTILINE)
    return {name: re.sub(r"\s+", " ", text).replace("`", "").strip().rstrip(".") for name, text in entries}
