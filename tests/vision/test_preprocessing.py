"""The crop that the model sees: square, upright, framed as FER-2013 frames faces."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.core.results import Box, DetectedFace
from emotion_gui.vision.face_detectors import create_detector
from emotion_gui.vision.preprocessing import (
    CROP_SIDE,
    FACE_SIDE,
    crop_face,
    resize_face,
    to_gray,
    to_model_input,
)
from tests.vision.portraits import portrait, rolled

coordinates = st.floats(-2000, 2000)


@given(coordinates, coordinates, st.floats(0, 3000), st.tuples(coordinates, coordinates, coordinates, coordinates))
def test_any_box_gives_a_square_of_the_models_size(
    x: float, y: float, side: float, eyes: tuple[float, float, float, float]
) -> None:
    frame = np.zeros((48, 64, 3), np.uint8)
    face = DetectedFace(Box(x, y, side, side), 0.9, ((eyes[0], eyes[1]), (eyes[2], eyes[3])))
    crop = crop_face(frame, face)
    assert crop.shape == (FACE_SIDE, FACE_SIDE)
    assert crop.dtype == np.uint8


def test_the_crop_is_larger_than_the_box_by_the_measured_margin() -> None:
    frame = np.zeros((400, 400), np.uint8)
    inner = 200 * CROP_SIDE
    frame[:, : round(200 - inner / 2)] = 255
    frame[:, round(200 + inner / 2) :] = 255
    crop = crop_face(frame, DetectedFace(Box(100, 100, 200, 200), 1.0))
    assert crop[:, 1:-1].max() < 128
    wider = crop_face(frame, DetectedFace(Box(80, 80, 240, 240), 1.0))
    assert wider[:, 0].min() == 255


@pytest.mark.parametrize("degrees", [-40, -15, 15, 40])
def test_a_tilted_head_is_cropped_upright(degrees: int) -> None:
    detector = create_detector("blazeface")
    turned = rolled(portrait(), degrees)
    crop = crop_face(turned, detector.detect(turned)[0], 192)
    # The detector needs some room around a face to find it again.
    roomy = np.asarray(cv2.copyMakeBorder(crop, 96, 96, 96, 96, cv2.BORDER_REPLICATE), dtype=np.uint8)
    (face,) = detector.detect(roomy)
    assert face.eyes
    (left_x, left_y), (right_x, right_y) = face.eyes
    assert abs(np.degrees(np.arctan2(right_y - left_y, right_x - left_x))) < 7


def test_both_detectors_give_nearly_the_same_crop() -> None:
    crops = [crop_face(portrait(), create_detector(name).detect(portrait())[0]) for name in ("blazeface", "haar")]
    correlation = np.corrcoef(crops[0].ravel(), crops[1].ravel())[0, 1]
    assert correlation > 0.75


def test_fine_stripes_become_grey_and_no_pattern() -> None:
    stripes = np.zeros((480, 480), np.uint8)
    stripes[:, ::2] = 255
    crop = crop_face(stripes, DetectedFace(Box(40, 40, 400, 400), 1.0))
    assert crop.std() < 12
    assert crop.mean() == pytest.approx(127.5, abs=6)


def test_beyond_the_edge_the_edge_is_repeated() -> None:
    frame = np.full((100, 100, 3), 77, np.uint8)
    assert (crop_face(frame, DetectedFace(Box(-30, -30, 80, 80), 1.0)) == 77).all()


def test_grey_of_every_kind_of_picture() -> None:
    gray = np.full((4, 4), 100, np.uint8)
    assert to_gray(gray) is gray
    assert (to_gray(np.full((4, 4, 3), 100, np.uint8)) == 100).all()
    assert (to_gray(np.full((4, 4, 4), 100, np.uint8)) == 100).all()


def test_a_face_of_the_right_size_is_not_touched() -> None:
    face = np.arange(48 * 48, dtype=np.uint8).reshape(48, 48)
    assert resize_face(face) is face
    assert to_model_input([face, face]).shape == (2, 48, 48, 1)
    assert to_model_input([face])[0, ..., 0].tolist() == face.tolist()
