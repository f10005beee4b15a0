"""The command line in a process of its own: quick help, one line for an error."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.train.generated import csv_rows, make_faces, write_csv
from train.__main__ import main

ROOT = Path(__file__).parents[2]


def python(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_help_needs_neither_keras_nor_the_readme() -> None:
    code = (
        "import sys, train.__main__ as cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "heavy = {'keras', 'tensorflow', 'sklearn', 'scipy', 'cv2'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    answer = python("-c", code)
    assert answer.returncode == 0, answer.stderr
    for word in ("fit", "publish", "evaluate", "fer2013.csv", "examples"):
        assert word in answer.stdout


@pytest.mark.parametrize("command", ["fit", "publish", "evaluate"])
def test_each_command_explains_its_arguments(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])
    assert end.value.code == 0
    assert "--votes" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["teach"], ["fit", "data.csv"], ["fit", "data.csv", "--epochs", "few"]])
def test_wrong_usage_exits_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "usage: python -m train" in capsys.readouterr().err


@pytest.mark.slow
class TestErrors:
    """Expected trouble is one line on stderr and exit code 1; the command itself imports Keras first."""

    @pytest.fixture
    def data(self, tmp_path: Path) -> str:
        return str(write_csv(tmp_path / "fer2013.csv", csv_rows(make_faces(1, public_per_label=1))))

    def fails(self, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
        assert main(arguments) == 1
        captured = capsys.readouterr()
        assert not captured.out
        lines = [line for line in captured.err.splitlines() if line.startswith("train: ")]
        assert len(lines) == 1
        assert "Traceback" not in captured.err
        return lines[0]

    def test_absent_data(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        line = self.fails(["fit", str(tmp_path / "absent.csv"), "--run", str(tmp_path / "run")], capsys)
        assert "absent.csv" in line
        assert not (tmp_path / "run").exists()

    def test_too_few_faces(self, tmp_path: Path, data: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert "only 1 faces" in self.fails(["fit", data, "--run", str(tmp_path / "run")], capsys)

    def test_no_epochs(self, tmp_path: Path, data: str, capsys: pytest.CaptureFixture[str]) -> None:
        line = self.fails(["fit", data, "--run", str(tmp_path / "run"), "--epochs", "0"], capsys)
        assert "'epochs' is 0" in line

    def test_a_run_folder_that_is_a_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        data = str(write_csv(tmp_path / "enough.csv", csv_rows(make_faces(10))))
        assert "a file or folder cannot be used" in self.fails(["fit", data, "--run", data], capsys)

    def test_publish_of_no_run(self, tmp_path: Path, data: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert "no training run" in self.fails(["publish", str(tmp_path), data], capsys)

    @pytest.mark.parametrize("name", ["absent.keras", "fer2013.csv", "torn.keras"])
    def test_evaluate_of_no_model(
        self, tmp_path: Path, data: str, name: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "torn.keras").write_bytes(b"PK\x03\x04 torn")
        line = self.fails(["evaluate", str(tmp_path / name), data, "--out", str(tmp_path / "out")], capsys)
        assert name in line
        assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_the_module_itself_passes_the_exit_code_on(tmp_path: Path) -> None:
    answer = python("-m", "train", "fit", tmp_path / "absent.csv", "--run", tmp_path / "run")
    assert answer.returncode == 1
    assert "train: " in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.slow
def test_backends_print_nothing_between_our_lines() -> None:
    run = python("-m", "train", "networks", "seed_tkinter", "--summary")
    assert (run.returncode, run.stderr) == (0, "")
