"""Hints that a person can read and act on."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st

from emotion_gui.core.results import Box, FaceResult, QualityProblem
from emotion_gui.ui.quality_hint import QualityHint, hindered
from tests.builders import make_face

_PROBLEMS = st.none() | st.sampled_from([QualityProblem.TOO_DARK, QualityProblem.BLURRED])


def _shown(problems: list[QualityProblem | None], interval_s: float = 0.1) -> list[QualityProblem | None]:
    hint = QualityHint()
    return [hint.update(problem, number * interval_s) for number, problem in enumerate(problems)]


@settings(deadline=None)
@given(st.lists(_PROBLEMS, max_size=120))
def test_every_hint_stays_long_enough_to_be_read(problems: list[QualityProblem | None]) -> None:
    runs = [(problem, len(list(run))) for problem, run in groupby(_shown(problems))]
    assert all(beats >= 14 for problem, beats in runs[:-1] if problem)


def test_what_lasts_is_told_within_half_a_second_and_goes_again() -> None:
    dark = QualityProblem.TOO_DARK
    shown = _shown([None] * 5 + [dark] * 30 + [None] * 30)
    assert shown[5 + 5] is dark
    assert shown[-1] is None


def test_a_single_bad_result_is_no_hint() -> None:
    assert set(_shown([None, None, QualityProblem.BLURRED] * 20)) == {None}


def _face(side: float, problem: QualityProblem | None, *, watched: bool = True) -> FaceResult:
    return replace(make_face(), box=Box(0, 0, side, side), problem=problem, watched=watched)


def test_only_those_who_count_are_told_of() -> None:
    other = _face(300, QualityProblem.TOO_BRIGHT, watched=False)
    assert hindered([other, _face(100, None)]) is None
    assert hindered([other, _face(100, QualityProblem.TOO_DARK)]) is QualityProblem.TOO_DARK
    assert hindered([other]) is None
    assert hindered([]) is None


def test_where_everyone_counts_the_largest_face_is_told_of() -> None:
    small, large = _face(40, QualityProblem.TOO_SMALL), _face(200, QualityProblem.TURNED_AWAY)
    assert hindered([small, large]) is QualityProblem.TURNED_AWAY
    assert hindered([small, _face(200, None)]) is None
