"""The look that all pictures of the report share; drawn by Agg, which needs no screen."""

from __future__ import annotations

from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from emotion_gui.core.atomic_file import atomic_path

INK, QUIET, LINE = "#1D2430", "#5A6473", "#D9DEE5"
# Beside its page's text a picture is about two thirds of its pixels wide: sharp on any screen.
WIDTH_IN = 10.0
_DPI = 144


def new_figure(height_in: float, *, constrained: bool = True) -> Figure:
    """An empty figure `WIDTH_IN` wide; `constrained` leaves the places of its axes to matplotlib."""
    figure = Figure(figsize=(WIDTH_IN, height_in), dpi=_DPI, layout="constrained" if constrained else None)
    FigureCanvasAgg(figure)
    return figure


def quiet_axes(axes: Axes, title: str = "") -> None:
    """Leave only the lines that help reading."""
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(LINE)
    axes.tick_params(colors=QUIET, labelsize=9, length=0)
    axes.set_title(title, loc="left", fontsize=10.5, color=INK)


def save_png(figure: Figure, path: Path) -> Path:
    """Write the figure whole or not at all; returns its path."""
    with atomic_path(path) as temporary:
        figure.savefig(temporary)
    return path
