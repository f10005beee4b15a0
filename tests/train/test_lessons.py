"""What each face is taught as."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.train.generated import make_faces, votes
from train.config import TargetConfig, TrainConfig
from train.data.faces import DataError
from train.learning.lessons import make_lessons

FACES = make_faces(2)
FIVE = ("angry", "happy", "sad", "surprise", "neutral")


def config(*, heads: tuple[str, ...] = ("fer2013", "ferplus"), **targets: float | bool) -> TrainConfig:
    return TrainConfig(heads=heads, targets=TargetConfig(**{"label_smoothing": 0.0} | targets))  # type: ignore[arg-type]  # each by its name


def test_labels_are_smoothed_and_votes_are_not() -> None:
    lessons = make_lessons(FACES, config(label_smoothing=0.14))
    first = lessons.targets["fer2013"][0]
    assert first == pytest.approx([0.86 + 0.02] + [0.02] * 6)
    assert lessons.targets["ferplus"][0] == pytest.approx([1.0] + [0.0] * 6)
    assert lessons.weights["fer2013"].tolist() == lessons.weights["ferplus"].tolist() == [1.0] * 14


def test_a_head_alone_has_lessons_alone() -> None:
    lessons = make_lessons(FACES, config(heads=("ferplus",)))
    assert list(lessons.targets) == list(lessons.weights) == ["ferplus"]


def test_fewer_classes_have_fewer_columns() -> None:
    chosen = FACES.select(np.isin(FACES.labels, [0, 3, 4, 5, 6]))
    lessons = make_lessons(chosen, replace(config(), classes=FIVE))
    for head in ("fer2013", "ferplus"):
        assert lessons.targets[head][:5] == pytest.approx(np.eye(5))


def test_rare_classes_weigh_more_by_the_balanced_formula() -> None:
    # Happy 6 times, disgust twice; one face has no usable votes.
    faces = make_faces(6).select(np.array([3, 10, 17, 24, 31, 38, 1, 8]))
    ballots = faces.votes.copy()
    ballots[7] = votes(contempt=10)
    lessons = make_lessons(replace(faces, votes=ballots), config(class_weights=True))
    assert lessons.weights["fer2013"] == pytest.approx([8 / (2 * 6)] * 6 + [8 / (2 * 2)] * 2)
    assert lessons.weights["ferplus"] == pytest.approx([7 / (2 * 6)] * 6 + [7 / (2 * 1), 0.0])
    plain = make_lessons(replace(faces, votes=ballots), config())
    assert plain.weights["ferplus"].tolist() == [1.0] * 7 + [0.0]


@given(st.floats(0.01, 1.0), st.floats(0.0, 1.0), st.integers(0, 1000))
def test_a_teacher_has_its_share_of_the_target(share: float, smoothing: float, seed: int) -> None:
    soft = np.random.default_rng(seed).dirichlet(np.ones(7), len(FACES)).astype(np.float32)
    plain = make_lessons(FACES, config(label_smoothing=smoothing))
    mixed = make_lessons(FACES, config(label_smoothing=smoothing, soft_share=share), {"fer2013": soft})
    expected = (1 - share) * plain.targets["fer2013"] + share * soft
    assert mixed.targets["fer2013"] == pytest.approx(expected, abs=1e-6)
    assert mixed.weights["fer2013"] == pytest.approx(1.0)
    # No teacher spoke of these.
    assert np.array_equal(mixed.targets["ferplus"], plain.targets["ferplus"])


def test_a_face_without_votes_has_its_teachers_word_alone() -> None:
    ballots = FACES.votes.copy()
    ballots[4] = votes(contempt=10)
    soft = np.random.default_rng(0).dirichlet(np.ones(7), len(FACES)).astype(np.float32)
    lessons = make_lessons(replace(FACES, votes=ballots), config(soft_share=0.3), {"ferplus": soft})
    assert lessons.targets["ferplus"][4] == pytest.approx(soft[4])
    assert lessons.weights["ferplus"][4] == pytest.approx(0.3)
    assert lessons.weights["ferplus"][3] == pytest.approx(1.0)


def test_what_does_not_go_together_is_refused() -> None:
    soft = {"ferplus": np.full((len(FACES), 7), 1 / 7, np.float32)}
    with pytest.raises(DataError, match="there are no soft labels"):
        make_lessons(FACES, config(soft_share=0.5))
    with pytest.raises(DataError, match="would not be used"):
        make_lessons(FACES, config(), soft)
    with pytest.raises(DataError, match="for ferplus, and the run teaches fer2013"):
        make_lessons(FACES, config(heads=("fer2013",), soft_share=0.5), soft)
    with pytest.raises(DataError, match="No face has a label for 'ferplus'"):
        make_lessons(replace(FACES, votes=np.zeros_like(FACES.votes)), config())
