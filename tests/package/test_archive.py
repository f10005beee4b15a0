"""What is handed to a person on Linux, and the menu entry that it makes."""

from __future__ import annotations

import platform
import shutil
import subprocess
import tarfile
from configparser import ConfigParser
from pathlib import Path

import pytest

from emotion_gui import __version__

_FILES = ("emotion-gui", "emotion-gui.desktop", "emotion-gui.png", "menu-entry", "LICENSE", "THIRD_PARTY_NOTICES.txt")
_ICON = Path("icons", "hicolor", "256x256", "apps", "emotion-gui.png")
# All that is special in a shell or in a desktop file.
_HARD_NAME = r'a "$HOME" `b` \c %f 名前'


def test_the_archive_holds_the_folder_with_all_that_it_needs(dist: Path) -> None:
    path = dist.parent / f"emotion-gui-{__version__}-linux-{platform.machine()}.tar.gz"
    with tarfile.open(path) as archive:
        members = {member.name: member for member in archive}
    assert {name.partition("/")[0] for name in members} == {"emotion-gui"}
    assert {f"emotion-gui/{name}" for name in _FILES} <= members.keys()
    assert members["emotion-gui/emotion-gui"].mode & 0o111
    assert members["emotion-gui/menu-entry"].mode & 0o111
    assert {member.uid for member in members.values()} == {0}


@pytest.fixture
def unpacked(dist: Path, tmp_path: Path) -> Path:
    folder = tmp_path / _HARD_NAME
    shutil.copytree(dist / "_internal" / "assets" / "icon", folder / "_internal" / "assets" / "icon")
    for name in ("menu-entry", "emotion-gui.desktop"):
        shutil.copy(dist / name, folder)
    program = folder / "emotion-gui"
    program.write_text("#!/bin/sh\necho started\n", encoding="utf-8")
    program.chmod(0o755)
    return folder


def test_the_menu_entry_starts_the_program_and_can_be_removed(unpacked: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    environment = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(data), "PATH": "/usr/bin:/bin"}

    def menu_entry(*arguments: str) -> None:
        subprocess.run([str(unpacked / "menu-entry"), *arguments], env=environment, check=True, cwd="/")

    menu_entry()
    entry = ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(data / "applications" / "emotion-gui.desktop", encoding="utf-8")
    values = entry["Desktop Entry"]
    assert values["Icon"] == "emotion-gui"
    assert (data / _ICON).is_file()
    assert subprocess.run([_command(values["Exec"])], check=True, capture_output=True).stdout == b"started\n"

    menu_entry("remove")
    assert [path.name for path in data.rglob("emotion-gui*")] == []


def _command(line: str) -> str:
    r"""The program of an Exec line, by the rules of the Desktop Entry Specification.

    First the file's own escapes go, then those inside the quotes, then '%%' becomes '%'.
    """
    quoted = line.replace("\\\\", "\\")
    assert quoted[0] == quoted[-1] == '"'
    result, rest = "", iter(quoted[1:-1])
    for character in rest:
        result += next(rest) if character == "\\" else character
    return result.replace("%%", "%")
