from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.controller.status import ModelState, ModelStatus, SourceState, SourceStatus
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.results import QualityProblem
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.ui.wording import (
    clock,
    faces_line,
    hint_line,
    model_line,
    retry_words,
    shortened,
    source_line,
)
from tests.builders import make_face

CAMERA = SourceSpec("camera", "0")


@given(st.floats(min_value=0, max_value=1e6))
def test_clock_can_be_read_back(seconds: float) -> None:
    parts = [int(part) for part in clock(seconds).split(":")]
    assert sum(part * 60**power for power, part in enumerate(reversed(parts))) == int(seconds)
    assert all(part < 60 for part in parts[1:])


def test_clock_never_shows_a_negative_time() -> None:
    assert clock(-3) == "0:00"


def test_each_source_state_has_its_sentence() -> None:
    lines = {state: source_line(SourceStatus(state, CAMERA, retry_at=14.0, seen=True), 10.0) for state in SourceState}
    assert lines[SourceState.LOST] == "Camera lost - trying again in 4 s"
    assert lines[SourceState.OPENING] == "Opening Camera 0..."
    assert lines[SourceState.WAITING] == "Camera 0 - off until a session starts"
    assert len(set(lines.values())) == len(SourceState)


def test_a_camera_that_never_gave_a_picture_is_not_lost() -> None:
    line = source_line(SourceStatus(SourceState.LOST, CAMERA, retry_at=14.0), 10.0)
    assert line == "Camera without a picture - trying again in 4 s"


def test_a_retry_that_is_due_counts_no_seconds() -> None:
    assert retry_words(SourceStatus(SourceState.LOST, CAMERA, retry_at=9.0), now=10.0) == "trying again now"


def test_each_model_state_has_its_sentence() -> None:
    assert model_line(ModelStatus(ModelState.READY, "small")) == "Model small"
    assert "Loading" in model_line(ModelStatus(ModelState.LOADING, "small"))
    assert "Open model" in model_line(ModelStatus())


def test_faces_are_told_in_words() -> None:
    assert faces_line([make_face(Emotion.HAPPY, 0.84)]) == "1 face: happy 84 %"
    assert faces_line([make_face()] * 4).endswith(", ...")


@pytest.mark.parametrize("problem", QualityProblem)
def test_each_problem_says_what_to_do(problem: QualityProblem) -> None:
    line = hint_line(problem)
    assert line.startswith("Not counted: ")
    assert " - " in line
    # It stands in one line under a picture that may be 520 pixels wide.
    assert len(line) <= 80


@given(st.text(max_size=200), st.integers(min_value=3, max_value=60))
def test_a_shortened_name_keeps_its_ends(name: str, most: int) -> None:
    short = shortened(name, most)
    assert len(short) <= most
    assert short == name or (name.startswith(short.split("…")[0]) and name.endswith(short[short.rindex("…") + 1 :]))
