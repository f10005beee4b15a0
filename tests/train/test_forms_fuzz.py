"""Any bytes under any suffix: faces or one `DataError`, never another error."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.train.face_files import PIXELS, save_npz
from tests.train.generated import make_faces, write_votes
from train.data.faces import DataError
from train.data.forms import FORMS, read_faces
from train.data.index import INDEX_NAME
from train.data.pictures import write_picture

# Each example overwrites the files of the one before, so the folder may be shared.
fuzz = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

FACE = make_faces(1).images[0]
TABLE = f"emotion,pixels,Usage\n0,{PIXELS},Training\n6,{PIXELS},PublicTest\n".encode()


def read(path: Path, votes: Path | None = None) -> None:
    lines: list[str] = []
    try:
        faces = read_faces(path, votes, most_bad=1, report=lines.append)
    except DataError as error:
        lines.append(str(error))
    else:
        assert len(faces) == len(faces.labels) == len(faces.rows) == len(faces.votes) > 0
        assert faces.images.shape[1:] == (48, 48)
    # What stood in the file may not steer the terminal.
    assert all(line.isprintable() for line in lines)


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """The content with a few bytes changed, put in or cut off."""
    result = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(result)))
        result[start : start + draw(st.integers(0, 8))] = draw(st.binary(max_size=8))
    return bytes(result[: draw(st.integers(0, len(result)))] if draw(st.booleans()) else result)


@pytest.mark.parametrize("suffix", [suffix for suffix in FORMS if suffix])
@fuzz
@given(content=st.binary(max_size=200) | st.binary(max_size=200).map(lambda end: b"PK\x03\x04" + end))
def test_any_bytes(tmp_path: Path, suffix: str, content: bytes) -> None:
    (tmp_path / f"data{suffix}").write_bytes(content)
    read(tmp_path / f"data{suffix}")


@fuzz
@given(
    content=damaged(TABLE)
    | st.text("0123456789 ,;\t\"'\r\n\x00\u00e9").map(lambda rows: f"emotion,pixels\n{rows}".encode())
)
def test_a_damaged_csv_and_votes(tmp_path: Path, content: bytes) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_bytes(TABLE)
    bad.write_bytes(content)
    read(bad)
    read(good, bad)


@fuzz
@given(data=st.data())
def test_damaged_votes(tmp_path: Path, data: st.DataObject) -> None:
    (tmp_path / "good.csv").write_bytes(TABLE)
    votes = write_votes(tmp_path / "votes.csv", make_faces(1).select(np.arange(2)))
    votes.write_bytes(data.draw(damaged(votes.read_bytes())))
    read(tmp_path / "good.csv", votes)


def archive(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


@fuzz
@given(data=st.data())
def test_a_damaged_zip_or_npz(tmp_path: Path, data: st.DataObject) -> None:
    write_picture(FACE, tmp_path / "face.png")
    face = (tmp_path / "face.png").read_bytes()
    zips = [archive(**{"fer2013.csv": TABLE}), archive(**{"train/sad/a.png": face, "b/../x": b"", INDEX_NAME: TABLE})]
    (tmp_path / "data.zip").write_bytes(data.draw(st.sampled_from(zips).flatmap(damaged)))
    read(tmp_path / "data.zip")
    npz = save_npz(tmp_path / "data.npz")
    npz.write_bytes(data.draw(damaged(npz.read_bytes())))
    read(npz)


@fuzz
@given(data=st.data())
def test_a_whole_npz_of_damaged_arrays(tmp_path: Path, data: st.DataObject) -> None:
    with zipfile.ZipFile(save_npz(tmp_path / "data.npz")) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    name = data.draw(st.sampled_from(sorted(members)))
    head, rest = members[name][:128], members[name][128:]
    members[name] = data.draw(damaged(head)) + rest
    (tmp_path / "data.npz").write_bytes(archive(**members))
    read(tmp_path / "data.npz")


@fuzz
@given(data=st.data(), suffix=st.sampled_from(["png", "jpg", "bmp"]), folder=st.sampled_from(["sad", "train", "9"]))
def test_a_damaged_picture(tmp_path: Path, data: st.DataObject, suffix: str, folder: str) -> None:
    from PIL import Image

    picture = tmp_path / "faces" / folder / f"face.{suffix}"
    picture.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(FACE).save(picture)
    picture.write_bytes(data.draw(damaged(picture.read_bytes())))
    read(tmp_path / "faces")
