"""When a face cannot be judged."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.core.quality import PROBLEM_WORDS, problem_of
from emotion_gui.core.results import FaceQuality, QualityProblem
from emotion_gui.core.settings import Settings

_GOOD = FaceQuality(side_px=200, light=55, sharpness=45, turn=0.1)
_LIMITS = Settings().limits


def test_a_good_face_has_no_problem() -> None:
    assert problem_of(_GOOD, 0.8, _LIMITS) is None


@pytest.mark.parametrize(("changes", "problem"), [
    ({"side_px": 30}, QualityProblem.TOO_SMALL),
    ({"light": 3}, QualityProblem.TOO_DARK),
    ({"light": 99.5}, QualityProblem.TOO_BRIGHT),
    ({"turn": 0.6}, QualityProblem.TURNED_AWAY),
    ({"sharpness": 10}, QualityProblem.BLURRED),
])  # fmt: skip
def test_each_limit_has_its_problem(changes: dict[str, float], problem: QualityProblem) -> None:
    assert problem_of(replace(_GOOD, **changes), 0.8, _LIMITS) is problem


def test_a_detector_that_is_not_sure() -> None:
    assert problem_of(_GOOD, 0.4, _LIMITS) is QualityProblem.UNSURE


def test_what_is_mended_first_is_told_first() -> None:
    # In the dark a face is blurred as well; a light mends both.
    assert problem_of(replace(_GOOD, light=3, sharpness=5), 0.8, _LIMITS) is QualityProblem.TOO_DARK


@given(
    st.builds(FaceQuality, st.floats(0, 2000), st.floats(0, 100), st.floats(0, 100), st.floats(0, 1)), st.floats(0, 1)
)
def test_limits_wide_open_refuse_nothing(quality: FaceQuality, score: float) -> None:
    limits = replace(_LIMITS, min_side_px=0, min_light=0, max_light=100, min_sharpness=0, max_turn=1, min_score=0)
    assert problem_of(quality, score, limits) is None


def test_every_problem_has_its_words() -> None:
    assert set(PROBLEM_WORDS) == set(QualityProblem)
