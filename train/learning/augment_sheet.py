"""A picture of what augmentation does to faces."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

from emotion_gui.core.atomic_file import atomic_path
from emotion_gui.core.emotions import EMOTIONS
from train.config import TrainConfig
from train.data.faces import TRAINING, Faces, without_blank
from train.data.targets import of_classes
from train.learning.augment import augment

_FACES = _VARIATIONS = 8


def draw_augmented(faces: Faces, config: TrainConfig, path: Path) -> None:
    """Write a PNG: eight Training faces, each as it is and in eight variations.

    Args:
        faces: FER-2013 with Training faces; of each label there is at least one in the picture, as far as eight go.
        config: Its seed, classes and augmentation.
        path: The file.

    Raises:
        DataError: There are no Training faces.
        OSError: The file cannot be written.
    """
    random = np.random.default_rng(config.seed)
    usable = of_classes(without_blank(faces.of_usage(TRAINING)), config.classes)
    chosen = usable.select(_one_of_each(usable.labels, random))
    width, height = 1.4 + _VARIATIONS, 0.4 + len(chosen)
    figure = Figure(figsize=(width, height), dpi=120)
    FigureCanvasAgg(figure)
    axes = figure.subplots(len(chosen), 1 + _VARIATIONS, squeeze=False)
    # Inches of room for the names at the left and the titles above.
    figure.subplots_adjust(0.35 / width, 0.05 / height, 1 - 0.05 / width, 1 - 0.35 / height, wspace=0.06, hspace=0.06)
    for row, face, label in zip(axes, chosen.images, chosen.labels, strict=True):
        pictures = [face, *(augment(face, config.augment, random) for _ in range(_VARIATIONS))]
        for place, picture in zip(row, pictures, strict=True):
            place.imshow(picture, cmap="gray", vmin=0, vmax=255)
            place.set_xticks([])
            place.set_yticks([])
        row[0].set_ylabel(EMOTIONS[label].title, fontsize=10)
    axes[0, 0].set_title("As it is", fontsize=10)
    axes[0, 1].set_title("As the network may see it while it learns", fontsize=10, loc="left")
    with atomic_path(path) as temporary:
        figure.savefig(temporary, format="png")


def _one_of_each(labels: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.int64]:
    """Up to eight places: one of each label in their order, then any."""
    order = random.permutation(len(labels))
    firsts = np.unique(labels[order], return_index=True)[1]
    rest = np.setdiff1d(np.arange(len(order)), firsts)
    return np.asarray(order[np.concatenate([firsts, rest])[:_FACES]])
