"""The parts of the data that there are: no report may assume more than Training, or even that."""

from __future__ import annotations

from train.data.faces import USAGES, Faces


def parts_of(faces: Faces) -> list[tuple[str, Faces]]:
    """Name and faces of each part that has any, Training first."""
    return [(usage, faces.of_usage(usage)) for usage in USAGES if (faces.usage == usage).any()]


def main_part(faces: Faces) -> tuple[str, Faces]:
    """The part that a model learns from: Training, or what there is in its place."""
    return parts_of(faces)[0]
