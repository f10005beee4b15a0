"""Faces that show nothing: one single grey level."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTIONS
from train.data.faces import Faces
from train.exploring.face_sheet import Tile, draw_face_sheet
from train.exploring.wording import counted
from train.pages import Section, Table

_COLUMNS = 10
_SHOWN = 50


def blank_rows(images: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Where the pictures without variance stand, ascending; of uint8 [n, height, width]."""
    return np.flatnonzero(images.min(axis=(1, 2)) == images.max(axis=(1, 2)))


def blank_section(faces: Faces, folder: Path) -> Section:
    """Every blank face with its row, its part and the label that somebody gave it."""
    heading = "Faces without variance"
    blank = faces.select(blank_rows(faces.images))
    if not len(blank):
        return Section(heading, "Every picture shows something: none has only one grey level.")
    text = (
        f"{counted(len(blank), 'picture')} of one single grey level: no face, yet each has a label. 'fit' leaves them "
        "out, because the only thing to learn from them is a wrong answer. Rows count from 0 in the order of "
        "FER-2013's csv file, or in the order in which the pictures were read."
    )
    if len(blank) > _SHOWN:
        text += f" Only the first {_SHOWN} are shown; the table names them all."
    tiles = [
        Tile(image, ((f"row {row}", ""), (EMOTIONS[label].title, EMOTIONS[label].color)))
        for image, row, label in zip(blank.images[:_SHOWN], blank.rows, blank.labels, strict=False)
    ]
    rows = tuple(
        (str(row), str(usage), EMOTIONS[label].title, str(image[0, 0]))
        for row, usage, label, image in zip(blank.rows, blank.usage, blank.labels, blank.images, strict=True)
    )
    picture = draw_face_sheet(tiles, folder / "zero_variance_faces.png", columns=_COLUMNS)
    return Section(heading, text, (picture,), (Table(("Row", "Part", "Label", "Grey level"), rows),))
