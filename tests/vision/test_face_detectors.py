"""What every face detector must do, and what the default one can do beyond it."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from emotion_gui.core.errors import ModelError
from emotion_gui.core.results import DetectedFace
from emotion_gui.vision.face_detectors import FACE_DETECTORS, FaceDetector, blazeface, create_detector, haar
from emotion_gui.vision.face_detectors.blazeface_decoding import (
    Candidates,
    anchor_centers,
    decode,
    weighted_non_maximum_suppression,
)
from tests.vision.portraits import portrait, rolled

# Middle of Grace Hopper's face and its width, read off the photograph, in pixels.
FACE_MIDDLE, FACE_WIDTH = (263, 223), 205


@pytest.fixture(scope="module", params=FACE_DETECTORS)
def detector(request: pytest.FixtureRequest) -> FaceDetector:
    return create_detector(request.param)


def _read(path: Path) -> NDArray[np.uint8]:
    return np.asarray(cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR), dtype=np.uint8)


def _only(faces: list[DetectedFace]) -> DetectedFace:
    assert len(faces) == 1
    return faces[0]


def test_a_face_is_found_where_it_is(detector: FaceDetector) -> None:
    face = _only(detector.detect(portrait()))
    assert face.box.center == pytest.approx(FACE_MIDDLE, abs=25)
    assert face.box.width == pytest.approx(FACE_WIDTH, rel=0.25)
    assert 0 < face.score <= 1


def test_both_detectors_mean_the_same_square() -> None:
    boxes = [_only(create_detector(name).detect(portrait())).box for name in FACE_DETECTORS]
    assert boxes[0].width == pytest.approx(boxes[1].width, rel=0.15)
    assert boxes[0].center == pytest.approx(boxes[1].center, abs=0.1 * boxes[0].width)


@pytest.mark.parametrize("shape", [(480, 640, 3), (1, 1, 3), (3, 500, 3), (97, 31, 3), (120, 160)])
def test_nothing_is_found_in_an_empty_picture_of_any_shape(detector: FaceDetector, shape: tuple[int, ...]) -> None:
    assert detector.detect(np.full(shape, 128, np.uint8)) == []


def test_the_frame_is_left_as_it_is(detector: FaceDetector) -> None:
    frame = portrait()
    detector.detect(frame)
    assert np.array_equal(frame, portrait())


@pytest.mark.parametrize("degrees", [-40, -20, 20, 40])
def test_blazeface_finds_a_tilted_head_and_its_eyes(degrees: int) -> None:
    face = _only(create_detector("blazeface").detect(rolled(portrait(), degrees)))
    assert face.eyes
    (left_x, left_y), (right_x, right_y) = face.eyes
    assert left_x < right_x
    tilt = np.degrees(np.arctan2(right_y - left_y, right_x - left_x))
    # The picture is turned counter-clockwise, and rows count downward. Her head is a little tilted itself.
    assert tilt == pytest.approx(-degrees, abs=8)


@pytest.mark.parametrize("change", ["dark", "small", "half covered"])
def test_blazeface_finds_a_face_under_hard_conditions(change: str) -> None:
    image = portrait()
    if change == "dark":
        image = (image * 0.15).astype(np.uint8)
    elif change == "small":
        canvas = np.full((480, 640, 3), 90, np.uint8)
        small = np.asarray(cv2.resize(image, (169, 200), interpolation=cv2.INTER_AREA), dtype=np.uint8)
        canvas[100:300, 200:369] = small
        image = canvas
    else:
        image[:, :262] = 60
    assert len(create_detector("blazeface").detect(image)) == 1


@pytest.mark.media
def test_no_face_is_found_where_there_is_none(media: Path) -> None:
    for name in ("dogs.jpg", "no-faces.jpg"):
        assert create_detector("blazeface").detect(_read(media / "photo" / name)) == []


@pytest.mark.media
@pytest.mark.parametrize(("name", "people"), [("multi_face.jpg", 5), ("couple.jpg", 2), ("2008_001322.jpg", 3)])
def test_every_person_of_a_group_is_found(media: Path, name: str, people: int) -> None:
    assert len(create_detector("blazeface").detect(_read(media / "photo" / name))) == people


def test_a_missing_model_file_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blazeface, "_MODEL", "gone.tflite")
    with pytest.raises(ModelError, match="missing"):
        create_detector("blazeface")


def test_a_missing_cascade_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(haar, "_CASCADE", "gone.xml")
    with pytest.raises(ModelError, match="Haar face detector is missing"):
        create_detector("haar")


@st.composite
def _raw_outputs(draw: st.DrawFn) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    count = draw(st.integers(1, 12))
    values = st.floats(-400, 400, width=32)
    return (
        draw(arrays.arrays(np.float32, (count, 16), elements=values)),
        draw(arrays.arrays(np.float32, (count,), elements=st.floats(-1000, 1000, width=32))),
    )


@given(_raw_outputs(), st.floats(0.05, 0.95))
def test_decoding_and_merging_hold_for_any_output(
    outputs: tuple[NDArray[np.float32], NDArray[np.float32]], threshold: float
) -> None:
    regressors, logits = outputs
    cells = decode(regressors, logits, anchor_centers()[: len(logits)], threshold)
    faces = weighted_non_maximum_suppression(cells)
    assert len(faces) <= len(cells) <= len(logits)
    assert (cells.scores >= np.float32(threshold) - 1e-6).all()
    assert list(faces.scores) == sorted(faces.scores, reverse=True)
    if len(cells):
        # A mean lies among what it is the mean of.
        assert (faces.boxes >= cells.boxes.min(axis=0) - 0.01).all()
        assert (faces.boxes <= cells.boxes.max(axis=0) + 0.01).all()


def test_cells_of_one_face_become_one_and_others_stay() -> None:
    boxes = np.array([[0, 0, 10, 10], [1, 1, 11, 11], [50, 50, 60, 60]], np.float32)
    points = np.zeros((3, 6, 2), np.float32)
    faces = weighted_non_maximum_suppression(Candidates(boxes, points, np.array([0.6, 0.6, 0.9], np.float32)))
    assert faces.boxes.tolist() == [[50, 50, 60, 60], [0.5, 0.5, 10.5, 10.5]]
    assert faces.scores.tolist() == pytest.approx([0.9, 0.6])


def test_a_second_look_keeps_a_face_and_drops_what_is_none() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (60, 80, 3), dtype=np.uint8)
    frame = np.asarray(cv2.resize(noise, (640, 480), interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
    assert blazeface.BlazeFaceDetector(candidate_score=0.01, sure_score=0.0).detect(frame)
    assert blazeface.BlazeFaceDetector(candidate_score=0.01, sure_score=1.0).detect(frame) == []
    assert len(blazeface.BlazeFaceDetector(sure_score=1.0).detect(portrait())) == 1


def test_a_second_look_reaches_over_the_edge_and_takes_grey() -> None:
    unsure = blazeface.BlazeFaceDetector(sure_score=1.0)
    close = portrait()[90:340, 140:390]
    assert len(unsure.detect(close)) == 1
    assert len(unsure.detect(np.asarray(cv2.cvtColor(close, cv2.COLOR_BGR2GRAY), dtype=np.uint8))) == 1
