"""Faces in the files that people have them in, beyond the csv of `generated.py`."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from tests.train.generated import make_faces
from train.data.faces import PRIVATE_TEST, PUBLIC_TEST, TRAINING, USAGES, Faces

PIXELS = " ".join(["7"] * 2303 + ["255"])
ARRAYS = ("images", "labels", "usage", "rows", "votes")


def same(first: Faces, second: Faces) -> bool:
    return all(np.array_equal(getattr(first, name), getattr(second, name)) for name in ARRAYS)


def all_parts() -> Faces:
    """Two faces of each label in Training, one in each test part."""
    faces = make_faces(4)
    return replace(faces, usage=np.repeat([TRAINING, PUBLIC_TEST, PRIVATE_TEST], [14, 7, 7]))


def save_npz(path: Path, **changes: object) -> Path:
    """One face of each label in Training and PublicTest."""
    faces = make_faces(1, public_per_label=1)
    arrays = {name: getattr(faces, name) for name in ARRAYS}
    arrays["usage"] = np.array([USAGES.index(part) for part in faces.usage], np.uint8)
    np.savez(path, **(arrays | changes))
    return path


def save_face(path: Path, gray: int = 0) -> Path:
    """A picture with a gradient from a grey level on, so that it is not of one single level."""
    path.parent.mkdir(parents=True, exist_ok=True)
    face = np.full((48, 48), gray, np.uint8)
    face[0] += 9
    Image.fromarray(face).save(path)
    return path


def zip_folder(folder: Path, path: Path, inside: str = "") -> Path:
    """All files of a folder as a zip, in a wrapping folder where one is named."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, Path(inside) / file.relative_to(folder))
    return path
