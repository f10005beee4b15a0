"""What makes a configuration one that can be run: the range or the words of each setting, said where it fails."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from emotion_gui.core.errors import AppError

# The words that a setting may be, by the setting's name.
CHOICES = {
    "precision": ("mixed_bfloat16", "float32"),
    "name": ("sgd", "adam"),
    "schedule": ("cosine", "plateau", "constant"),
}
# From where to where a number makes a run; what is not named may be any.
_ABOVE_0 = math.ulp(0.0)
_RANGES = {
    "epochs": (1, math.inf),
    "batch_size": (1, math.inf),
    "average_decay": (0, 0.999999),
    "stop_patience": (0, math.inf),
    "held_out_parts": (2, math.inf),
    "seed": (0, 2**32 - 1),
    "dropout": (0, 0.95),
    "frozen_epochs": (0, math.inf),
    "unfrozen_layers": (-1, math.inf),
    "learning_rate": (_ABOVE_0, math.inf),
    "warmup_epochs": (0, math.inf),
    "plateau_patience": (1, math.inf),
    "plateau_factor": (0, 1),
    "momentum": (0, 0.9999),
    "weight_decay": (0, math.inf),
    "label_smoothing": (0, 1),
    "soft_share": (0, 1),
    "rotation_deg": (0, 180),
    "scale": (0, 10),
    "shift": (0, 1),
    "flip_probability": (0, 1),
    "contrast": (0, 1),
    "brightness": (0, 255),
    "gamma": (1, 10),
    "blur_probability": (0, 1),
    "noise_probability": (0, 1),
    "noise": (0, 255),
    "erase_probability": (0, 1),
    "erase_area": (0, 1),
}


class Checked:
    """A part of the configuration, a dataclass; refused with an `AppError` where a value makes no run."""

    def __post_init__(self) -> None:
        for entry in fields(self):  # type: ignore[arg-type]  # every subclass is a dataclass
            value, said = getattr(self, entry.name), "optimizer" if entry.name == "name" else entry.name
            if entry.type in ("int", "float"):
                _refuse_no_number(said, value, whole=entry.type == "int")
            elif entry.type == "bool" and not isinstance(value, bool):
                raise AppError(f"'{said}' is {value}.", "It must be true or false.")
            elif entry.type == "str" and not isinstance(value, str):
                raise AppError(f"'{said}' is {value}.", "It must be a text.")
            if entry.name in CHOICES and value not in CHOICES[entry.name]:
                raise AppError(f"'{said}' is {value}.", f"Choose from {', '.join(CHOICES[entry.name])}.")


def names_of(name: str, given: Any) -> tuple[str, ...]:
    """A list of names as read from a file, as a tuple; anything else is refused with an `AppError`."""
    if not isinstance(given, list | tuple) or not all(isinstance(entry, str) for entry in given):
        raise AppError(f"'{name}' is {given}.", "It must be a list of names.")
    return tuple(given)


def refuse_others(name: str, given: tuple[str, ...], known: tuple[str, ...]) -> None:
    """Raise an `AppError` where a name is none of the known ones, comes twice or out of their order."""
    # In the known order, so that a model's outputs have one order whatever the user typed.
    if not given or list(given) != [entry for entry in known if entry in given]:
        raise AppError(f"'{name}' is {', '.join(given)}.", f"Choose from {', '.join(known)}, in this order.")


def refuse_unknown(values: Any, cls: type[Any]) -> None:
    """Raise an `AppError` where values read from a file are no mapping, or name what a dataclass does not have."""
    known = {entry.name for entry in fields(cls)}
    if not isinstance(values, Mapping):
        raise AppError(
            f"The configuration has {values} where settings belong.", f"Known are {', '.join(sorted(known))}."
        )
    unknown = sorted(set(values) - known)
    if unknown:
        raise AppError(
            f"The configuration has settings that do not exist: {', '.join(unknown)}.",
            f"Known are {', '.join(sorted(known))}.",
        )


def _refuse_no_number(name: str, value: Any, *, whole: bool) -> None:
    kinds = int if whole else (int, float)
    least, most = _RANGES.get(name, (-math.inf, math.inf))
    # Written so that what is no number at all (NaN) fails too.
    if isinstance(value, kinds) and not isinstance(value, bool) and least <= value <= most and abs(value) < math.inf:
        return
    number = "a whole number" if whole else "a number"
    smallest = "more than 0" if least == _ABOVE_0 else f"{least} or more"
    span = smallest if most == math.inf else f"from {least} to {most}"
    raise AppError(f"'{name}' is {value}.", f"It must be {number}, {span}.")
