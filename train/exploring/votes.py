"""Where FER-2013's own labels and the majority of FER+'s voters agree, and what they confuse."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import confusion_matrix

from emotion_gui.core.emotions import EMOTIONS
from train.data.faces import Faces
from train.data.targets import UNLABELED, VOTE_NAMES, majority_label
from train.exploring.figures import INK, QUIET, new_figure, save_png
from train.exploring.parts import main_part, parts_of
from train.exploring.wording import counted, share_of
from train.pages import Section, Table

_HEADING = "FER-2013's labels and FER+"


def votes_section(faces: Faces, folder: Path) -> Section:
    """Agreement by part, and a confusion matrix; one sentence where there are no votes."""
    if not faces.votes.any():
        return Section(
            _HEADING,
            "This data has no FER+ votes. Give Microsoft's fer2013new.csv with --votes, beside fer2013.csv, to see how "
            "ten other people named each face.",
        )
    agreed, judged = agreement(faces)
    table = Table(("Part", "Faces", "With an untied majority", "Agree", "Share"), tuple(map(_row, parts_of(faces))))
    text = (
        f"FER+ had ten people name every face anew. Of {counted(judged, 'face')} for which one of the seven emotions "
        f"has the most votes, {agreed:,} have the same label in both: {share_of(agreed, judged)}. No model can agree "
        "with both sets of labels more often than they agree with each other, so say with every accuracy which labels "
        "it was measured on.\n\n"
        f"{_unusable_text(faces)}\n\n"
        "In the matrix each row is one original label; its cells say how many in a hundred of those faces FER+'s "
        "voters named so. A perfect agreement would be dark along the diagonal."
    )
    return Section(_HEADING, text, (_draw(faces, folder / "ferplus_confusion.png"),), (table,))


def agreement(faces: Faces) -> tuple[int, int]:
    """How many faces have the same label and FER+ majority, and how many have an untied majority at all."""
    majority = majority_label(faces.votes)
    return int((majority == faces.labels).sum()), int((majority != UNLABELED).sum())


def _row(named: tuple[str, Faces]) -> tuple[str, ...]:
    name, part = named
    agreed, judged = agreement(part)
    return name, f"{len(part):,}", f"{judged:,}", f"{agreed:,}", share_of(agreed, judged)


def _unusable_text(faces: Faces) -> str:
    voted = faces.votes[faces.votes.any(axis=1)]
    tied = int((majority_label(voted) == UNLABELED).sum())
    top = voted.max(axis=1)
    no_face = int((voted[:, VOTE_NAMES.index("not_face")] == top).sum())
    unknown = int((voted[:, VOTE_NAMES.index("unknown")] == top).sum())
    return (
        f"Without an untied majority among the seven: {counted(tied, 'face')}. Most voters, or as many as for any "
        f"emotion, chose 'unknown' for {counted(unknown, 'face')} and 'not a face' for {counted(no_face, 'face')}."
    )


def _shares(part: Faces) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Share of each majority within each original label, [7, 7], and the faces of each label, [7]."""
    majority = majority_label(part.votes)
    known = majority != UNLABELED
    counts = confusion_matrix(part.labels[known], majority[known], labels=range(len(EMOTIONS)))
    totals = counts.sum(axis=1)
    return counts / np.maximum(totals, 1)[:, np.newaxis], totals


def _draw(faces: Faces, path: Path) -> Path:
    name, part = main_part(faces.select(np.asarray(faces.votes.any(axis=1))))
    shares, totals = _shares(part)
    figure = new_figure(6.4)
    axes = figure.add_subplot()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    names = [emotion.title for emotion in EMOTIONS]
    axes.set_xticks(range(len(names)), names)
    axes.set_yticks(
        range(len(names)), [f"{title}\n{counted(total, 'face')}" for title, total in zip(names, totals, strict=True)]
    )
    axes.tick_params(labelsize=9.5, labelcolor=INK, length=0)
    axes.spines[:].set_visible(False)
    axes.set_xlabel("Majority of FER+'s voters", fontsize=10, color=QUIET)
    axes.set_ylabel("FER-2013's own label", fontsize=10, color=QUIET)
    axes.set_title(
        f"{name}: of 100 faces with this label, so many were named ...", loc="left", fontsize=10.5, color=INK
    )
    for (row, column), share in np.ndenumerate(shares):
        if totals[row]:
            axes.text(
                column,
                row,
                f"{100 * share:.0f}",
                ha="center",
                va="center",
                fontsize=10,
                fontweight="bold" if row == column else "normal",
                color="white" if share > 0.5 else INK,
            )
    return save_png(figure, path)
