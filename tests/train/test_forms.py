"""Every form of the data gives the same faces; what is no form is refused by name."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.train.face_files import all_parts, same, save_npz, zip_folder
from tests.train.generated import csv_rows, make_faces, write_csv
from train.data.csv_form import write_csv as write_kaggle_csv
from train.data.faces import PUBLIC_TEST, TRAINING, DataError, Faces
from train.data.forms import FORMS, read_faces, writer_to


def written(faces: Faces, suffix: str, folder: Path) -> Path:
    return writer_to(folder / f"data{suffix}")(faces, folder / f"data{suffix}")[0]


def csv_in_folder(faces: Faces, folder: Path) -> Path:
    (folder / "archive").mkdir()
    write_kaggle_csv(faces, folder / "archive" / "icml_face_data.csv")
    return folder / "archive"


WAYS: dict[str, Callable[[Faces, Path], Path]] = {
    "folder": lambda faces, folder: written(faces, "", folder),
    ".csv": lambda faces, folder: written(faces, ".csv", folder),
    ".npz": lambda faces, folder: written(faces, ".npz", folder),
    "folder of a csv": csv_in_folder,
    "zip of folders": lambda faces, folder: zip_folder(written(faces, "", folder), folder / "data.zip"),
    "zip of a wrapped folder": lambda faces, folder: zip_folder(
        written(faces, "", folder), folder / "d.zip", "fer2013"
    ),
    "zip of a csv": lambda faces, folder: zip_folder(csv_in_folder(faces, folder), folder / "data.zip", "fer2013"),
}


@pytest.mark.parametrize("way", WAYS)
def test_each_form_gives_the_same_faces(tmp_path: Path, way: str) -> None:
    faces = all_parts()
    path = WAYS[way](faces, tmp_path)
    votes = next(tmp_path.rglob("*new.csv"), None)
    lines: list[str] = []
    assert same(read_faces(path, votes, report=lines.append), faces)
    assert not lines


def test_every_form_can_be_read_and_all_but_the_zip_be_written() -> None:
    assert [suffix for suffix, form in FORMS.items() if form.write is None] == [".zip"]
    assert set(FORMS) == {"", ".csv", ".npz", ".zip"}


@pytest.mark.parametrize("name", ["absent.csv", "absent.npz", "absent.zip", "absent", "absent.txt"])
def test_what_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match="absent"):
        read_faces(tmp_path / name)


def test_an_empty_folder_is_refused_with_what_is_needed(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no face .* angry, disgust"):
        read_faces(tmp_path)


def test_what_is_worth_knowing_is_told(tmp_path: Path) -> None:
    faces = make_faces(2, public_per_label=1)
    faces.images[[0, 1, 5, 7]] = 80
    kept = faces.select(faces.labels != 1)
    lines: list[str] = []
    read_faces(written(kept, ".csv", tmp_path), report=lines.append)
    assert lines == [
        "Note: Faces of one single grey level, which teach nothing: 3 (rows 0, 4, 6).",
        "Note: Training has no face of disgust.",
        "Note: PublicTest has no face of disgust.",
    ]


def test_the_report_goes_to_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read_faces(write_csv(tmp_path / "fer2013.csv", csv_rows(make_faces(1))[:6]))
    captured = capsys.readouterr()
    assert captured.err == "Note: Training has no face of neutral.\n"
    assert not captured.out


class TestNpz:
    @pytest.mark.parametrize(
        "changes",
        [
            {"images": np.zeros((14, 48, 47), np.uint8)},
            {"images": np.zeros((14, 48, 48), np.float32)},
            {"images": np.zeros((13, 48, 48), np.uint8)},
            {"images": np.zeros((0, 48, 48), np.uint8)},
            {"labels": np.full(14, 7, np.uint8)},
            {"labels": np.full(14, -1, np.int8)},
            {"usage": np.full(14, 3, np.uint8)},
            {"usage": np.full(14, -1, np.int8)},
            {"rows": np.arange(3)},
            {"votes": np.zeros((14, 8), np.uint8)},
            {"votes": np.full((14, 10), 11, np.uint8)},
            {"labels": np.array([{}] * 14)},
        ],
        ids=lambda changes: "-".join(f"{name}{value.dtype}{value.shape}" for name, value in changes.items()),
    )
    def test_arrays_that_do_not_fit_are_refused(self, tmp_path: Path, changes: dict[str, object]) -> None:
        with pytest.raises(DataError, match=r"fer2013\.npz"):
            read_faces(save_npz(tmp_path / "fer2013.npz", **changes))

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"emotion,pixels"])
    def test_no_npz_file_is_refused(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "fer2013.npz").write_bytes(content)
        with pytest.raises(DataError, match=r"fer2013\.npz"):
            read_faces(tmp_path / "fer2013.npz")

    def test_a_lone_array_or_a_torn_file_is_refused(self, tmp_path: Path) -> None:
        np.save(tmp_path / "one.npy", np.zeros(3))
        (tmp_path / "one.npy").rename(tmp_path / "one.npz")
        torn = save_npz(tmp_path / "torn.npz")
        content = torn.read_bytes()
        torn.write_bytes(content[:500] + bytes(200) + content[700:])
        for name in ("one.npz", "torn.npz"):
            with pytest.raises(DataError, match=name):
                read_faces(tmp_path / name)


@pytest.mark.media
@pytest.mark.slow
def test_the_real_data_is_read_whole(fer2013: Path, tmp_path: Path) -> None:
    out = tmp_path / "fer2013.npz"
    subprocess.run([sys.executable, fer2013 / "unpack.py", "npz", out], check=True)
    faces = read_faces(out)
    assert (faces.usage == TRAINING).sum() == 28_709
    assert (faces.usage == PUBLIC_TEST).sum() == 3_589
    assert np.bincount(faces.labels[:28_709]).tolist() == [3995, 436, 4097, 7215, 4830, 3171, 4965]
    assert faces.rows[:3].tolist() == [0, 1, 2]
