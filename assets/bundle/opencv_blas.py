"""OpenCV on Linux without its copy of OpenBLAS: 42 MB of linear algebra that no function which we call ever reaches.

The library must be there, because OpenCV's own names it, so a hollow one takes its place: it has the 19 names that
OpenCV looks up, and a call of any of them ends the program. `REVIEWED` is what was looked at for such calls; a test
compares it with the code, so that a new function is looked at before it is used.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

from bundle.contents import Entry

# OpenCV's functions, as named after `cv2.`, that do their work without solving, decomposing or multiplying matrices.
REVIEWED = frozenset(
    {
        "CascadeClassifier", "GaussianBlur", "Sobel", "VideoCapture", "VideoWriter",
        "copyMakeBorder", "cvtColor", "ellipse", "error", "filter2D", "flip", "getRotationMatrix2D", "imdecode",
        "imencode", "imread", "polylines", "rectangle", "resize", "split", "typing", "utils", "warpAffine",
    }
)  # fmt: skip
_BINUTILS = ("as", "ld", "nm")
_OPENCV = "cv2/cv2.abi3.so"
_LIBRARY = "opencv_python*.libs/libopenblas*"
# Only OpenBLAS needs them.
_ITS_OWN = ("opencv_python*.libs/libgfortran*", "opencv_python*.libs/libquadmath*")


def without_openblas(entries: Iterable[Entry], folder: Path) -> list[Entry]:
    """The entries with a hollow library, made in `folder`, for OpenCV's OpenBLAS; as they are where it has none."""
    kept = list(entries)
    opencv, library = _first(kept, _OPENCV), _first(kept, _LIBRARY)
    if not (sys.platform.startswith("linux") and opencv and library and all(map(shutil.which, _BINUTILS))):
        return kept
    hollow = folder / PurePath(library[0]).name
    folder.mkdir(parents=True, exist_ok=True)
    names = _symbols(opencv[1], "--undefined-only") & _symbols(library[1], "--defined-only")
    _link(hollow, sorted(names))
    rest = [entry for entry in kept if entry != library and not any(_matches(entry, each) for each in _ITS_OWN)]
    return [*rest, (library[0], str(hollow), library[2])]


def _first(entries: Iterable[Entry], pattern: str) -> Entry | None:
    # Links to the library stand beside it as entries of their own kind.
    return next((entry for entry in entries if entry[2] != "SYMLINK" and _matches(entry, pattern)), None)


def _matches(entry: Entry, pattern: str) -> bool:
    return fnmatchcase(PurePath(entry[0]).as_posix(), pattern)


def _symbols(library: str, which: str) -> set[str]:
    listed = subprocess.run(["nm", "--dynamic", which, library], capture_output=True, text=True, check=True).stdout
    return {line.split()[-1].partition("@")[0] for line in listed.splitlines() if line}


def _link(target: Path, names: Sequence[str]) -> None:
    """A library of this name, in which the address of every function is 0."""
    nothing = target.with_suffix(".o")
    symbols = [f"--defsym={name}=0" for name in names]
    subprocess.run(["as", "/dev/null", "-o", nothing], check=True)
    subprocess.run(["ld", "-shared", f"-soname={target.name}", *symbols, nothing, "-o", target], check=True)
