"""From FER+ votes to what a face is taught as."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from emotion_gui.core.emotions import EMOTION_NAMES
from tests.train.generated import VOTE_OF_LABEL, make_faces, votes
from train.data.targets import (
    UNLABELED,
    emotion_votes,
    heads_with_labels,
    labels_for_head,
    majority_label,
    of_classes,
    one_hot,
    original_label,
    vote_distribution,
)

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


FIVE = ("angry", "happy", "sad", "surprise", "neutral")
CHOICES = st.lists(st.sampled_from(EMOTION_NAMES), min_size=2, unique=True).map(
    lambda chosen: tuple(sorted(chosen, key=EMOTION_NAMES.index))
)


class TestFewerClasses:
    """A run may tell fewer emotions apart: everything is then counted over those."""

    @given(BALLOTS, CHOICES)
    def test_a_distribution_is_over_the_chosen_columns(self, ballots: np.ndarray, classes: tuple[str, ...]) -> None:
        columns = [EMOTION_NAMES.index(name) for name in classes]
        counted = emotion_votes(ballots, classes)
        assert np.array_equal(counted, emotion_votes(ballots)[:, columns])
        distribution, usable = vote_distribution(ballots, classes)
        assert distribution.shape == (len(ballots), len(classes))
        assert distribution.sum(axis=1) == pytest.approx(1.0)
        shares = np.where(counted > 1, counted, 0)[usable]
        assert distribution[usable] == pytest.approx(shares / shares.sum(axis=1, keepdims=True))

    def test_votes_for_another_emotion_speak_against_the_face(self) -> None:
        ballots = votes(fear=6, happiness=4)
        assert vote_distribution(ballots)[1].tolist() == [True]
        assert vote_distribution(ballots, FIVE)[1].tolist() == [False]
        distribution, usable = vote_distribution(votes(fear=4, happiness=3, neutral=3), FIVE)
        assert usable.tolist() == [True]
        assert distribution[0] == pytest.approx([0, 0.5, 0, 0, 0.5])

    def test_the_majority_is_that_of_the_chosen(self) -> None:
        ballots = votes(fear=5, sadness=3, neutral=2)
        assert majority_label(ballots).tolist() == [EMOTION_NAMES.index("fear")]
        assert majority_label(ballots, FIVE).tolist() == [FIVE.index("sad")]
        assert majority_label(votes(fear=10), FIVE).tolist() == [UNLABELED]

    def test_labels_take_the_place_of_their_class(self) -> None:
        assert original_label(np.arange(7), FIVE).tolist() == [0, UNLABELED, UNLABELED, 1, 2, 3, 4]
        assert original_label(np.arange(7)).tolist() == list(range(7))

    def test_faces_of_other_labels_are_left_out(self) -> None:
        faces = make_faces(3)
        chosen = of_classes(faces, FIVE)
        assert sorted(set(chosen.labels.tolist())) == [EMOTION_NAMES.index(name) for name in FIVE]
        assert len(chosen) == 15
        assert len(of_classes(faces, EMOTION_NAMES)) == len(faces)


def test_a_head_is_judged_by_its_own_labels() -> None:
    faces = make_faces(1)
    disagreeing = replace(faces, votes=np.roll(faces.votes, 1, axis=0))
    assert labels_for_head(disagreeing, "fer2013").tolist() == list(range(7))
    assert labels_for_head(disagreeing, "ferplus").tolist() == [6, 0, 1, 2, 3, 4, 5]


def test_without_votes_there_is_one_head_to_teach() -> None:
    faces = make_faces(1)
    heads = ("fer2013", "ferplus")
    assert heads_with_labels(faces, heads) == heads
    assert heads_with_labels(replace(faces, votes=np.zeros_like(faces.votes)), heads) == ("fer2013",)
    assert heads_with_labels(faces, ("ferplus",)) == ("ferplus",)
