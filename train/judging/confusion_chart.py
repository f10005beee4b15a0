"""A confusion matrix as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from emotion_gui.core.emotions import EMOTIONS


def draw_confusion(figures: dict[str, Any], path: Path) -> None:
    """Write a PNG.

    Args:
        figures: One entry of what `train.judging.evaluate.evaluate` gave.
        path: The file.
    """
    counts = np.array(figures["confusion"], np.float64)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure = Figure(figsize=(7, 6.4), dpi=120, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    names = [emotion.title for emotion in EMOTIONS]
    axes.set_xticks(range(len(names)), names, rotation=30, ha="right")
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("The model said")
    axes.set_ylabel(f"Label ({figures['labels']})")
    axes.set_title(
        f"{figures['split']}, copies {figures['copies']}\n"
        f"{figures['n']} faces, accuracy {100 * figures['accuracy']:.1f} %",
        fontsize=10,
    )
    for (row, column), share in np.ndenumerate(shares):
        axes.text(
            column, row, f"{100 * share:.0f}", ha="center", va="center", color="white" if share > 0.5 else "black"
        )
    figure.savefig(path)
