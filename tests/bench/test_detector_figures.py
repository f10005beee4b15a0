"""The comparisons of detectors and crops, on pictures that every machine has."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from emotion_gui.__main__ import main
from emotion_gui.bench.crop_fit import fit_crop
from emotion_gui.bench.detectors import compare_detectors, detector_table
from emotion_gui.core.errors import SourceError
from emotion_gui.core.results import DetectedFace
from emotion_gui.vision.face_detectors import FACE_DETECTORS, create_detector
from emotion_gui.vision.preprocessing import CROP_SIDE, crop_face
from tests.vision.portraits import portrait


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    cv2.imwrite(str(tmp_path / "hopper.png"), portrait())
    cv2.imwrite(str(tmp_path / "wall.png"), np.full((120, 160, 3), 140, np.uint8))
    (tmp_path / "notes.txt").write_text("no photo", encoding="utf-8")
    return tmp_path


def test_every_detector_is_counted_on_every_photo(photos: Path) -> None:
    results = compare_detectors(photos, no_people=["wall.png"])
    faces = {(result.photo, result.detector): result.faces for result in results}
    assert faces == {
        (photo, name): int(photo == "hopper.png") for photo in ("hopper.png", "wall.png") for name in FACE_DETECTORS
    }
    assert all(result.milliseconds > 0 for result in results)
    text = detector_table(results)
    assert "blazeface: 1 faces on photos of people, 0 false faces on those of nobody" in text
    assert "(nobody in it)" in text


def test_the_command_prints_the_comparison(photos: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--photos", str(photos), "--no-people", "wall.png"]) == 0
    assert "hopper.png" in capsys.readouterr().out


def test_the_fit_finds_the_margin_that_a_face_was_cropped_with(tmp_path: Path) -> None:
    face = create_detector("blazeface").detect(portrait())[0]
    upright = DetectedFace(face.box, face.score)
    for shade in (70, 100):
        shaded = np.asarray(portrait() * (shade / 100), dtype=np.uint8)
        cv2.imwrite(str(tmp_path / f"{shade}.png"), crop_face(shaded, upright))
    fit = fit_crop(tmp_path)
    # At 48 pixels the detector's box is off by a few of them.
    assert fit.found == fit.faces == 2
    assert fit.side.median == pytest.approx(CROP_SIDE, rel=0.15)
    assert "crop side" in str(fit)


def test_a_folder_without_faces_is_told(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "wall.png"), np.full((48, 48), 140, np.uint8))
    with pytest.raises(SourceError, match="No face was found"):
        fit_crop(tmp_path)


def test_the_comparison_comes_as_json_too(photos: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--photos", str(photos), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["detectors"]
    assert {row["photo"] for row in rows} == {"hopper.png", "wall.png"}


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_folder_without_photos_is_told(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert main(["bench", "--photos", str(tmp_path / name)]) == 1
    assert capsys.readouterr().err.startswith("emotion-gui: There is no ")
