"""The course of a training run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from train.judging.drawing import calm, new_figure, save

# As `train.learning.checkpoints.Checkpoints.history` gives it.
History = Sequence[Mapping[str, Any]]
# Those of Okabe and Ito's colours that are told apart best; they stand for no emotion here.
_COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000")
# Without a second curve beside it a colour would seem to mean something.
_ALONE = ("#444444",)
_PANELS = (("loss", "Loss"), ("accuracy", "Accuracy, %"), ("learning_rate", "Learning rate"))


def draw_training(history: History, path: Path) -> None:
    """Write a PNG: loss, accuracy and learning rate by epoch, each with every record of its kind.

    Args:
        history: One epoch or more.
        path: The file.
    """
    panels = {title: _keys(history, word) for word, title in _PANELS}
    panels = {title: keys for title, keys in panels.items() if keys}
    figure = new_figure(4.4 * len(panels), 3.8)
    for number, (title, keys) in enumerate(panels.items(), start=1):
        axes = figure.add_subplot(1, len(panels), number)
        colors = cycle(_COLORS) if len(keys) > 1 else cycle(_ALONE)
        for color, key in zip(colors, keys, strict=False):
            _draw(axes, history, key, color)
        axes.set_title(title, loc="left", fontsize=11)
        axes.set_xlabel("Epoch")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        calm(axes)
        if len(keys) > 1 or "accuracy" in keys[0]:
            axes.legend(loc="best", fontsize=9)
    save(figure, path)


def _keys(history: History, word: str) -> list[str]:
    """The records of one kind that are numbers, in the order in which a run keeps them."""
    keys = dict.fromkeys(key for record in history for key in record if word in key)
    return [key for key in keys if any(isinstance(record.get(key), int | float) for record in history)]


def _draw(axes: Axes, history: History, key: str, color: str) -> None:
    is_share = "accuracy" in key
    epochs = np.array([record.get("epoch", number) for number, record in enumerate(history, start=1)])
    values = np.array([_number(record.get(key)) for record in history]) * (100 if is_share else 1)
    label = key.replace("_", " ")
    if is_share and np.isfinite(values).any():
        best = int(np.nanargmax(values))
        axes.plot(epochs[best], values[best], "o", color=color, markersize=6)
        label = f"{label.removesuffix(' accuracy')}: best {values[best]:.1f} % at epoch {epochs[best]}"
    # A run of one epoch would be a line of no length.
    axes.plot(epochs, values, "-" if len(epochs) > 1 else "o", color=color, linewidth=1.8, label=label)


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else float("nan")
