"""What is right in form and still worth knowing before one trains on it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from emotion_gui.core.emotions import EMOTION_NAMES
from train.data.faces import USAGES, Faces
from train.data.problems import first_few


def notes_on(faces: Faces) -> Iterator[str]:
    """One sentence each: faces that show nothing, and classes without a face in a part that has others."""
    blank = faces.images.min(axis=(1, 2)) == faces.images.max(axis=(1, 2))
    if blank.any():
        rows = first_few([str(row) for row in faces.rows[blank]])
        yield f"Faces of one single grey level, which teach nothing: {blank.sum()} (rows {rows})."
    for usage in USAGES:
        counts = np.bincount(faces.labels[faces.usage == usage], minlength=len(EMOTION_NAMES))
        empty = [name for name, count in zip(EMOTION_NAMES, counts, strict=True) if not count]
        if counts.any() and empty:
            yield f"{usage} has no face of {', '.join(empty)}."
