"""The licences of what a built program carries, gathered from what is installed on the machine that builds it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib.metadata import Distribution, distributions
from pathlib import Path

from bundle.contents import Entry

FILE_NAME = "THIRD_PARTY_NOTICES.txt"
_TEXTS = Path(__file__).parent / "licenses"
_LICENCE_FILES = ("*licen[cs]e*", "*copying*", "*notice*", "*authors*", "*third*party*")
# Carried by every built program, though no file of it is in the lists: its loader is the program's first part.
_ALWAYS = ("pyinstaller",)
_RULE = "=" * 100
_HEAD = """\
Emotion GUI comes under the MIT licence, see LICENSE. It carries the following work of others, each under its own
licence. The texts stand below in this order.
"""


@dataclass(frozen=True)
class Notice:
    """One piece of work of others.

    Attributes:
        title: Its name and version.
        licence: The licence's name where it is known; may be empty.
        text: What it asks to be passed on.
    """

    title: str
    licence: str
    text: str


class MissingLicenceError(Exception):
    """Something is carried whose licence is nowhere; nothing may be built like that."""


def notices_text(entries: Iterable[Entry]) -> str:
    """The whole file for a program made of these entries.

    Raises:
        MissingLicenceError: A distribution among them has no licence text.
    """
    sources = {str(Path(source).resolve()) for _name, source, _kind in entries if source}
    notices = [*_own_texts(), *_of_distributions(sources), *_of_system(sources)]
    contents = [f"  {notice.title}{f' ({notice.licence})' if notice.licence else ''}" for notice in notices]
    parts = [f"{_RULE}\n{notice.title}\n{_RULE}\n\n{notice.text.strip()}\n" for notice in notices]
    return "\n".join([_HEAD, *contents, "", *parts])


def _own_texts() -> Iterator[Notice]:
    """What no distribution's own files tell of."""
    # On Windows it lies beside python.exe; Debian has it among its documents.
    python_text = _first_text(
        Path(sysconfig.get_path("stdlib"), "LICENSE.txt"),
        Path(sys.base_prefix, "LICENSE.txt"),
        Path("/usr/share/doc", f"python3.{sys.version_info.minor}", "copyright"),
    )
    version = sys.version.split()[0]
    if not python_text:
        raise MissingLicenceError("This Python came without its LICENSE.txt: build with one that has it.")
    yield Notice(f"Python {version}", "PSF-2.0", python_text)
    yield Notice("Tcl/Tk", "TCL", _own_text("tcl-tk"))
    blazeface = f"{_own_text('blazeface')}\n{_own_text('apache-2.0')}"
    yield Notice("BlazeFace, full range, of MediaPipe", "Apache-2.0", blazeface)
    yield Notice("DejaVu fonts", "Bitstream Vera", _dejavu_text())


def _dejavu_text() -> str:
    import matplotlib as mpl

    return Path(mpl.get_data_path(), "fonts", "ttf", "LICENSE_DEJAVU").read_text(encoding="utf-8")


def _own_text(name: str) -> str:
    return (_TEXTS / f"{name}.txt").read_text(encoding="utf-8")


def _first_text(*files: Path) -> str:
    return next((file.read_text(encoding="utf-8") for file in files if file.is_file()), "")


def _of_distributions(sources: set[str]) -> Iterator[Notice]:
    """A notice for each installed distribution of which at least one file is carried."""
    for distribution in sorted(distributions(), key=lambda each: each.name.lower()):
        if distribution.name == "emotion-gui" or not (_carries(distribution, sources) or _is_always(distribution)):
            continue
        text = licence_text(distribution)
        if not text:
            raise MissingLicenceError(f"{distribution.name} has no licence text: add assets/bundle/licenses/NAME.txt")
        yield Notice(f"{distribution.name} {distribution.version}", _licence_name(distribution), text)


def _carries(distribution: Distribution, sources: set[str]) -> bool:
    return any(
        ".dist-info" not in file.parts[0] and str(Path(str(distribution.locate_file(file))).resolve()) in sources
        for file in distribution.files or ()
    )


def _is_always(distribution: Distribution) -> bool:
    return distribution.name.lower() in _ALWAYS


def licence_text(distribution: Distribution) -> str:
    """All its licence files one after the other; where it has none, the standard text of the licence that it names."""
    files = [
        Path(str(distribution.locate_file(file)))
        for file in distribution.files or ()
        if file.suffix not in {".py", ".pyc"} and any(fnmatchcase(file.name.lower(), each) for each in _LICENCE_FILES)
    ]
    texts: dict[str, None] = {}
    for file in sorted(files):
        texts.setdefault(file.read_text(encoding="utf-8", errors="replace").strip())
    if not texts and "apache" in _licence_name(distribution).lower():
        return _own_text("apache-2.0")
    return "\n\n".join(texts)


def _licence_name(distribution: Distribution) -> str:
    metadata = distribution.metadata
    named = str((metadata.get_all("License-Expression") or metadata.get_all("License") or [""])[0])
    # Some put the whole text there.
    return named if "\n" not in named and len(named) < 100 else ""


def _of_system(sources: set[str]) -> Iterator[Notice]:
    """The system's own libraries that are carried; Debian and its kin say which package a file is of, and its terms."""
    query = shutil.which("dpkg-query")
    if query is None:
        return
    packages: set[str] = set()
    for source in sorted(source for source in sources if source.startswith(("/usr/lib", "/lib"))):
        # Where /lib is a link to /usr/lib, a package may have been listed under either.
        paths = {source, source.removeprefix("/usr")}
        found = subprocess.run([query, "-S", *paths], capture_output=True, text=True, check=False).stdout
        packages.update(line.partition(":")[0] for line in found.splitlines() if ": " in line)
    for package in sorted(packages):
        text = _first_text(Path("/usr/share/doc", package, "copyright"))
        if text:
            yield Notice(f"{package}, of the system that this was built on", "", text)
