"""The report on the data: one page, one picture per question."""

from __future__ import annotations

from pathlib import Path

from train.data.faces import Faces
from train.exploring.blank import blank_section
from train.exploring.copy_report import conflicts_section, copies_section
from train.exploring.distribution import distribution_section
from train.exploring.light import light_section
from train.exploring.looks import means_section, samples_section
from train.exploring.parts import parts_of
from train.exploring.votes import votes_section
from train.exploring.wording import counted, listed
from train.pages import write_page

PAGE_FILE = "explore.html"
# In the order in which they are read; each takes the faces and the folder, writes its pictures and gives its section.
_SECTIONS = (
    distribution_section,
    samples_section,
    means_section,
    light_section,
    votes_section,
    copies_section,
    conflicts_section,
    blank_section,
)


def explore(faces: Faces, folder: Path) -> Path:
    """Write the report: `explore.html`, its PNG files and `copies.csv`.

    Args:
        faces: All faces, at least one.
        folder: Where the files go; created when missing.

    Returns:
        The page.

    Raises:
        OSError: The folder cannot be written, or the disk is full.
    """
    parts = listed([f"{counted(len(part), 'face')} in {name}" for name, part in parts_of(faces)])
    note = (
        f"This data has {parts}. Look at it before you train: a model learns what is in here, mistakes included.\n\n"
        "A label says what somebody saw in a picture. It does not say what the person in the picture felt."
    )
    page = folder / PAGE_FILE
    write_page(page, "The faces, before training", [section(faces, folder) for section in _SECTIONS], note)
    return page
