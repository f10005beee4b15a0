"""A confusion matrix as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from train.judging.drawing import new_figure, save


def draw_confusion(figures: dict[str, Any], path: Path) -> None:
    """Write a PNG: each row is shared out among what the model said, in percent.

    Args:
        figures: One entry of what `train.judging.evaluate.evaluate` gave.
        path: The file.
    """
    counts = np.array(figures["confusion"], np.float64)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure = new_figure(6.4, 5.8)
    axes = figure.add_subplot()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    names = [name.capitalize() for name in figures["per_class"]]
    rows = [f"{name}\n{count:,.0f} faces" for name, count in zip(names, counts.sum(axis=1), strict=True)]
    axes.set_xticks(range(len(names)), names, rotation=30, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(len(names)), rows)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.set_xlabel("The model said")
    axes.set_ylabel("Label")
    axes.set_title("Of each label's faces, the percent that the model called so", loc="left", fontsize=11)
    for (row, column), share in np.ndenumerate(shares):
        axes.text(
            column,
            row,
            f"{100 * share:.0f}",
            ha="center",
            va="center",
            color="white" if share > 0.5 else "black",
            fontweight="bold" if row == column else "normal",
        )
    save(figure, path)
