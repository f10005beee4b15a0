"""From FER+ votes to what a face is taught as."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.train.generated import VOTE_OF_LABEL, votes
from train.data.targets import UNLABELED, emotion_votes, majority_label, one_hot, vote_distribution

BALLOTS = arrays(np.uint8, st.tuples(st.integers(1, 20), st.just(10)), elements=st.integers(0, 10))


@pytest.mark.parametrize(("label", "name"), list(enumerate(VOTE_OF_LABEL)))
def test_votes_are_counted_for_the_label_of_fer2013(label: int, name: str) -> None:
    assert emotion_votes(votes(**{name: 9}))[0].tolist() == [9 * (label == index) for index in range(7)]
    assert majority_label(votes(**{name: 9})).tolist() == [label]


@pytest.mark.parametrize(
    ("counts", "label"),
    [
        ({"happiness": 6, "neutral": 4}, 3),
        ({"happiness": 5, "neutral": 5}, UNLABELED),
        ({"sadness": 2, "contempt": 4, "unknown": 4}, 4),
        ({"contempt": 10}, UNLABELED),
        ({"not_face": 10}, UNLABELED),
        ({}, UNLABELED),
    ],
)
def test_majority_is_the_untied_top_of_the_seven(counts: dict[str, int], label: int) -> None:
    assert majority_label(votes(**counts)).tolist() == [label]


@pytest.mark.parametrize(
    ("counts", "shares"),
    [
        ({"happiness": 6, "neutral": 4}, {3: 0.6, 6: 0.4}),
        ({"happiness": 8, "neutral": 1, "fear": 1}, {3: 1.0}),
        ({"anger": 4, "sadness": 2, "contempt": 4}, {0: 2 / 3, 4: 1 / 3}),
        ({"surprise": 5, "unknown": 5}, {5: 1.0}),
    ],
    ids=["shares", "slips", "contempt", "half"],
)
def test_distribution_is_the_shares_without_slips(counts: dict[str, int], shares: dict[int, float]) -> None:
    distribution, usable = vote_distribution(votes(**counts))
    assert usable.tolist() == [True]
    assert distribution[0] == pytest.approx([shares.get(index, 0.0) for index in range(7)])


@pytest.mark.parametrize(
    "counts",
    [{}, {"contempt": 10}, {"surprise": 4, "unknown": 6}, {"anger": 1, "fear": 1, "sadness": 1, "neutral": 1}],
    ids=["none", "contempt", "less than half", "slips alone"],
)
def test_a_face_that_few_could_name_is_not_taught(counts: dict[str, int]) -> None:
    distribution, usable = vote_distribution(votes(**counts))
    assert usable.tolist() == [False]
    assert distribution[0] == pytest.approx([1 / 7] * 7)


@given(BALLOTS)
def test_every_distribution_sums_to_one_and_agrees_with_the_majority(ballots: np.ndarray) -> None:
    before = ballots.copy()
    distribution, usable = vote_distribution(ballots)
    label = majority_label(ballots)
    assert distribution.sum(axis=1) == pytest.approx(1.0)
    assert (distribution >= 0).all()
    both = usable & (label != UNLABELED)
    assert (distribution[both].argmax(axis=1) == label[both]).all()
    assert np.array_equal(ballots, before)


def test_one_hot_puts_the_one_at_the_label() -> None:
    assert one_hot(np.array([0, 6, 3], np.uint8)).argmax(axis=1).tolist() == [0, 6, 3]
    assert one_hot(np.array([2], np.uint8)).sum() == 1
