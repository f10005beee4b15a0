"""The report on the data: what is counted, what is found, and what it says where there is nothing to find."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.train.generated import make_faces
from train.data.faces import TRAINING, Faces
from train.exploring.blank import blank_rows
from train.exploring.copies import copy_groups
from train.exploring.explore import explore

_SAMPLE_SHEETS = {f"samples_{name}.png" for name in ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"]}


def said(page: Path) -> str:
    """The page's text without markup, on one line."""
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(text))


def with_faults(faces: Faces) -> Faces:
    """Face 1 becomes a copy of face 0 under another label, a PublicTest face one of face 7, face 3 goes black."""
    images = faces.images.copy()
    images[1] = images[0]
    images[np.flatnonzero(faces.usage != TRAINING)[0]] = images[7]
    images[3] = 0
    return replace(faces, images=images)


def test_the_page_shows_every_picture_once_and_every_picture_is_there(tmp_path: Path) -> None:
    page = explore(with_faults(make_faces(10, public_per_label=3)), tmp_path)
    shown = re.findall(r'<img src="([^"]+)" alt="([^"]+)"', page.read_text(encoding="utf-8"))
    files = {path.name for path in tmp_path.glob("*.png")}
    assert sorted(name for name, _ in shown) == sorted(files)
    assert files == _SAMPLE_SHEETS | {
        "class_distribution.png",
        "mean_faces.png",
        "brightness.png",
        "ferplus_confusion.png",
        "most_copied_faces.png",
        "conflicting_labels.png",
        "zero_variance_faces.png",
    }
    for name in files:
        with Image.open(tmp_path / name) as picture:
            assert np.ptp(np.asarray(picture.convert("L"))) > 100


def test_copies_conflicts_and_blank_faces_are_found_and_named(tmp_path: Path) -> None:
    faces = with_faults(make_faces(10, public_per_label=3))
    text = said(explore(faces, tmp_path))
    assert "2 pictures stand in this data more than once" in text
    assert "Within Training alone there are 1" in text
    assert "PublicTest Training 1 4.8 %" in text
    assert "1 picture of one single grey level" in text
    with (tmp_path / "copies.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [(row["row"], row["labels_conflict"]) for row in rows]
    assert found == [("0", "yes"), ("1", "yes"), ("7", "no"), ("70", "no")]


def test_where_there_is_nothing_to_find_it_says_so(tmp_path: Path) -> None:
    faces = make_faces(3)
    text = said(explore(replace(faces, votes=np.zeros_like(faces.votes)), tmp_path))
    for sentence in (
        "No picture stands in this data twice",
        "All copies of a picture have the same label",
        "Every picture shows something",
        "21 faces in Training",
    ):
        assert sentence in text
    assert not (tmp_path / "ferplus_confusion.png").exists()


@pytest.mark.parametrize("labels", [[3], [0, 0, 6]])
def test_a_class_without_faces_does_not_stop_the_report(tmp_path: Path, labels: list[int]) -> None:
    faces = make_faces(2).select(np.array(labels))
    assert "Disgust" in said(explore(faces, tmp_path))


def test_groups_hold_every_copy_and_only_copies() -> None:
    faces = with_faults(make_faces(10, public_per_label=3))
    groups = copy_groups(faces)
    assert [group.indices.tolist() for group in groups] == [[0, 1], [7, 70]]
    assert [group.conflicting for group in groups] == [True, False]
    assert blank_rows(faces.images).tolist() == [3]


@pytest.mark.media
def test_the_faults_of_fer2013_are_the_known_ones(fer2013: Path) -> None:
    with Image.open(fer2013 / "training.png") as sheet:
        pixels = np.asarray(sheet)
    across = pixels.shape[1] // 48
    tiles = pixels.reshape(-1, 48, across, 48).swapaxes(1, 2).reshape(-1, 48, 48)[:28709]
    rows = blank_rows(np.ascontiguousarray(tiles))
    assert rows.tolist() == [6458, 7629, 10423, 11286, 13148, 13402, 13988, 15894, 22198, 22927, 28601]
