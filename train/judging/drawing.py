"""What the charts of a model's figures have in common."""

from __future__ import annotations

from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patheffects import AbstractPathEffect, Normal, withStroke

# What is measured, the ideal beside it, and the lines behind both.
MEASURED, IDEAL, _GRID = "#0072B2", "#777777", "#dddddd"


def new_figure(width_in: float, height_in: float) -> Figure:
    """An empty figure that needs no screen; sizes in inches, at 120 pixels each."""
    figure = Figure(figsize=(width_in, height_in), dpi=120, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def calm(axes: Axes) -> None:
    """Take away what carries no figure: the frame's upper and right sides, and dark grid lines."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(visible=True, color=_GRID, linewidth=0.8)
    axes.set_axisbelow(True)


def outlined(width: float) -> list[AbstractPathEffect]:
    """A thin dark edge, without which a yellow line is lost on white."""
    return [withStroke(linewidth=width + 1.2, foreground="#555555"), Normal()]


def save(figure: Figure, path: Path) -> None:
    """Write a PNG."""
    figure.savefig(path, pil_kwargs={"optimize": True})
