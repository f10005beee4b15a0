"""What copies and conflicting labels mean for training and judging, in words, tables and pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from emotion_gui.core.emotions import EMOTIONS
from train.data.faces import Faces, has_copy_in
from train.exploring.copies import CopyGroup, copy_groups, write_copies
from train.exploring.face_sheet import Line, Tile, draw_face_sheet
from train.exploring.parts import main_part, parts_of
from train.exploring.wording import counted, share_of
from train.pages import Section, Table

COPIES_FILE = "copies.csv"
_COLUMNS = 10
_MOST_COPIED = 20
_CONFLICTS_SHOWN = 100


def copies_section(faces: Faces, folder: Path) -> Section:
    """Exact copies within each part and between the parts; writes `copies.csv`."""
    groups = copy_groups(faces)
    write_copies(faces, groups, folder / COPIES_FILE)
    heading = "Exact copies"
    tables = (_within(faces), *_between(faces))
    if not groups:
        return Section(heading, "No picture stands in this data twice, pixel for pixel.", tables=tables)
    text = (
        f"{counted(len(groups), 'picture')} stand in this data more than once, pixel for pixel, and make up "
        f"{counted(sum(map(len, groups)), 'face')}. Pictures that were scaled or cut anew are not found this way, so "
        "there are more copies than are counted here.\n\n"
        "A copy that stands both in what a model learns from and in what it is judged on is a question whose answer it "
        "has seen. That is why 'fit' holds out copies together and why 'evaluate' also gives its figures without them."
        f"\n\nThe file {COPIES_FILE} beside this page names every face with a copy."
    )
    shown = groups[:_MOST_COPIED]
    tiles = [Tile(faces.images[group.indices[0]], ((f"{len(group)} times", ""),)) for group in shown]
    picture = draw_face_sheet(
        tiles, folder / "most_copied_faces.png", columns=_COLUMNS, heading=("The pictures that stand most often", "")
    )
    return Section(heading, text, (picture,), tables)


def conflicts_section(faces: Faces, folder: Path) -> Section:
    """The copies whose labels differ."""
    heading = "One picture, two labels"
    groups = [group for group in copy_groups(faces) if group.conflicting]
    if not groups:
        return Section(heading, "All copies of a picture have the same label.")
    name, part = main_part(faces)
    inside = sum(group.conflicting for group in copy_groups(part))
    text = (
        f"{counted(len(groups), 'picture')} stand in this data under more than one label: whatever a model answers, "
        f"it is wrong on some of these {counted(sum(map(len, groups)), 'face')}. Within {name} alone there are "
        f"{inside:,}. They show how uncertain labels are where nobody copied anything: the same picture, named twice, "
        "got two names."
        "\n\nUnder each picture stand its labels, and how often it has each."
    )
    if len(groups) > _CONFLICTS_SHOWN:
        text += f" Only the first {_CONFLICTS_SHOWN} are shown; {COPIES_FILE} names them all."
    # Those with most labels first, so that the rows with many lines stand together.
    shown = sorted(groups, key=lambda group: -len(set(group.labels.tolist())))[:_CONFLICTS_SHOWN]
    tiles = [Tile(faces.images[group.indices[0]], _label_lines(group)) for group in shown]
    return Section(heading, text, (draw_face_sheet(tiles, folder / "conflicting_labels.png", columns=_COLUMNS),))


def _label_lines(group: CopyGroup) -> tuple[Line, ...]:
    counts = Counter(group.labels.tolist()).most_common()
    return tuple(
        (EMOTIONS[label].title + (f" ×{count}" if count > 1 else ""), EMOTIONS[label].color) for label, count in counts
    )


def _within(faces: Faces) -> Table:
    rows = []
    for name, part in parts_of(faces):
        groups = copy_groups(part)
        surplus = sum(len(group) - 1 for group in groups)
        conflicts = sum(group.conflicting for group in groups)
        rows.append(
            (name, f"{len(part):,}", f"{len(part) - surplus:,}", f"{surplus:,}", f"{len(groups):,}", f"{conflicts:,}")
        )
    header = ("Part", "Faces", "Distinct pictures", "Surplus copies", "Pictures with copies", "With differing labels")
    return Table(header, tuple(rows), "Within each part")


def _between(faces: Faces) -> Sequence[Table]:
    """A table with a line for each pair of parts; none where there is only one part."""
    rows = []
    for (known_name, known), (name, part) in combinations(parts_of(faces), 2):
        count = int(np.count_nonzero(has_copy_in(part.images, known.images)))
        rows.append((name, known_name, f"{count:,}", share_of(count, len(part))))
    if not rows:
        return ()
    return (Table(("Faces of", "with a copy in", "Faces", "Share"), tuple(rows), "Between the parts"),)
