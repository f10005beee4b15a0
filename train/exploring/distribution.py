"""How often each class occurs, by FER-2013's own labels and by the majority of FER+'s voters."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTIONS
from train.data.faces import Faces
from train.data.targets import UNLABELED, majority_label
from train.exploring.figures import INK, QUIET, new_figure, quiet_axes, save_png
from train.exploring.parts import main_part, parts_of
from train.exploring.wording import counted, percent, share_of
from train.pages import Section, Table

_CLASSES = len(EMOTIONS)


def distribution_section(faces: Faces, folder: Path) -> Section:
    """Bars and a table of the faces of each class in each part."""
    picture = _draw(faces, folder / "class_distribution.png")
    return Section("How many faces of each class", _text(faces), (picture,), (_table(faces),))


def class_counts(labels: NDArray[np.integer]) -> NDArray[np.int64]:
    """Faces of each class, int64 [7], of labels int [n]; those with `UNLABELED` are not counted."""
    return np.bincount(labels[labels != UNLABELED], minlength=_CLASSES).astype(np.int64)


def _text(faces: Faces) -> str:
    name, part = main_part(faces)
    counts = class_counts(part.labels)
    most, fewest = int(counts.argmax()), int(counts.argmin())
    text = (
        f"The largest class in {name} is {EMOTIONS[most].title} with {counted(counts[most], 'face')}, the smallest "
        f"{EMOTIONS[fewest].title} with {counted(counts[fewest], 'face')}. A model that always answered "
        f"'{EMOTIONS[most].title}' would be right on {share_of(counts[most], len(part))} of these faces: an accuracy "
        "says little until you compare it with this figure.\n\n"
        "A small class teaches the model little and hardly moves its accuracy, so look at the recall of each class "
        "too. Class weights while training and macro-F1 while judging treat all classes alike."
    )
    if faces.votes.any():
        text += (
            "\n\nThe pale hatched bars count the same faces by FER+, for which ten people each named every face anew. "
            "A face counts for the class with the most of its votes; faces with a tie at the top are left out."
        )
    return text


def _table(faces: Faces) -> Table:
    columns: list[tuple[str, NDArray[np.int64]]] = []
    for name, part in parts_of(faces):
        columns.append((name, class_counts(part.labels)))
        if part.votes.any():
            columns.append((f"{name}, FER+", class_counts(majority_label(part.votes))))
    header = ("Class", *(text for name, _ in columns for text in (name, "Share")))
    rows = [
        (emotion.title, *(text for _, counts in columns for text in _cells(counts[index], counts.sum())))
        for index, emotion in enumerate(EMOTIONS)
    ]
    total = ("All", *(text for _, counts in columns for text in _cells(counts.sum(), counts.sum())))
    return Table(header, (*rows, total))


def _cells(count: int, total: int) -> tuple[str, str]:
    return f"{count:,}", share_of(count, total)


def _draw(faces: Faces, path: Path) -> Path:
    parts = parts_of(faces)
    figure = new_figure(4.6)
    grid = figure.subplots(1, len(parts), sharex=True, sharey=True, squeeze=False)
    for axes, (name, part) in zip(grid[0], parts, strict=True):
        _draw_part(axes, part)
        quiet_axes(axes, f"{name}: {counted(len(part), 'face')}")
        axes.set_xlabel("Share of the faces, %", fontsize=9, color=QUIET)
    axes = grid[0, 0]
    axes.set_yticks(range(_CLASSES), [emotion.title for emotion in EMOTIONS], color=INK, fontsize=10)
    axes.invert_yaxis()
    # Room for the counts behind the longest bar.
    axes.set_xlim(0, axes.get_xlim()[1] * (1.2 + 0.12 * len(parts)))
    if faces.votes.any():
        handles = [
            Patch(facecolor=QUIET, label="FER-2013's own label"),
            Patch(facecolor="white", edgecolor=QUIET, hatch="////", label="FER+ majority"),
        ]
        figure.legend(handles=handles, loc="outside lower center", ncols=2, fontsize=9, frameon=False)
    return save_png(figure, path)


def _draw_part(axes: Axes, part: Faces) -> None:
    voted = part.votes.any()
    thickness = 0.38 if voted else 0.7
    _draw_bars(axes, class_counts(part.labels), offset=-thickness / 2 if voted else 0, thickness=thickness, pale=False)
    if voted:
        counts = class_counts(majority_label(part.votes))
        _draw_bars(axes, counts, offset=thickness / 2, thickness=thickness, pale=True)


def _draw_bars(axes: Axes, counts: NDArray[np.int64], *, offset: float, thickness: float, pale: bool) -> None:
    shares = 100 * counts / max(counts.sum(), 1)
    for index, emotion in enumerate(EMOTIONS):
        color = emotion.color
        bar = axes.barh(index + offset, shares[index], thickness, facecolor=f"{color}33" if pale else color)
        if pale:
            bar.patches[0].set(edgecolor=color, hatch="////", linewidth=0.8)
        label = f" {counts[index]:,} ({percent(shares[index] / 100)})"
        axes.text(shares[index], index + offset, label, va="center_baseline", fontsize=8, color=INK)
