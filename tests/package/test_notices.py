"""Whatever is carried has its licence text with it."""

from __future__ import annotations

import sys
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest
from bundle.notices import licence_text
from PyInstaller.archive.readers import CArchiveReader

# Ours, and Python's own that some distribution has a copy of.
_NOT_OTHERS = frozenset({"emotion_gui"})
# On Linux the program is built with the same OpenCV without windows of its own.
_CARRIED_AS = {"opencv-python": "opencv-python-headless"} if sys.platform == "linux" else {}


@pytest.fixture(scope="module")
def notices(dist: Path) -> str:
    return (dist / "_internal" / "THIRD_PARTY_NOTICES.txt").read_text(encoding="utf-8")


def _carried(dist: Path) -> set[str]:
    """Names of the top-level modules in the program and of the folders beside it."""
    program = CArchiveReader(str(dist / "emotion-gui"))
    archive = program.open_embedded_archive("PYZ.pyz")
    modules = {name.partition(".")[0] for name in archive.toc}
    return modules | {path.name for path in (dist / "_internal").iterdir()}


def test_every_distribution_has_its_text(dist: Path, notices: str) -> None:
    owners = packages_distributions()
    names = {owner for module in _carried(dist) - _NOT_OTHERS for owner in owners.get(module, ())}
    assert {"numpy", "pillow", "opencv-python", "ai-edge-litert"} <= names
    for name in names:
        carried = distribution(name)
        assert f"\n{_CARRIED_AS.get(name, carried.name)} {carried.version}\n" in notices, name
        text = licence_text(carried).strip()
        assert len(text) > 200, name
        assert text in notices, name


def test_what_is_no_distribution_is_there_too(notices: str) -> None:
    words = {
        "Python 3.": "PYTHON SOFTWARE FOUNDATION LICENSE",
        "Tcl/Tk": "Regents of the University of",
        "BlazeFace, full range, of MediaPipe": "The MediaPipe Authors",
        "DejaVu fonts": "Bitstream Vera",
        _CARRIED_AS.get("opencv-python", "opencv-python"): "FFmpeg is redistributed within all opencv-python packages",
    }
    for title, text in words.items():
        assert f"\n{title}" in notices
        assert text in notices


def test_what_is_not_carried_is_not_named(notices: str) -> None:
    contents = notices.partition("====")[0].lower()
    assert not [word for word in ("tensorflow", "keras", "pytest", "pandas", "scipy", "readline") if word in contents]


def test_they_and_our_own_licence_lie_where_a_person_looks(dist: Path, notices: str) -> None:
    assert (dist / "THIRD_PARTY_NOTICES.txt").read_text(encoding="utf-8") == notices
    assert (dist / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
