"""Archives: nothing in them reaches the disk, fills the memory or ends the program."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.train.face_files import save_face, zip_folder
from train.data.faces import DataError
from train.data.forms import read_faces


def make_zip(path: Path, members: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def face(tmp_path: Path) -> bytes:
    return save_face(tmp_path / "face.png").read_bytes()


def test_what_macos_and_windows_add_is_left_aside(tmp_path: Path, face: bytes) -> None:
    names = ("fer/train\\sad\\a.png", "__MACOSX/fer/train/sad/._a.png", "fer/.DS_Store", "fer/train/sad/Thumbs.db")
    data = make_zip(tmp_path / "fer.ZIP", dict.fromkeys(names, face))
    lines: list[str] = []
    assert read_faces(data, report=lines.append).labels.tolist() == [4]
    assert [line for line in lines if "no face of" not in line] == []


def test_names_that_lead_out_of_the_folder_are_names_only(tmp_path: Path, face: bytes) -> None:
    names = ("../train/sad/out.png", "/train/happy/root.png", "train/fear/in.png", "C:\\train\\sad\\c.png", ".", "/")
    data = make_zip(tmp_path / "fer.zip", dict.fromkeys(names, face))
    before = sorted(tmp_path.parent.rglob("*"))
    assert read_faces(data, most_bad=0.5, report=lambda _: None).labels.tolist() == [2, 3]
    assert sorted(tmp_path.parent.rglob("*")) == before


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"emotion,pixels"])
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "fer.zip").write_bytes(content)
    with pytest.raises(DataError, match=r"'fer\.zip' is no zip"):
        read_faces(tmp_path / "fer.zip")


def test_a_zip_without_faces_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no face in 'fer\.zip'"):
        read_faces(make_zip(tmp_path / "fer.zip", {"readme.txt": b"hello"}))


def test_a_damaged_member_is_a_damaged_picture(tmp_path: Path, face: bytes) -> None:
    data = make_zip(tmp_path / "fer.zip", {"sad/a.png": face, "sad/b.png": face}, method=zipfile.ZIP_STORED)
    content = data.read_bytes()
    data.write_bytes(content[:60] + b"damaged" + content[67:])
    with pytest.raises(DataError, match=r"1 of 2 pictures of 'fer\.zip'.*sad/a\.png: the archive is damaged"):
        read_faces(data)


def test_a_damaged_csv_is_refused(tmp_path: Path) -> None:
    table = ("emotion,pixels\n" + "3," + " ".join(["7"] * 2304) + "\n").encode()
    data = make_zip(tmp_path / "fer.zip", {"fer2013.csv": table}, method=zipfile.ZIP_STORED)
    data.write_bytes(data.read_bytes().replace(b"7 7 7", b"8 8 8", 1))
    with pytest.raises(DataError, match=r"fer\.zip' cannot be read: the archive is damaged"):
        read_faces(data)


def patched(path: Path, *, flag: int = 0, size: int | None = None) -> Path:
    """The archive, each entry of whose table has a flag more and claims a size."""
    content = bytearray(path.read_bytes())
    entry = content.find(b"PK\x01\x02")
    while entry >= 0:
        content[entry + 8] |= flag
        if size is not None:
            content[entry + 24 : entry + 28] = size.to_bytes(4, "little")
        entry = content.find(b"PK\x01\x02", entry + 1)
    path.write_bytes(content)
    return path


def test_what_cannot_be_unpacked_safely_is_refused(tmp_path: Path) -> None:
    members = {"sad/a.png": b"face", "b.png": b"", "c.png": b""}
    with pytest.raises(DataError, match=r"3 files of 6\.0 GiB, more than FER-2013 can be"):
        read_faces(patched(make_zip(tmp_path / "bomb.zip", members), size=2 << 30))
    with pytest.raises(DataError, match="protected by a password"):
        read_faces(patched(make_zip(tmp_path / "secret.zip", members), flag=1))
    with pytest.raises(DataError, match="packed in an unusual way"):
        read_faces(make_zip(tmp_path / "unusual.zip", members, method=zipfile.ZIP_LZMA))


def test_a_picture_that_unpacks_to_gigabytes_is_not_unpacked(tmp_path: Path, face: bytes) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sad/bomb.png", bytes(33 << 20))
        archive.writestr("sad/face.png", face)
    (tmp_path / "fer.zip").write_bytes(bomb.getvalue())
    assert len(bomb.getvalue()) < 1 << 16
    with pytest.raises(DataError, match=r"bomb\.png: it is larger than 32 MiB"):
        read_faces(tmp_path / "fer.zip")


def test_a_folder_can_be_packed_with_its_own_name(tmp_path: Path) -> None:
    save_face(tmp_path / "mine" / "happy" / "me.png")
    data = zip_folder(tmp_path / "mine", tmp_path / "fer.zip", "data/mine")
    assert read_faces(data, report=lambda _: None).labels.tolist() == [3]
