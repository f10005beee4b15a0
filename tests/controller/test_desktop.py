"""Files shown in the system's own windows."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import cast

import pytest

from emotion_gui.controller.desktop import (
    Command,
    Desktop,
    begin,
    open_commands,
    outside_environment,
    show_commands,
)
from emotion_gui.controller.status import Level, Notice
from emotion_gui.pipeline.tasks import TaskRunner
from tests.waiting import wait_for


def _on(platform: str, path: str) -> Path:
    """A path as it is there; only its text is used."""
    return cast("Path", PureWindowsPath(path) if platform == "win32" else PurePosixPath(path))


@pytest.mark.parametrize(
    ("platform", "path", "commands"),
    [
        ("win32", r"C:\Users\Zoë Ng\report.pdf", [r'explorer /select,"C:\Users\Zoë Ng\report.pdf"']),
        ("darwin", "/Users/zoë/report.pdf", [["open", "-R", "/Users/zoë/report.pdf"]]),
    ],
)
def test_windows_and_macos_select_the_file(platform: str, path: str, commands: list[Command]) -> None:
    assert list(show_commands([_on(platform, path)], platform)) == commands


def test_linux_asks_the_file_manager_and_then_opens_the_folder() -> None:
    files = [_on("linux", "/home/zoë/a, b.pdf"), _on("linux", "/home/zoë/c.csv")]
    select, folder = show_commands(files, "linux")
    # A comma in a name would end it.
    assert select[-2] == "array:string:file:///home/zo%C3%AB/a%2C%20b.pdf,file:///home/zo%C3%AB/c.csv"
    assert "org.freedesktop.FileManager1.ShowItems" in select
    assert folder == ["xdg-open", "/home/zoë"]


@pytest.mark.parametrize(
    ("platform", "command"),
    [
        ("win32", 'explorer "C:\\a\\r.pdf"'),
        ("darwin", ["open", "C:\\a\\r.pdf"]),
        ("linux", ["xdg-open", "C:\\a\\r.pdf"]),
    ],
)
def test_each_system_opens_a_file_its_own_way(platform: str, command: Command) -> None:
    assert list(open_commands(cast("Path", PureWindowsPath("C:\\a\\r.pdf")), platform)) == [command]


def test_another_program_does_not_get_the_libraries_of_a_packaged_one() -> None:
    packaged = {"LD_LIBRARY_PATH": "/opt/emotion-gui", "LD_LIBRARY_PATH_ORIG": "/usr/lib", "HOME": "/home/zoë"}
    assert outside_environment(packaged) == {"LD_LIBRARY_PATH": "/usr/lib", "HOME": "/home/zoë"}
    assert outside_environment({"LD_LIBRARY_PATH_ORIG": "", "LD_LIBRARY_PATH": "/opt/emotion-gui"}) == {}
    assert outside_environment({"LD_LIBRARY_PATH": "/cuda"}) == {"LD_LIBRARY_PATH": "/cuda"}


def test_a_program_that_fails_or_is_not_there_is_noticed() -> None:
    assert begin([sys.executable, "-c", "pass"])
    assert not begin([sys.executable, "-c", "raise SystemExit(3)"])
    assert not begin(["there-is-no-such-program"])


def test_a_program_that_stays_open_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("emotion_gui.controller.desktop._PATIENCE_S", 0.05)
    began = time.monotonic()
    assert begin([sys.executable, "-c", "import time; time.sleep(2)"])
    assert time.monotonic() - began < 1.5


class Table:
    """A desktop whose programs answer as they are told."""

    def __init__(self) -> None:
        self.tasks = TaskRunner()
        self.told: list[Notice] = []
        self.begun: list[Command] = []
        self.answers: list[bool] = []
        self.desktop = Desktop(self.tasks, self.told.append, self._begin)

    def _begin(self, command: Command) -> bool:
        self.begun.append(command)
        return self.answers.pop(0) if self.answers else True

    def wait_for_word(self) -> Notice:
        def told() -> object:
            self.tasks.deliver()
            return self.told

        wait_for(told, "a word")
        return self.told[0]


@pytest.fixture
def table() -> Iterator[Table]:
    made = Table()
    yield made
    made.tasks.close()


def test_a_file_is_shown_without_a_word(table: Table, tmp_path: Path) -> None:
    report = tmp_path / "report.pdf"
    report.touch()
    table.desktop.show([report])
    table.tasks.close()
    table.tasks.deliver()
    assert table.begun == [show_commands([report])[0]]
    assert not table.told


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is no second way there")
def test_where_nothing_shows_it_the_place_is_told(table: Table, tmp_path: Path) -> None:
    report = tmp_path / "report.pdf"
    report.touch()
    table.answers = [False, False]
    table.desktop.show([report])
    told = table.wait_for_word()
    assert len(table.begun) == 2
    assert (told.level, told.message) == (Level.ERROR, "This system cannot show the file.")
    assert str(report) in told.hint


def test_a_file_that_was_moved_is_told(table: Table, tmp_path: Path) -> None:
    table.desktop.open(tmp_path / "moved.pdf")
    assert table.wait_for_word().message == "moved.pdf is no longer there."
    assert not table.begun
