"""What the faces of each class look like: sample sheets and mean faces."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTIONS, Emotion
from train.data.faces import Faces
from train.exploring.face_sheet import Tile, draw_face_sheet
from train.exploring.figures import INK, QUIET, new_figure, save_png
from train.exploring.parts import main_part
from train.exploring.wording import counted, listed
from train.pages import Section

_SAMPLES, _SAMPLE_COLUMNS = 36, 12
# Grey levels to either side of the mean of all classes; mean faces differ by no more than about 30.
_FULL_TINT = 30


def samples_section(faces: Faces, folder: Path) -> Section:
    """One sheet of faces per class; the same data gives the same sheets."""
    name, part = main_part(faces)
    pictures, missing = [], []
    for index, emotion in enumerate(EMOTIONS):
        chosen = np.flatnonzero(part.labels == index)
        if not len(chosen):
            missing.append(emotion.title)
            continue
        drawn = np.random.default_rng(index).permutation(chosen)[:_SAMPLES]
        pictures.append(
            draw_face_sheet(
                [Tile(part.images[face]) for face in drawn],
                folder / f"samples_{emotion.value}.png",
                columns=_SAMPLE_COLUMNS,
                heading=(f"{emotion.title}: {len(drawn)} of {counted(len(chosen), 'face')}", emotion.color),
            )
        )
    text = (
        f"Up to {_SAMPLES} faces of each class, drawn at random from {name} and shown as the model gets them: 48 by 48 "
        "pixels, grey. Look for what makes the task hard: wrong crops, text over the picture, drawings, glasses, "
        "hands, and faces that you would have named differently. Look for who is missing, too."
    )
    if missing:
        text += f"\n\n{name} has no face labelled {listed(missing)}, so there is no sheet for it."
    return Section("Sample faces", text, tuple(pictures))


def means_section(faces: Faces, folder: Path) -> Section:
    """The mean face of each class, and what is brighter or darker in it than in the mean of all classes."""
    name, part = main_part(faces)
    text = (
        f"Each pixel is the mean of that pixel over all faces of the class in {name}. Where a mean face is sharp, the "
        "faces agree: eyes and mouth stand at the same place in nearly all of them, so a network can rely on that. "
        "In FER-2013 the smile of Happy and the open mouth of Surprise are easy to see, while Angry, Fear and Sad look "
        "much alike: there models, and people, mix them up.\n\n"
        "The second row shows the difference from the mean of all classes, each class counting alike: red is brighter "
        f"in this class, blue is darker, full colour is {_FULL_TINT} grey levels or more."
    )
    return Section("Mean faces", text, (_draw_means(part, folder / "mean_faces.png"),))


def mean_faces(faces: Faces) -> dict[Emotion, NDArray[np.float64]]:
    """The mean face, float64 [48, 48], 0 to 255, of each class that has any."""
    masks = {emotion: faces.labels == index for index, emotion in enumerate(EMOTIONS)}
    return {emotion: faces.images[mask].mean(axis=0) for emotion, mask in masks.items() if mask.any()}


def _draw_means(part: Faces, path: Path) -> Path:
    means = mean_faces(part)
    middle = np.mean(list(means.values()), axis=0)
    figure = new_figure(3.5)
    grid = figure.subplots(2, len(EMOTIONS), squeeze=False)
    for column, emotion in enumerate(EMOTIONS):
        top, bottom = grid[:, column]
        _without_ticks(top, emotion.color)
        _without_ticks(bottom, emotion.color)
        top.set_title(emotion.title, fontsize=10.5, color=INK)
        if emotion in means:
            top.imshow(means[emotion], cmap="gray", vmin=0, vmax=255)
            bottom.imshow(means[emotion] - middle, cmap="RdBu_r", vmin=-_FULL_TINT, vmax=_FULL_TINT)
        else:
            top.text(0.5, 0.5, "no face", ha="center", va="center", fontsize=9, color=QUIET)
    grid[0, 0].set_ylabel("Mean", fontsize=9, color=QUIET)
    grid[1, 0].set_ylabel("Difference", fontsize=9, color=QUIET)
    return save_png(figure, path)


def _without_ticks(axes: Axes, color: str) -> None:
    axes.set(xticks=[], yticks=[], box_aspect=1)
    axes.spines[:].set(color=color, linewidth=2)
