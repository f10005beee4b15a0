"""A person's resting face: how it is taken, and what it changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.core.baseline import Baseline, corrected
from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.errors import AppError
from emotion_gui.core.resting_face import RestingFace
from emotion_gui.core.results import FaceResult
from tests.builders import make_face

_NEUTRAL = EMOTIONS.index(Emotion.NEUTRAL)


def _distribution(**shares: float) -> tuple[float, ...]:
    """The given shares; neutral has the rest."""
    values = [shares.get(emotion.value, 0.0) for emotion in EMOTIONS]
    values[_NEUTRAL] = 1 - sum(values)
    return tuple(values)


def _baseline(resting: tuple[float, ...], levels: tuple[float, ...] = ()) -> Baseline:
    return Baseline(resting, 15.0, 0, datetime(2026, 11, 21, tzinfo=UTC), levels)


def _label(probabilities: tuple[float, ...]) -> Emotion:
    return EMOTIONS[max(range(len(EMOTIONS)), key=probabilities.__getitem__)]


_WEIGHTS = st.lists(st.floats(0, 1), min_size=7, max_size=7).filter(lambda weights: sum(weights) > 0.01)
_DISTRIBUTIONS = _WEIGHTS.map(lambda weights: tuple(weight / sum(weights) for weight in weights))
_LEVELS = st.lists(st.floats(0, 1), min_size=7, max_size=7).map(tuple)


def test_a_resting_face_read_as_sad_becomes_neutral() -> None:
    baseline = _baseline(_distribution(sad=0.82), _distribution(sad=0.86))
    for sad in (0.7, 0.82, 0.86, 0.9):
        assert _label(corrected(_distribution(sad=sad), baseline)) is Emotion.NEUTRAL


def test_a_smile_of_the_same_person_stays_happy() -> None:
    baseline = _baseline(_distribution(sad=0.82), _distribution(sad=0.86))
    assert corrected(_distribution(happy=0.9, sad=0.08), baseline) == pytest.approx(_distribution(happy=0.9))


def test_a_smile_stays_happy_though_the_face_rests_with_a_little_of_it() -> None:
    assert _label(corrected(_distribution(happy=0.95), _baseline(_distribution(happy=0.6)))) is Emotion.HAPPY


def test_the_means_serve_where_no_levels_are_known() -> None:
    baseline = _baseline(_distribution(sad=0.5))
    assert corrected(_distribution(sad=0.5), baseline) == _distribution()


@given(_DISTRIBUTIONS, st.floats(0, 0.03))
def test_a_face_that_rests_plainly_neutral_changes_next_to_nothing(values: tuple[float, ...], trace: float) -> None:
    levels = tuple(1 - 6 * trace if index == _NEUTRAL else trace for index in range(7))
    assert corrected(values, _baseline(levels)) == pytest.approx(values, abs=6 * trace + 1e-9)


@given(_DISTRIBUTIONS, _LEVELS)
def test_no_expression_is_raised_and_neutral_only_by_the_levels(
    values: tuple[float, ...], levels: tuple[float, ...]
) -> None:
    result = corrected(values, _baseline(values, levels))
    assert sum(result) == pytest.approx(1)
    for index, (before, after) in enumerate(zip(values, result, strict=True)):
        assert after >= 0
        if index != _NEUTRAL:
            assert after <= before + 1e-12
    taken = sum(level for index, level in enumerate(levels) if index != _NEUTRAL)
    assert values[_NEUTRAL] - 1e-9 <= result[_NEUTRAL] <= values[_NEUTRAL] + taken + 1e-9


@given(_DISTRIBUTIONS, _LEVELS, st.sampled_from(EMOTIONS), st.floats(0, 1))
def test_more_of_an_expression_is_never_shown_as_less(
    values: tuple[float, ...], levels: tuple[float, ...], emotion: Emotion, share: float
) -> None:
    pure = tuple(float(other is emotion) for other in EMOTIONS)
    more = tuple(value + share * (one - value) for value, one in zip(values, pure, strict=True))
    index, baseline = EMOTIONS.index(emotion), _baseline(values, levels)
    if emotion is not Emotion.NEUTRAL:
        assert corrected(more, baseline)[index] >= corrected(values, baseline)[index] - 1e-12


def test_a_model_that_says_nothing_is_not_made_to_speak() -> None:
    assert corrected((0.0,) * 7, _baseline(_distribution(sad=0.5))) == (0.0,) * 7


@given(_DISTRIBUTIONS, _LEVELS, st.integers(0, 99))
def test_a_baseline_is_read_as_it_was_written(resting: tuple[float, ...], levels: tuple[float, ...], n: int) -> None:
    baseline = Baseline(resting, 14.9, n, datetime(2026, 11, 21, 14, 2, 3, tzinfo=UTC), levels)
    assert Baseline.from_dict(baseline.to_dict()) == baseline


def _face(smoothed: tuple[float, ...], raw: tuple[float, ...] = (), track: int = 1) -> FaceResult:
    return replace(make_face(Emotion.FEAR), smoothed=smoothed, raw=raw or smoothed, track=track, candidate=True)


def _rested(*stretches: tuple[float, FaceResult | None], rate: float = 30) -> RestingFace:
    resting = RestingFace()
    faces = [face for seconds, face in stretches for _ in range(round(seconds * rate))]
    for index, face in enumerate(faces):
        resting.add(index / rate, face)
    return resting


def test_the_mean_and_what_is_reached_most_of_the_time_are_taken() -> None:
    calm, sadder, smile = _distribution(sad=0.4), _distribution(sad=0.5), _distribution(happy=0.9)
    baseline = _rested((7.5, _face(calm)), (6, _face(sadder)), (0.5, _face(smile))).baseline()
    assert baseline.usable_s == pytest.approx(14, abs=0.1)
    sad, happy = EMOTIONS.index(Emotion.SAD), EMOTIONS.index(Emotion.HAPPY)
    assert baseline.resting[sad] == pytest.approx(6 / 14, abs=0.01)
    # A short smile does not make a smiling rest.
    assert (baseline.levels[sad], baseline.levels[happy]) == (0.5, 0.0)


@given(st.sampled_from([8, 10, 15, 30]))
def test_the_rate_of_results_does_not_matter(rate: int) -> None:
    stretches = (8, _face(_distribution(sad=0.4))), (4, _face(_distribution(sad=0.6)))
    slow, fast = _rested(*stretches, rate=rate).baseline(), _rested(*stretches, rate=60).baseline()
    assert slow.resting == pytest.approx(fast.resting, abs=0.01)
    assert slow.levels == fast.levels


def test_a_face_that_smiles_and_talks_is_restless() -> None:
    calm, smile = _face(_distribution()), _face(_distribution(happy=0.95))
    with pytest.raises(AppError, match="moved too much"):
        _rested(*[(1, calm), (1, smile)] * 7).baseline()


def test_a_model_in_two_minds_about_a_resting_face_is_no_restless_face() -> None:
    one, other = _face(_distribution(sad=0.35)), _face(_distribution(sad=0.65))
    assert _rested(*[(0.4, one), (0.4, other)] * 15).baseline().usable_s > 10


def test_time_without_the_face_is_no_usable_time() -> None:
    calm = _face(_distribution())
    assert _rested((3, calm), (5, None), (3, calm)).usable_s == pytest.approx(6, abs=0.1)


def test_another_person_begins_anew() -> None:
    sad, calm = _face(_distribution(sad=0.8)), _face(_distribution(), track=2)
    baseline = _rested((5, sad), (5, calm)).baseline()
    assert baseline.usable_s == pytest.approx(5, abs=0.1)
    assert baseline.resting == _distribution()


def test_bursts_at_rest_are_counted_by_the_raw_probabilities() -> None:
    calm, burst = _distribution(), _distribution(surprise=0.9)
    moods = (3, _face(calm)), (0.2, _face(calm, raw=burst)), (3, _face(calm))
    assert _rested(*moods).baseline().brief_changes == 1


def test_nothing_seen_is_no_baseline() -> None:
    with pytest.raises(AppError):
        _rested((1, None)).baseline()
