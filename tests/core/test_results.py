"""What is known about one analysed frame."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.errors import AppError, ModelError
from emotion_gui.core.results import Box, FaceResult

_BOX = Box(10, 20, 30, 40)


@given(st.lists(st.floats(0, 1), min_size=7, max_size=7))
def test_the_label_is_the_most_probable_emotion(probabilities: list[float]) -> None:
    face = FaceResult(0, _BOX, 1.0, tuple(probabilities))
    assert probabilities[EMOTIONS.index(face.label)] == face.confidence == max(probabilities)


def test_of_equals_the_first_is_taken() -> None:
    assert FaceResult(0, _BOX, 1.0, (0.0, 0.5, 0.0, 0.5, 0.0, 0.0, 0.0)).label is Emotion.DISGUST


def test_the_centre_of_a_box() -> None:
    assert _BOX.center == (25, 40)


@pytest.mark.parametrize(("hint", "text"), [("Do this.", "It broke. Do this."), ("", "It broke.")])
def test_an_error_reads_as_its_sentences(hint: str, text: str) -> None:
    error = ModelError("It broke.", hint)
    assert (str(error), error.message, error.hint) == (text, "It broke.", hint)
    assert isinstance(error, AppError)
