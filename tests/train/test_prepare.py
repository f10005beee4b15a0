"""`python -m train prepare`: there and back without a pixel's difference, and nothing half-written."""

from __future__ import annotations

import errno
import itertools
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.train.face_files import PIXELS, all_parts, same, zip_folder
from tests.train.generated import csv_rows, write_csv, write_votes
from train.__main__ import main
from train.data.faces import TRAINING
from train.data.forms import read_faces
from train.data.pictures import write_picture


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "fer2013.csv", csv_rows(all_parts()))


@pytest.fixture
def votes(tmp_path: Path) -> Path:
    faces = all_parts()
    faces.votes[:, 9] = np.arange(28) % 5
    return write_votes(tmp_path / "fer2013new.csv", faces)


def prepare(*arguments: str | Path) -> None:
    assert main(["prepare", *map(str, arguments)]) == 0


def refused(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    assert main(["prepare", *map(str, arguments)]) == 1
    captured = capsys.readouterr()
    assert not captured.out
    (line,) = captured.err.splitlines()
    assert line.startswith("train: ")
    return line


class TestThereAndBack:
    def test_csv_to_folders_and_back_is_the_same_text(
        self, tmp_path: Path, source: Path, votes: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        prepare(source, tmp_path / "faces", "--votes", votes)
        assert (tmp_path / "faces" / "train" / "angry" / "fer0000007.png").is_file()
        assert (tmp_path / "faces" / "test" / "disgust" / "fer0000015.png").is_file()
        assert (tmp_path / "faces" / "private_test" / "neutral" / "fer0000027.png").is_file()
        prepare(tmp_path / "faces", tmp_path / "back.csv")
        assert (tmp_path / "back.csv").read_bytes() == source.read_bytes()
        back = read_faces(tmp_path / "back.csv", tmp_path / "backnew.csv")
        assert same(back, read_faces(source, votes))
        out = capsys.readouterr().out.splitlines()
        assert out[1] == "28 faces: 14 Training, 7 PublicTest, 7 PrivateTest; 28 with FER+ votes"
        assert out[2:4] == [f"Written to {tmp_path / 'back.csv'}", f"Written to {tmp_path / 'backnew.csv'}"]

    def test_a_zip_becomes_npz_and_npz_becomes_folders(self, tmp_path: Path, source: Path, votes: Path) -> None:
        prepare(source, tmp_path / "faces", "--votes", votes)
        prepare(zip_folder(tmp_path / "faces", tmp_path / "faces.zip"), tmp_path / "all.npz")
        prepare(tmp_path / "all.npz", tmp_path / "again")
        for name in ("all.npz", "again"):
            assert same(read_faces(tmp_path / name), read_faces(source, votes))

    def test_skipped_rows_leave_the_numbers_of_the_others(self, tmp_path: Path) -> None:
        rows: list[tuple[object, object, object]] = [(9, PIXELS, TRAINING), (0, PIXELS, TRAINING)]
        prepare(write_csv(tmp_path / "a.csv", rows), tmp_path / "faces", "--most-bad", "0.5")
        assert [path.name for path in (tmp_path / "faces").rglob("*.png")] == ["fer0000001.png"]
        assert read_faces(tmp_path / "faces", report=lambda _: None).rows.tolist() == [1]

    def test_an_empty_folder_can_be_filled(self, tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "empty").mkdir()
        prepare(source, tmp_path / "empty")
        assert len(list((tmp_path / "empty").rglob("*.png"))) == 28
        monkeypatch.chdir(tmp_path)
        prepare(source, Path("deeper") / "faces")
        assert (tmp_path / "deeper" / "faces" / "train").is_dir()


class TestRefusals:
    def test_nothing_is_overwritten(
        self, tmp_path: Path, source: Path, votes: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / "mine.txt").write_text("mine", encoding="utf-8")
        assert "is not empty" in refused(capsys, source, tmp_path / "full")
        assert "is there already" in refused(capsys, source, source)
        (tmp_path / "aside").write_text("mine", encoding="utf-8")
        assert "is there already" in refused(capsys, source, tmp_path / "aside")
        (tmp_path / "outnew.csv").write_text("mine", encoding="utf-8")
        assert "outnew.csv' is there already" in refused(capsys, source, tmp_path / "out.csv", "--votes", votes)
        assert not (tmp_path / "out.csv").exists()
        assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]

    def test_a_form_that_cannot_be_written_is_named(
        self, tmp_path: Path, source: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert "'faces.zip' cannot be written" in refused(capsys, source, tmp_path / "faces.zip")

    def test_too_much_damage_leaves_nothing(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        data = write_csv(tmp_path / "a.csv", [(9, PIXELS, TRAINING), (0, PIXELS, TRAINING)])
        assert "1 of 2 rows of 'a.csv' cannot be used" in refused(capsys, data, tmp_path / "faces")
        assert not (tmp_path / "faces").exists()

    @pytest.mark.parametrize("share", ["-0.1", "1.1", "nan", "few"])
    def test_a_share_is_from_0_to_1(self, source: Path, share: str, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as end:
            main(["prepare", str(source), "out", "--most-bad", share])
        assert end.value.code == 2
        assert "--most-bad" in capsys.readouterr().err

    def test_help_states_the_share(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit):
            main(["prepare", "--help"])
        assert "0.01" in capsys.readouterr().out


class TestInterrupted:
    """The tenth picture cannot be written; the real writer wrote nine."""

    def fail_at_tenth(self, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
        numbers = itertools.count(1)

        def failing(face: NDArray[np.uint8], path: Path) -> None:
            if next(numbers) == 10:
                raise error
            write_picture(face, path)

        monkeypatch.setattr("train.data.tree_form.write_picture", failing)

    def test_a_full_disk_is_one_sentence_and_leaves_nothing(
        self, tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.fail_at_tenth(monkeypatch, OSError(errno.ENOSPC, "No space left on device"))
        assert "The disk is full; '" in refused(capsys, source, tmp_path / "faces")
        assert [path.name for path in tmp_path.iterdir() if path.name != "user"] == ["fer2013.csv"]

    def test_an_interruption_leaves_nothing(
        self, tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.fail_at_tenth(monkeypatch, KeyboardInterrupt())
        assert main(["prepare", str(source), str(tmp_path / "faces")]) == 130
        assert [path.name for path in tmp_path.iterdir() if path.name != "user"] == ["fer2013.csv"]


def test_no_progress_is_drawn_where_no_terminal_is(
    tmp_path: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare(source, tmp_path / "faces")
    assert not capsys.readouterr().err
