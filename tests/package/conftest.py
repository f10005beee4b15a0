"""The built program, where there is one: `make package` builds it, `make test-package` builds it and runs these."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.package.built import BuiltProgram

_DIST = Path(__file__).parents[2] / "dist"


@pytest.fixture(scope="session")
def dist() -> Path:
    """What was built here; skips where nothing was."""
    return built_folder("emotion-gui")


def built_folder(name: str) -> Path:
    """What was built under a name; skips where nothing was, or before the code was last changed."""
    folder = _DIST / name
    if not sys.platform.startswith("linux"):
        pytest.skip("the built program is tried out on Linux")
    if not (folder / "emotion-gui").is_file():
        pytest.skip("nothing was built: make test-package")
    if _changed_at(_DIST.parent / "emotion_gui") > (folder / "emotion-gui").stat().st_mtime:
        pytest.skip("the build is older than the code: make test-package")
    return folder


def _changed_at(code: Path) -> float:
    return max(path.stat().st_mtime for path in code.rglob("*.py"))


@pytest.fixture(scope="session")
def installed(dist: Path) -> Iterator[BuiltProgram]:
    """A copy of the build that cannot be written to, in a folder with letters beyond ASCII."""
    # pytest's own folders are closed to other users, as who the program runs.
    with tempfile.TemporaryDirectory(prefix="emotion gui ") as name:
        root = Path(name)
        root.chmod(0o755)
        folder = root / "Prögram 名前"
        shutil.copytree(dist, folder, symlinks=True)
        for path in (folder, *folder.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & ~0o222 | 0o444)
        yield BuiltProgram(folder, root / "Müller 名前")
        # So that it can be deleted.
        for path in (folder, *folder.rglob("*")):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)


@pytest.fixture
def built(installed: BuiltProgram) -> BuiltProgram:
    """The copy with an empty home."""
    installed.give_home()
    return installed
