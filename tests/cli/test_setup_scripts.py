"""The set-up scripts with stand-ins for the programs that they call; nothing is installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_SCRIPTS = Path(__file__).parents[2] / ".ci"
_COMPLETE = 'exec "$REAL_PYTHON" "$@"'
# Says yes to everything but the import that a bare Debian lacks.
_LACKS = 'case "$*" in *"{module}"*) exit 1;; esac; exec "$REAL_PYTHON" "$@"'

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the scripts need bash; Windows has its own lines")


class Machine:
    """A machine whose programs are small scripts in one folder, before the real ones."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.program("id", "echo 1000")
        self.program("uname", "echo Linux")

    def program(self, name: str, script: str) -> Path:
        path = self.folder / name
        path.write_text(f"#!/bin/bash\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    def run(self, script: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": f"{self.folder}:/usr/bin:/bin", "REAL_PYTHON": sys.executable, **variables}
        command = [str(_SCRIPTS / script), *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "bin")


def _pretend_version(version: str) -> str:
    return f'case "$*" in *version_info*) exit {0 if version >= "3.11" else 1};; esac; {_COMPLETE}'


def test_a_complete_python_is_taken(machine: Machine) -> None:
    machine.program("python3.11", _COMPLETE)
    run = machine.run("find-python")
    assert run.returncode == 0
    assert Path(run.stdout.strip()).samefile(sys.executable)


def test_an_old_python_is_not_taken(machine: Machine) -> None:
    old = machine.program("python-old", _pretend_version("3.10"))
    run = machine.run("find-python", PYTHON=str(old))
    assert run.returncode == 1
    assert "3.11 to 3.13" in run.stderr


@pytest.mark.parametrize(
    ("module", "package"),
    [
        ("import ensurepip", f"python{sys.version_info.major}.{sys.version_info.minor}-venv"),
        ("import tkinter", "python3-tk"),
    ],
)
def test_what_is_missing_is_told_as_a_line_to_type(machine: Machine, module: str, package: str) -> None:
    machine.program("apt-get", "echo must not run; exit 9")
    python = machine.program("python", _LACKS.format(module=module))
    run = machine.run("system-packages", str(python), "app")
    assert run.returncode == 1
    assert f"    sudo apt-get install -y {package}\n" in run.stderr


def test_root_installs_what_is_missing(machine: Machine, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    machine.program("id", "echo 0")
    machine.program("apt-get", f'echo "$@" >> {installed}')
    python = machine.program("python", f"[ -e {installed} ] || {_LACKS.format(module='import tkinter')}\n{_COMPLETE}")
    run = machine.run("system-packages", str(python), "app")
    assert run.returncode == 0, run.stderr
    assert "python3-tk" in run.stdout
    assert installed.read_text(encoding="utf-8").split("\n")[1].endswith("--no-install-recommends python3-tk")


def test_a_failed_installation_is_told(machine: Machine) -> None:
    machine.program("id", "echo 0")
    machine.program("apt-get", "echo no network; exit 100")
    python = machine.program("python", _LACKS.format(module="import tkinter"))
    run = machine.run("system-packages", str(python), "app")
    assert run.returncode == 1
    assert "no network" in run.stderr
    assert "could not install: python3-tk" in run.stderr


def test_a_system_without_apt_is_told_what_to_look_for(machine: Machine) -> None:
    python = machine.program("python", _LACKS.format(module="import tkinter"))
    hidden = {"PATH": f"{machine.folder}:{_only(machine, 'bash', 'tr', 'env')}"}
    run = machine.run("system-packages", str(python), "app", **hidden)
    assert run.returncode == 1
    assert "python3-tk" in run.stderr
    assert "apt-get" not in run.stderr


def _only(machine: Machine, *names: str) -> Path:
    """A folder with these system programs and no others."""
    folder = machine.folder.parent / "system"
    folder.mkdir()
    for name in names:
        source = next(path for path in (Path("/usr/bin") / name, Path("/bin") / name) if path.exists())
        (folder / name).symlink_to(source)
    return folder


def test_nothing_is_said_where_nothing_is_missing(machine: Machine) -> None:
    python = machine.program("python", "exit 0")
    run = machine.run("system-packages", str(python), "app")
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
