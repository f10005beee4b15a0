"""Kaggle's csv, whole and damaged, and the votes that belong to its rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.train.face_files import PIXELS, all_parts, same, save_npz
from tests.train.generated import csv_rows, make_faces, write_csv, write_votes
from train.data.csv_form import pixels_of
from train.data.csv_form import write_csv as write_kaggle_csv
from train.data.faces import PUBLIC_TEST, TRAINING, DataError
from train.data.forms import read_faces
from train.data.problems import UnusableError

DAMAGED_ROWS = [
    (7, PIXELS, TRAINING, "unknown label (row 1, line 3: '7')"),
    (-1, PIXELS, TRAINING, "unknown label"),
    ("contempt", PIXELS, TRAINING, "unknown label (row 1, line 3: 'contempt')"),
    ("", PIXELS, TRAINING, "unknown label"),
    (0, PIXELS, "Validation", "unknown usage (row 1, line 3: 'Validation')"),
    (0, PIXELS, "", "unknown usage"),
    (0, "", TRAINING, "wrong pixels (row 1, line 3: 0 instead of 2304)"),
    (0, PIXELS[:-4], TRAINING, "wrong pixels (row 1, line 3: 2303 instead"),
    (0, f"{PIXELS} 1", TRAINING, "wrong pixels (row 1, line 3: 2305 instead"),
    (0, f"256 {PIXELS[2:]}", TRAINING, "wrong pixels (row 1, line 3: one is 256"),
    (0, f"-1 {PIXELS[2:]}", TRAINING, "wrong pixels (row 1, line 3: '-' among them"),
    (0, f"x {PIXELS[2:]}", TRAINING, "wrong pixels"),
    (0, f"\u0667 {PIXELS[2:]}", TRAINING, "wrong pixels"),
    (0, f"99999999999999999999 {PIXELS[2:]}", TRAINING, "wrong pixels"),
    (0, '"' + PIXELS[2:], TRAINING, "missing or extra columns"),
    (0, PIXELS, "Training,more", "missing or extra columns (row 1, line 3: 4 where the head has 3)"),
    (0, PIXELS + " " * 100_000, TRAINING, "missing or extra columns"),
]


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
    return path


class TestHeads:
    def test_icml_face_data_has_blanks_and_another_order(self, tmp_path: Path) -> None:
        data = write(tmp_path / "icml_face_data.csv", "emotion, Usage, pixels", f"3, PublicTest, {PIXELS}")
        faces = read_faces(data)
        assert (faces.labels.tolist(), faces.usage.tolist()) == ([3], [PUBLIC_TEST])
        assert faces.images[0, 47, 46:].tolist() == [7, 255]

    def test_without_usage_all_is_training(self, tmp_path: Path) -> None:
        faces = read_faces(write(tmp_path / "train.csv", "emotion,pixels", f"3,{PIXELS}", f"0,{PIXELS}"))
        assert faces.usage.tolist() == [TRAINING, TRAINING]

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
    def test_what_spreadsheets_make_of_it_is_read(self, tmp_path: Path, delimiter: str, line_end: str) -> None:
        rows = [("Usage", "emotion", "pixels"), ('"training"', '"happy"', f'"{PIXELS}"'), ("Training", "6", PIXELS)]
        text = line_end.join(delimiter.join(row) for row in rows) + 2 * line_end
        (tmp_path / "FER.CSV").write_bytes(b"\xef\xbb\xbf" + text.encode())
        assert read_faces(tmp_path / "FER.CSV").labels.tolist() == [3, 6]

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "no column 'emotion'"),
            (b"pixels\n1 2\n", "no column 'emotion'"),
            (b"emotion,Usage\n", "no column 'pixels'"),
            (b"emotion,pixels,Usage\n", "no face"),
            (b"\xff\xfe\x00\x01", "no column"),
            (b"a\n\x00b\n", "no column"),
        ],
    )
    def test_a_file_without_faces_is_refused(self, tmp_path: Path, content: bytes, message: str) -> None:
        (tmp_path / "fer2013.csv").write_bytes(content)
        with pytest.raises(DataError, match=message):
            read_faces(tmp_path / "fer2013.csv")


class TestDamage:
    @pytest.mark.parametrize("row", DAMAGED_ROWS, ids=lambda row: f"{row[0]}-{row[3]}")
    def test_a_damaged_row_is_named_skipped_and_counted(
        self, tmp_path: Path, row: tuple[object, str, str, str]
    ) -> None:
        good = [(3, PIXELS, TRAINING), (4, PIXELS, PUBLIC_TEST)]
        data = write_csv(tmp_path / "fer2013.csv", [good[0], row[:3], good[1]])
        with pytest.raises(DataError) as refused:
            read_faces(data)
        assert "1 of 3 rows of 'fer2013.csv' cannot be used, more than the 1 % that may be: 1 with" in str(
            refused.value
        )
        assert row[3] in str(refused.value)
        lines: list[str] = []
        faces = read_faces(data, most_bad=0.4, report=lines.append)
        assert (faces.labels.tolist(), faces.rows.tolist()) == ([3, 4], [0, 2])
        assert lines[0] == "1 of 3 rows of 'fer2013.csv' were skipped:"
        assert row[3] in lines[1]

    def test_a_row_of_one_value_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(DataError, match="row 1, line 4: 1 where the head has 3"):
            read_faces(write(tmp_path / "a.csv", "emotion,pixels,Usage", f"0,{PIXELS},Training", "", "4"))

    def test_each_kind_shows_its_first_and_counts_the_rest(self, tmp_path: Path) -> None:
        rows = [(0, PIXELS, TRAINING), *[(9, PIXELS, TRAINING)] * 5, (0, "1 2\x1b[31m", TRAINING)]
        lines: list[str] = []
        read_faces(write_csv(tmp_path / "a.csv", rows), most_bad=1, report=lines.append)
        assert lines[:3] == [
            "6 of 7 rows of 'a.csv' were skipped:",
            "  5 with an unknown label (row 1, line 3: '9'; row 2, line 4: '9'; row 3, line 5: '9' and 2 more)",
            "  1 with wrong pixels (row 6, line 8: '?' among them)",
        ]

    def test_one_in_a_hundred_is_the_most_unless_said_otherwise(self, tmp_path: Path) -> None:
        rows: list[tuple[object, object, object]] = [(0, PIXELS, TRAINING)] * 99
        assert len(read_faces(write_csv(tmp_path / "a.csv", [*rows, (9, PIXELS, TRAINING)]))) == 99
        with pytest.raises(DataError, match="1 of 99 rows"):
            read_faces(write_csv(tmp_path / "a.csv", [*rows[1:], (9, PIXELS, TRAINING)]))
        with pytest.raises(DataError, match="1 of 100 rows"):
            read_faces(write_csv(tmp_path / "a.csv", [*rows, (9, PIXELS, TRAINING)]), most_bad=0)


@settings(max_examples=100, deadline=None)
@given(
    st.text(st.sampled_from("0123456789 -+.x\t\u00b2\u0663\x00"), max_size=30),
    st.integers(2300, 2305),
    st.sampled_from([" ", "  "]),
)
def test_pixels_are_read_as_python_reads_numbers(start: str, count: int, blanks: str) -> None:
    text = blanks.join([start, *map(str, range(count % 256)), *["255"] * (count - count % 256)])
    numbers = text.split()
    plain = set(text) <= set("0123456789 ")
    usable = plain and len(numbers) == 2304 and max(map(int, numbers)) <= 255
    try:
        assert pixels_of(text) == bytes(map(int, numbers))
        assert usable
    except UnusableError:
        assert not usable


class TestVotes:
    def test_belong_to_the_rows_whatever_was_skipped(self, tmp_path: Path) -> None:
        faces = all_parts()
        faces.votes[:, 9] = np.arange(28) % 3
        rows = csv_rows(faces)
        for damaged in (0, 5, 27):
            rows[damaged] = (0, "1 2 3", TRAINING)
        data, votes = write_csv(tmp_path / "fer2013.csv", rows), write_votes(tmp_path / "fer2013new.csv", faces)
        kept = faces.select(np.delete(np.arange(28), [0, 5, 27]))
        assert same(read_faces(data, votes, most_bad=0.2, report=lambda _: None), kept)

    def test_a_row_that_cannot_be_used_leaves_its_face_without_votes(self, tmp_path: Path) -> None:
        faces = make_faces(2)
        data = write_csv(tmp_path / "fer2013.csv", csv_rows(faces))
        votes = write_votes(tmp_path / "fer2013new.csv", faces)
        lines = votes.read_text(encoding="utf-8").splitlines()
        bad = ["Training,a.png,1,2", "Training,a.png" + ",1" * 9 + ",x", "Training,a" + ",1" * 9 + ",11"]
        write(votes, *lines[:3], *bad, *lines[6:])
        with pytest.raises(DataError, match=r"3 of 14 rows of 'fer2013new\.csv'.*row 2, line 4: 4 where .* 12"):
            read_faces(data, votes)
        report: list[str] = []
        read = read_faces(data, votes, most_bad=0.5, report=report.append)
        assert np.flatnonzero(~read.votes.any(axis=1)).tolist() == [2, 3, 4]
        assert np.array_equal(read.votes[5:], faces.votes[5:])
        assert "2 with wrong votes (row 3, line 5: they must be ten whole numbers from 0 to 10" in report[2]

    def test_another_number_of_rows_is_refused(self, tmp_path: Path) -> None:
        data = write_csv(tmp_path / "fer2013.csv", csv_rows(make_faces(1)))
        other = write_votes(tmp_path / "fer2013new.csv", make_faces(2))
        with pytest.raises(DataError, match="14 rows of votes for 7 faces"):
            read_faces(data, other)

    def test_rows_in_another_order_are_refused(self, tmp_path: Path) -> None:
        faces = all_parts()
        data = write_csv(tmp_path / "fer2013.csv", csv_rows(faces))
        votes = write_votes(tmp_path / "fer2013new.csv", faces.select(np.arange(28)[::-1]))
        with pytest.raises(DataError, match=r"Row 0 of 'fer2013new\.csv' is not in Training"):
            read_faces(data, votes)

    def test_columns_are_found_by_name(self, tmp_path: Path) -> None:
        data = write_csv(tmp_path / "fer2013.csv", [(3, PIXELS, TRAINING)])
        head = "NF,unknown,contempt,fear,disgust,anger,sadness,surprise,happiness,neutral"
        votes = write(tmp_path / "votes.csv", head, "0,1,0,0,0,0,0,0,2,7")
        assert read_faces(data, votes, report=lambda _: None).votes.tolist() == [[7, 2, 0, 0, 0, 0, 0, 0, 1, 0]]
        with pytest.raises(DataError, match="no column 'neutral'"):
            read_faces(data, data)

    def test_beside_another_form_they_are_refused_with_the_reason(self, tmp_path: Path) -> None:
        votes = write_votes(tmp_path / "fer2013new.csv", make_faces(2))
        with pytest.raises(DataError, match=r"only with fer2013\.csv"):
            read_faces(save_npz(tmp_path / "fer2013.npz"), votes)

    def test_an_absent_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(DataError, match="absent"):
            read_faces(write_csv(tmp_path / "a.csv", csv_rows(make_faces(1))), tmp_path / "absent.csv")


def test_what_is_written_is_kaggle_s_own_text(tmp_path: Path) -> None:
    faces = all_parts()
    write_kaggle_csv(faces, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == write_csv(tmp_path / "by_hand.csv", csv_rows(faces)).read_bytes()
    assert (tmp_path / "outnew.csv").is_file()
