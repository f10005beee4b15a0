"""Steady labels: the mean's memory is a time, whatever the rate of results."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.smoothing import Smoother
from tests.builders import make_face

_TIME_CONSTANT_S = 0.4
_MOODS = st.lists(st.tuples(st.sampled_from(EMOTIONS), st.integers(1, 10)), min_size=1, max_size=12)


def _clip(moods: list[tuple[Emotion, int]]) -> list[tuple[float, tuple[float, ...]]]:
    """Moods of so many tenths of a second each at 30 results a second: time and probabilities."""
    labels = [label for label, tenths in moods for _ in range(3 * tenths)]
    return [((index + 1) / 30, make_face(label).probabilities) for index, label in enumerate(labels)]


def _after(clip: list[tuple[float, tuple[float, ...]]], time_constant_s: float = _TIME_CONSTANT_S) -> tuple[float, ...]:
    smoother = Smoother(time_constant_s)
    for time_s, probabilities in clip:
        smoother.update(time_s, probabilities)
    return smoother.mean


@given(_MOODS)
def test_ends_alike_at_30_and_at_10_results_a_second(moods: list[tuple[Emotion, int]]) -> None:
    clip = _clip(moods)
    assert _after(clip[2::3]) == pytest.approx(_after(clip), abs=1e-9)


@given(_MOODS, st.integers(0, 1))
def test_a_change_between_two_results_is_noticed_a_little_late(moods: list[tuple[Emotion, int]], offset: int) -> None:
    clip = _clip([*moods, (Emotion.HAPPY, 10)])
    assert _after(clip[offset::3]) == pytest.approx(_after(clip), abs=0.03)


@given(_MOODS, st.integers(2, 60))
def test_more_results_of_the_same_say_nothing_new(moods: list[tuple[Emotion, int]], pieces: int) -> None:
    once, often = Smoother(_TIME_CONSTANT_S), Smoother(_TIME_CONSTANT_S)
    time_s = 0.0
    for label, tenths in [(Emotion.NEUTRAL, 1), *moods]:
        probabilities = make_face(label).probabilities
        for piece in range(pieces):
            often.update(time_s + tenths / 10 * (piece + 1) / pieces, probabilities)
        time_s += tenths / 10
        assert once.update(time_s, probabilities) == pytest.approx(often.mean, abs=1e-9)


@given(_MOODS, st.floats(0, 5))
def test_a_mean_stays_a_distribution(moods: list[tuple[Emotion, int]], time_constant_s: float) -> None:
    mean = _after(_clip(moods), time_constant_s)
    assert sum(mean) == pytest.approx(1)
    assert min(mean) >= 0


def test_a_new_expression_has_63_percent_of_the_weight_after_the_time_constant() -> None:
    smoother = Smoother(_TIME_CONSTANT_S)
    smoother.update(0, (1, 0, 0, 0, 0, 0, 0))
    mean = smoother.update(_TIME_CONSTANT_S, (0, 0, 0, 1, 0, 0, 0))
    assert mean[3] == pytest.approx(1 - math.exp(-1))


def test_without_a_time_constant_every_result_is_shown() -> None:
    smoother = Smoother(0)
    for label in (Emotion.SAD, Emotion.HAPPY):
        probabilities = make_face(label).probabilities
        assert smoother.update(0.0, probabilities) == probabilities


def test_a_class_that_the_model_does_not_know_stays_at_nothing() -> None:
    smoother = Smoother(_TIME_CONSTANT_S)
    for index in range(20):
        smoother.update(index / 30, (0.5, 0, 0, 0.25 + 0.2 * (index % 2), 0, 0, 0.25 - 0.2 * (index % 2)))
    assert smoother.mean[1:3] == (0, 0)


def test_a_clock_set_back_does_no_harm() -> None:
    smoother = Smoother(_TIME_CONSTANT_S)
    smoother.update(100, make_face(Emotion.SAD).probabilities)
    smoother.update(1, make_face(Emotion.HAPPY).probabilities)
    happy = make_face(Emotion.HAPPY).probabilities
    assert smoother.update(9, happy) == pytest.approx(happy)


def test_a_look_leaves_no_trace() -> None:
    smoother = Smoother(_TIME_CONSTANT_S)
    smoother.update(0, make_face(Emotion.SAD).probabilities)
    before = smoother.mean
    assert smoother.peek(1, make_face(Emotion.HAPPY).probabilities) != before
    assert (smoother.mean, smoother.updated_s) == (before, 0)
