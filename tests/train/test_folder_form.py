"""Class folders as people have them, and those that `prepare` made and somebody worked in."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from emotion_gui.core.emotions import EMOTION_NAMES
from tests.train.face_files import all_parts, same, save_face
from tests.train.generated import make_faces
from train.data.class_names import label_of, usages_of
from train.data.faces import PRIVATE_TEST, PUBLIC_TEST, TRAINING, DataError, Faces
from train.data.forms import read_faces
from train.data.index import INDEX_NAME
from train.data.tree_form import write_folders


def silent(path: Path, most_bad: float = 0.01) -> Faces:
    return read_faces(path, most_bad=most_bad, report=lambda _: None)


class TestNames:
    def test_classes_in_every_way_of_writing(self) -> None:
        for label, name in enumerate(EMOTION_NAMES):
            for written in (name, name.upper(), f" {name.title()} ", str(label), f"5_{name}", f"03-{name}"):
                assert label_of(written) == label
        others = ["anger", "disgusted", "fearful", "happiness", "sadness", "surprised", "neutrality"]
        assert [label_of(name) for name in others] == list(range(7))
        assert {label_of(name) for name in ("contempt", "7", "-1", "", "sad_not", "\u0663", "1_")} == {None}

    def test_a_lone_test_folder_is_public_and_beside_validation_private(self) -> None:
        assert usages_of(["Training", "TEST", "notes"]) == {"Training": TRAINING, "TEST": PUBLIC_TEST}
        assert usages_of(["train", "test", "Val"]) == {"train": TRAINING, "test": PRIVATE_TEST, "Val": PUBLIC_TEST}
        parts = {"train": TRAINING, "test": PUBLIC_TEST, "private_test": PRIVATE_TEST}
        assert usages_of(parts) == parts
        assert usages_of(["PublicTest", "Private Test"]) == {"PublicTest": PUBLIC_TEST, "Private Test": PRIVATE_TEST}


class TestAsFound:
    def test_label_is_the_folder_name_and_not_its_place_in_the_alphabet(self, tmp_path: Path) -> None:
        for label, emotion in enumerate(EMOTION_NAMES):
            save_face(tmp_path / "Train" / emotion / "face.PNG", label)
            save_face(tmp_path / "test" / emotion.upper() / "face.bmp", 100 + label)
        (tmp_path / "Train" / "happy" / "Thumbs.db").write_bytes(b"no picture")
        (tmp_path / "__MACOSX" / "train" / "sad").mkdir(parents=True)
        (tmp_path / "__MACOSX" / "train" / "sad" / "._face.png").write_bytes(b"no picture")
        lines: list[str] = []
        faces = read_faces(tmp_path, report=lines.append)
        assert [int(image[5, 5]) for image in faces.images] == [*range(7), *range(100, 107)]
        assert faces.labels.tolist() == [*range(7), *range(7)]
        assert faces.usage.tolist() == [TRAINING] * 7 + [PUBLIC_TEST] * 7
        assert not lines

    def test_class_folders_alone_are_training(self, tmp_path: Path) -> None:
        for name in ("0", "Happiness", "6_neutral"):
            save_face(tmp_path / "mine" / name / "me.png")
        faces = silent(tmp_path)
        assert (faces.labels.tolist(), set(faces.usage)) == ([0, 3, 6], {TRAINING})

    def test_pictures_of_other_kinds_become_grey_48(self, tmp_path: Path) -> None:
        folder = tmp_path / "train" / "sad"
        folder.mkdir(parents=True)
        Image.new("RGB", (96, 80), (200, 200, 200)).save(folder / "a.jpg")
        Image.new("RGBA", (48, 48), (200, 200, 200, 9)).save(folder / "b.png")
        Image.fromarray(np.full((30, 20), 200 * 257, np.uint16)).save(folder / "c.png")
        Image.new("1", (1, 1), 1).save(folder / "d.png")
        faces = silent(tmp_path)
        assert np.abs(faces.images[:3].astype(int) - 200).max() <= 1
        assert (faces.images[3] == 255).all()

    @pytest.mark.parametrize("cut", [0, 20, 60, 1000])
    def test_a_damaged_picture_is_named_and_skipped(self, tmp_path: Path, cut: int) -> None:
        save_face(tmp_path / "train" / "sad" / "whole.png")
        torn = tmp_path / "train" / "sad" / "torn.png"
        Image.fromarray(make_faces(1).images[0]).save(torn)
        torn.write_bytes(torn.read_bytes()[:cut])
        with pytest.raises(DataError, match=r"1 of 2 pictures .* 1 that cannot be read \(train/sad/torn\.png\)"):
            read_faces(tmp_path)
        assert len(silent(tmp_path, most_bad=0.5)) == 1

    def test_a_picture_that_would_fill_the_memory_is_skipped(self, tmp_path: Path) -> None:
        picture = save_face(tmp_path / "sad" / "large.png")
        # The head alone claims 20,000 by 20,000 pixels.
        head = b"IHDR" + struct.pack(">II", 20_000, 20_000) + b"\x08" + bytes(4)
        content = picture.read_bytes()
        picture.write_bytes(content[:12] + head + struct.pack(">I", zlib.crc32(head)) + content[33:])
        with pytest.raises(DataError, match=r"large\.png: it has too many pixels"):
            read_faces(tmp_path)

    def test_unknown_folders_are_counted_by_picture(self, tmp_path: Path) -> None:
        for place in ("train/sad", "train/contempt", "train/contempt", "other/sad", "train", "train/sad/more"):
            save_face(tmp_path / place / f"{len(list(tmp_path.rglob('*.png')))}.png")
        (tmp_path / "train" / "face.gif").write_bytes(b"GIF89a")
        lines: list[str] = []
        assert len(read_faces(tmp_path, most_bad=1, report=lines.append)) == 1
        assert lines[0] == f"5 of 6 pictures of '{tmp_path.name}' were skipped:"
        assert "  2 with an unknown label (train/contempt/1.png: folder 'contempt'; train/contempt/2.png" in lines[2]
        assert "  3 outside a class folder (other/sad/3.png; train/" in lines[1]
        assert lines[3] == "Note: Files that are no pictures were left aside: train/face.gif."

    def test_several_csv_files_leave_the_choice_to_the_user(self, tmp_path: Path) -> None:
        for name in ("a.csv", "b.csv"):
            (tmp_path / name).write_text("emotion,pixels\n", encoding="utf-8")
        with pytest.raises(DataError, match=r"several csv files: a\.csv, b\.csv"):
            read_faces(tmp_path)


class TestPrepared:
    """What the list beside the folders says, and what was done to the folders since."""

    @pytest.fixture
    def faces(self) -> Faces:
        """In an order that no folder has, with rows missing and votes that differ."""
        faces = all_parts().select(np.random.default_rng(3).permutation(28)[:20])
        faces.votes[:, 9] = np.arange(20) % 7
        return faces

    @pytest.fixture
    def folder(self, tmp_path: Path, faces: Faces) -> Path:
        return write_folders(faces, tmp_path / "faces")[0]

    def test_the_way_back_is_exact(self, folder: Path, faces: Faces) -> None:
        assert same(silent(folder), faces)
        assert {path.name for path in folder.iterdir()} == {"train", "test", "private_test", INDEX_NAME}
        assert len(list(folder.rglob("fer00000??.png"))) == 20

    def test_a_picture_moved_to_another_class_has_its_label_and_keeps_row_and_votes(
        self, folder: Path, faces: Faces
    ) -> None:
        old = next((folder / "train").glob("*/*.png"))
        other = folder / "train" / ("sad" if old.parent.name != "sad" else "happy")
        other.mkdir(exist_ok=True)
        old.rename(other / old.name)
        lines: list[str] = []
        read = read_faces(folder, report=lines.append)
        changed = read.labels != faces.labels
        assert changed.sum() == 1
        assert np.array_equal(read.votes, faces.votes)
        assert np.array_equal(read.rows, faces.rows)
        assert any("another folder than" in line and "1;" in line for line in lines)

    def test_new_pictures_come_last_and_removed_ones_are_counted(self, folder: Path, faces: Faces) -> None:
        save_face(folder / "test" / "fear" / "mine.png")
        removed = next((folder / "train").glob("*/*.png"))
        removed.unlink()
        with pytest.raises(DataError, match=rf"1 of 20 rows of '{INDEX_NAME}'.*without their picture \(train/"):
            read_faces(folder)
        read = silent(folder, most_bad=0.05)
        kept = faces.select(faces.rows != int(removed.stem[3:]))
        assert same(read.select(np.arange(19)), kept)
        assert (read.labels[19], read.usage[19], read.rows[19]) == (2, PUBLIC_TEST, faces.rows.max() + 1)
        assert not read.votes[19].any()

    @pytest.mark.parametrize("line", ["train/sad/a.png", "x,-1" + ",sad" * 2 + ",1" * 10, "x,\u0663,,,,,,,,,,,,"])
    def test_a_damaged_line_of_the_list_costs_row_and_votes_only(self, folder: Path, faces: Faces, line: str) -> None:
        path = folder / INDEX_NAME
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([lines[0], line, lines[2], *lines[2:]]) + "\n", encoding="utf-8")
        with pytest.raises(DataError, match=f"2 of 21 rows of '{INDEX_NAME}'"):
            read_faces(folder)
        read = silent(folder, most_bad=0.1)
        assert sorted(read.labels) == sorted(faces.labels)
        assert same(read.select(np.arange(19)), faces.select(np.arange(1, 20)))

    def test_two_faces_of_one_row_cannot_be_told_apart(self, tmp_path: Path, faces: Faces) -> None:
        with pytest.raises(DataError, match="Two faces have the row number"):
            write_folders(faces.select(np.array([0, 1, 0])), tmp_path / "twice")
        assert not (tmp_path / "twice").exists()
