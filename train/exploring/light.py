"""How bright and how rich in contrast the faces of each class are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTIONS, Emotion
from train.data.faces import Faces
from train.exploring.figures import INK, QUIET, new_figure, quiet_axes, save_png
from train.exploring.parts import main_part
from train.pages import Section, Table

# Brightness and contrast of each face of a class.
_Pair = tuple[NDArray[np.float32], NDArray[np.float32]]


def light_section(faces: Faces, folder: Path) -> Section:
    """Brightness and contrast of the faces of each class."""
    name, part = main_part(faces)
    figures = {
        emotion: brightness_and_contrast(part.images[part.labels == index]) for index, emotion in enumerate(EMOTIONS)
    }
    text = (
        "The brightness of a face is the mean of its pixels, its contrast their standard deviation, both in grey "
        f"levels from 0 to 255, over {name}. The box holds the middle half of the faces, its line is the median, and "
        "the whiskers reach from the 5th to the 95th percentile. If one class were much brighter or flatter than the "
        "others, a model could guess by the light and learn nothing about faces. It would then fail in your room."
    )
    rows = tuple(
        (emotion.title, *(f"{np.median(values):.0f}" if len(values) else "–" for values in pair))
        for emotion, pair in figures.items()
    )
    table = Table(("Class", "Median brightness", "Median contrast"), rows)
    return Section("Brightness and contrast", text, (_draw_light(figures, folder / "brightness.png"),), (table,))


def brightness_and_contrast(images: NDArray[np.uint8]) -> _Pair:
    """Mean and standard deviation of each picture's grey levels; uint8 [n, height, width] to two float32 [n]."""
    pixels = images.astype(np.float32)
    return pixels.mean(axis=(1, 2)), pixels.std(axis=(1, 2))


def _draw_light(figures: dict[Emotion, _Pair], path: Path) -> Path:
    figure = new_figure(3.6)
    grid = figure.subplots(1, 2, sharey=True)
    for which, (axes, title) in enumerate(zip(grid, ("Brightness", "Contrast"), strict=True)):
        boxes = axes.boxplot(
            [pair[which] for pair in figures.values()],
            orientation="horizontal",
            whis=(5, 95),
            widths=0.6,
            showfliers=False,
            patch_artist=True,
            medianprops={"color": INK, "linewidth": 1.8},
            whiskerprops={"color": QUIET},
            capprops={"color": QUIET},
        )
        for box, emotion in zip(boxes["boxes"], figures, strict=True):
            box.set(facecolor=emotion.color, edgecolor=QUIET)
        quiet_axes(axes, title)
        axes.set_xlabel("Grey levels", fontsize=9, color=QUIET)
    grid[0].set_yticks(range(1, len(figures) + 1), [emotion.title for emotion in figures], color=INK, fontsize=10)
    grid[0].invert_yaxis()
    return save_png(figure, path)
