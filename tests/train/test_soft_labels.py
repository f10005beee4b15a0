"""Teachers' probabilities by row: kept, read, found again for any of their faces, and refused for others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTION_NAMES
from tests.train.generated import make_faces
from train.config import TrainConfig
from train.data.faces import DataError
from train.learning.soft_labels import SoftLabels, Teacher, checksums, read_soft_labels, write_soft_labels

FACES = make_faces(3)
TEACHER = Teacher("fer2013", "fer2013", "0" * 64, seed=1, held_out_parts=10)


def drawn(seed: int = 0) -> NDArray[np.float32]:
    values = np.random.default_rng(seed).dirichlet(np.ones(7), len(FACES))
    return np.asarray(values, np.float32)


def made(**by_head: NDArray[np.float32]) -> SoftLabels:
    return SoftLabels(FACES.rows, checksums(FACES.images), by_head, EMOTION_NAMES, (TEACHER,))


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(FACES))), st.integers(1, len(FACES)))
def test_any_of_the_faces_get_their_own_rows(order: list[int], count: int) -> None:
    probabilities = drawn()
    chosen = np.array(order[:count])
    found = made(fer2013=probabilities).for_faces(FACES.select(chosen))
    assert list(found) == ["fer2013"]
    assert found["fer2013"].dtype == np.float32
    assert found["fer2013"] == pytest.approx(probabilities[chosen], abs=1e-5)


def test_fewer_classes_share_what_the_others_had() -> None:
    probabilities = drawn()
    found = made(ferplus=probabilities).for_faces(FACES, ("happy", "neutral"))["ferplus"]
    expected = probabilities[:, [3, 6]] / probabilities[:, [3, 6]].sum(axis=1, keepdims=True)
    assert found == pytest.approx(expected, abs=1e-5)
    sure_of_another = np.eye(7, dtype=np.float32)[np.zeros(len(FACES), int)]
    found = made(ferplus=sure_of_another).for_faces(FACES, ("happy", "neutral"))["ferplus"]
    assert found == pytest.approx(np.full((len(FACES), 2), 0.5))


def test_a_class_that_the_teachers_do_not_know_is_refused() -> None:
    five = replace(made(fer2013=drawn()), classes=EMOTION_NAMES[3:])
    assert five.for_faces(FACES, ("happy",))["fer2013"] == pytest.approx(1.0)
    with pytest.raises(DataError, match="do not know angry, disgust"):
        five.for_faces(FACES, ("angry", "disgust", "happy"))


def test_other_faces_are_refused() -> None:
    labels = made(fer2013=drawn())
    with pytest.raises(DataError, match="21 of 21 are not among them"):
        labels.for_faces(make_faces(3, seed=1))
    with pytest.raises(DataError, match="7 of 28 are not among them"):
        labels.for_faces(replace(make_faces(4), images=np.concatenate([FACES.images, FACES.images[:7]])))


def test_a_file_gives_back_what_was_written(tmp_path: Path) -> None:
    labels = replace(made(fer2013=drawn(1), ferplus=drawn(2)), temperature=2.0)
    write_soft_labels(labels, tmp_path / "soft.npz")
    read = read_soft_labels(tmp_path / "soft.npz")
    assert (read.teachers, read.classes, read.temperature) == (labels.teachers, labels.classes, 2.0)
    for head, values in labels.by_head.items():
        assert read.by_head[head] == pytest.approx(values, abs=5e-4)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["soft.npz"]


def test_the_same_labels_give_the_same_file(tmp_path: Path) -> None:
    for name in ("a.npz", "b.npz"):
        write_soft_labels(made(fer2013=drawn()), tmp_path / name)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"rows": FACES.rows[::-1].copy()}, "rows do not rise"),
        ({"rows": FACES.rows[:5]}, "not told by row"),
        ({"rows": FACES.rows.astype(np.float64)}, "not told by row"),
        ({"by_head": {"fer2013": drawn() * 2}}, "no probabilities"),
        ({"by_head": {"fer2013": drawn()[:, :5]}}, "no probabilities"),
        ({"by_head": {"fer2013": np.full((21, 7), np.nan, np.float32)}}, "no probabilities"),
        ({"by_head": {"other": drawn()}}, "no known head"),
        ({"classes": ("joy",)}, "other emotions"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, changes: dict[str, Any], problem: str) -> None:
    write_soft_labels(replace(made(fer2013=drawn()), **changes), tmp_path / "soft.npz")
    with pytest.raises(DataError, match=problem):
        read_soft_labels(tmp_path / "soft.npz")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"\x80\x04N."])
def test_another_file_is_no_file_of_soft_labels(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "soft.npz").write_bytes(content)
    with pytest.raises(DataError, match=r"'soft\.npz' is no file of soft labels"):
        read_soft_labels(tmp_path / "soft.npz")
    np.savez(tmp_path / "other.npz", images=FACES.images)
    with pytest.raises(DataError, match=r"'other\.npz' is no file"):
        read_soft_labels(tmp_path / "other.npz")


def test_a_teacher_of_another_division_is_warned_of() -> None:
    labels = made(fer2013=drawn())
    assert labels.warnings(TrainConfig()) == []
    (sentence,) = labels.warnings(TrainConfig(seed=3))
    assert "'fer2013' was trained with seed 1 and one part in 10 held out" in sentence
    silent = replace(labels, teachers=(replace(TEACHER, seed=None),))
    assert "does not tell" in silent.warnings(TrainConfig())[0]
