"""FER-2013 in every form that `train` reads, whole and damaged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from emotion_gui.core.emotions import EMOTION_NAMES
from tests.train.generated import csv_rows, make_faces, write_csv, write_votes
from train.data.faces import PUBLIC_TEST, TRAINING, DataError, Faces
from train.data.forms import read_faces

PIXELS = " ".join(["7"] * 2303 + ["255"])


def same(first: Faces, second: Faces) -> bool:
    pairs = [(getattr(first, name), getattr(second, name)) for name in ("images", "labels", "usage", "rows", "votes")]
    return all(np.array_equal(one, other) for one, other in pairs)


def save_npz(path: Path, **changes: object) -> Path:
    faces = make_faces(1, public_per_label=1)
    usage = (faces.usage == PUBLIC_TEST).astype(np.uint8)
    arrays = {"images": faces.images, "labels": faces.labels, "usage": usage, "rows": faces.rows, "votes": faces.votes}
    np.savez(path, **(arrays | changes))
    return path


class TestCsv:
    def test_reads_faces_and_votes_row_by_row(self, tmp_path: Path) -> None:
        faces = make_faces(2, public_per_label=1)
        data = write_csv(tmp_path / "fer2013.csv", csv_rows(faces))
        assert same(read_faces(data, write_votes(tmp_path / "fer2013new.csv", faces)), faces)

    def test_without_votes_all_are_zero(self, tmp_path: Path) -> None:
        faces = read_faces(write_csv(tmp_path / "FER2013.CSV", csv_rows(make_faces(1))))
        assert faces.votes.shape == (7, 10)
        assert not faces.votes.any()

    def test_byte_order_mark_of_a_spreadsheet_is_no_trouble(self, tmp_path: Path) -> None:
        data = write_csv(tmp_path / "fer2013.csv", [(3, PIXELS, TRAINING)])
        data.write_bytes(b"\xef\xbb\xbf" + data.read_bytes())
        assert read_faces(data).labels.tolist() == [3]

    @pytest.mark.parametrize(
        "row",
        [
            (7, PIXELS, TRAINING),
            (-1, PIXELS, TRAINING),
            ("happy", PIXELS, TRAINING),
            ("", PIXELS, TRAINING),
            (0, PIXELS, "Validation"),
            (0, PIXELS, ""),
            (0, "", TRAINING),
            (0, PIXELS[:-4], TRAINING),
            (0, f"{PIXELS} 1", TRAINING),
            (0, f"256 {PIXELS[2:]}", TRAINING),
            (0, f"-1 {PIXELS[2:]}", TRAINING),
            (0, f"x {PIXELS[2:]}", TRAINING),
            (0, f"99999999999999999999 {PIXELS[2:]}", TRAINING),
        ],
        ids=lambda row: f"{row[0]}-{row[1][:4]}-{row[2]}",
    )
    def test_a_row_that_cannot_be_used_is_named(self, tmp_path: Path, row: tuple[object, object, object]) -> None:
        data = write_csv(tmp_path / "fer2013.csv", [(0, PIXELS, TRAINING), row])
        with pytest.raises(DataError, match=r"Row 1 of 'fer2013\.csv' cannot be used"):
            read_faces(data)

    def test_a_row_of_one_value_is_named(self, tmp_path: Path) -> None:
        data = write_csv(tmp_path / "fer2013.csv", [(0, PIXELS, TRAINING)])
        with data.open("a", encoding="utf-8") as file:
            file.write("4\n")
        with pytest.raises(DataError, match="Row 1 "):
            read_faces(data)

    @pytest.mark.parametrize("content", [b"", b"emotion,pixels,Usage\n", b"\xff\xfe\x00\x01", b"a\n\x00b\n"])
    def test_a_file_without_faces_is_refused(self, tmp_path: Path, content: bytes) -> None:
        data = tmp_path / "fer2013.csv"
        data.write_bytes(content)
        with pytest.raises(DataError):
            read_faces(data)

    @pytest.mark.parametrize("name", ["absent.csv", "absent.npz", "absent", "absent.zip"])
    def test_what_is_not_there_is_refused(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(DataError, match="absent"):
            read_faces(tmp_path / name)


class TestVotes:
    @pytest.fixture
    def data(self, tmp_path: Path) -> Path:
        return write_csv(tmp_path / "fer2013.csv", csv_rows(make_faces(1)))

    def test_another_number_of_rows_is_refused(self, tmp_path: Path, data: Path) -> None:
        other = write_votes(tmp_path / "fer2013new.csv", make_faces(2))
        with pytest.raises(DataError, match="14 rows of votes for 7 faces"):
            read_faces(data, other)

    @pytest.mark.parametrize(
        "line", ["Training,a.png,1,2", "Training,a.png" + ",1" * 9 + ",x", "Training,a" + ",1" * 11]
    )
    def test_a_row_that_cannot_be_used_is_named(self, tmp_path: Path, data: Path, line: str) -> None:
        votes = write_votes(tmp_path / "fer2013new.csv", make_faces(1))
        lines = votes.read_text(encoding="utf-8").splitlines()
        votes.write_text("\n".join([*lines[:5], line, *lines[6:]]), encoding="utf-8")
        with pytest.raises(DataError, match=r"Row 4 of 'fer2013new\.csv'"):
            read_faces(data, votes)

    def test_more_than_ten_votes_are_refused(self, tmp_path: Path, data: Path) -> None:
        faces = make_faces(1)
        faces.votes[3, 0] = 11
        with pytest.raises(DataError, match=r"Row 3 .* from 0 to 10"):
            read_faces(data, write_votes(tmp_path / "fer2013new.csv", faces))

    def test_votes_beside_an_npz_file_are_refused_with_the_reason(self, tmp_path: Path) -> None:
        votes = write_votes(tmp_path / "fer2013new.csv", make_faces(2))
        with pytest.raises(DataError, match=r"only with fer2013\.csv"):
            read_faces(save_npz(tmp_path / "fer2013.npz"), votes)


class TestFolders:
    def test_label_is_the_folder_name_and_not_its_place_in_the_alphabet(self, tmp_path: Path) -> None:
        for label, emotion in enumerate(EMOTION_NAMES):
            for part, usage in (("train", 0), ("test", 100)):
                (tmp_path / part / emotion).mkdir(parents=True)
                flat = np.full((48, 48), label + usage, np.uint8)
                Image.fromarray(flat).save(tmp_path / part / emotion / "face.PNG")
        (tmp_path / "train" / "happy" / "Thumbs.db").write_bytes(b"no picture")
        faces = read_faces(tmp_path)
        assert [int(image[0, 0]) for image in faces.images] == [*range(7), *range(100, 107)]
        assert faces.labels.tolist() == [*range(7), *range(7)]
        assert faces.usage.tolist() == [TRAINING] * 7 + [PUBLIC_TEST] * 7

    def test_colour_pictures_of_another_size_become_grey_48(self, tmp_path: Path) -> None:
        (tmp_path / "train" / "sad").mkdir(parents=True)
        Image.new("RGB", (96, 80), (200, 200, 200)).save(tmp_path / "train" / "sad" / "face.jpg")
        faces = read_faces(tmp_path)
        assert faces.images.shape == (1, 48, 48)
        assert abs(int(faces.images[0, 20, 20]) - 200) <= 1

    @pytest.mark.parametrize("cut", [0, 20, 60, 1000])
    def test_a_damaged_picture_is_named(self, tmp_path: Path, cut: int) -> None:
        face = tmp_path / "train" / "sad" / "torn.png"
        face.parent.mkdir(parents=True)
        Image.fromarray(make_faces(1).images[0]).save(face)
        face.write_bytes(face.read_bytes()[:cut])
        with pytest.raises(DataError, match=r"torn\.png"):
            read_faces(tmp_path)

    def test_an_empty_folder_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(DataError, match="no face"):
            read_faces(tmp_path)


class TestNpz:
    def test_reads_what_was_saved(self, tmp_path: Path) -> None:
        assert same(read_faces(save_npz(tmp_path / "fer2013.npz")), make_faces(1, public_per_label=1))

    @pytest.mark.parametrize(
        "changes",
        [
            {"images": np.zeros((14, 48, 47), np.uint8)},
            {"images": np.zeros((14, 48, 48), np.float32)},
            {"images": np.zeros((13, 48, 48), np.uint8)},
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
