"""From faces to a model's input and from its scores to seven probabilities."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.errors import ModelError
from emotion_gui.vision.classifiers.tensors import FaceInput, ScoreOutput, are_logits, card_range, count_classes


@given(low=st.floats(-10, 10), width=st.floats(0.1, 300), channels=st.sampled_from([1, 3]), gray=st.integers(0, 255))
def test_grey_is_laid_between_low_and_high(low: float, width: float, channels: int, gray: int) -> None:
    face_input = FaceInput(24, channels, low, low + width)
    batch = face_input.batch([np.full((24, 24), gray, np.uint8)] * 2)
    assert batch.shape == (2, 24, 24, channels)
    assert batch.dtype == np.float32
    np.testing.assert_allclose(batch, low + gray / 255 * width, rtol=1e-4, atol=1e-4)


@given(st.lists(st.none() | st.integers(-2, 300), max_size=6))
def test_any_input_shape_is_taken_or_refused(shape: list[int | None]) -> None:
    try:
        face_input = FaceInput.from_shape("net", shape, (0.0, 255.0))
    except ModelError:
        return
    assert len(shape) == 4
    assert 24 <= face_input.side <= 224
    assert face_input.channels == shape[3]
    assert shape[1] in {None, 0, face_input.side}


def test_an_open_size_becomes_that_of_fer_2013() -> None:
    assert FaceInput.from_shape("net", [None, None, None, 1], (0.0, 1.0)).side == 48
    assert FaceInput.from_shape("net", [None, 64, None, 1], (0.0, 1.0)).side == 64


@given(st.lists(st.none() | st.integers(-2, 20), max_size=4))
def test_any_output_shape_is_taken_or_refused(shape: list[int | None]) -> None:
    try:
        classes = count_classes("net", shape)
    except ModelError:
        return
    assert shape[1:] == [classes]
    assert 2 <= classes <= 7


@given(st.none() | st.floats() | st.text(max_size=3) | st.lists(st.none() | st.floats() | st.text(max_size=2)))
def test_any_stated_range_is_taken_or_refused(stated: Any) -> None:
    try:
        low, high = card_range("net", {"value_range": stated})
    except ModelError:
        return
    assert -np.inf < low < high < np.inf


_LABELS = st.permutations(EMOTION_NAMES).flatmap(lambda names: st.integers(2, 7).map(lambda n: tuple(names[:n])))
_ANY_FLOATS = st.floats(width=32)


@given(_LABELS.flatmap(lambda labels: st.tuples(
    st.just(labels), arrays.arrays(np.float32, (3, len(labels)), elements=_ANY_FLOATS))), st.booleans())  # fmt: skip
def test_whatever_a_model_gives_rows_are_probabilities(
    case: tuple[tuple[str, ...], NDArray[np.float32]], logits: bool
) -> None:
    labels, scores = case
    rows = ScoreOutput(labels, logits).probabilities(scores)
    assert rows.shape == (3, 7)
    assert rows.dtype == np.float32
    assert (rows >= 0).all()
    np.testing.assert_allclose(rows.sum(axis=1), 1, atol=1e-5)
    absent = [index for index, name in enumerate(EMOTION_NAMES) if name not in labels]
    assert not rows[:, absent].any()


def test_probabilities_stay_as_they_are() -> None:
    scores = np.array([[0.05, 0.05, 0.1, 0.5, 0.1, 0.1, 0.1]], np.float32)
    assert not are_logits(scores)
    np.testing.assert_allclose(ScoreOutput(EMOTION_NAMES, False).probabilities(scores), scores, atol=1e-7)


def test_sigmoid_outputs_are_scaled_to_the_sum_1() -> None:
    scores = np.array([[0.9, 0.6]], np.float32)
    assert not are_logits(scores)
    rows = ScoreOutput(("happy", "sad"), False).probabilities(scores)
    np.testing.assert_allclose(rows[0, [3, 4]], [0.6, 0.4], atol=1e-6)


@pytest.mark.parametrize("scores", [[[-0.5, 0.2]], [[3.0, 0.1]]])
def test_values_outside_0_to_1_are_logits(scores: list[list[float]]) -> None:
    assert are_logits(np.array(scores, np.float32))
