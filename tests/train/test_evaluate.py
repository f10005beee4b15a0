"""Figures against a confusion that was counted by hand."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from tests.train.generated import make_faces, votes
from train.data.faces import PUBLIC_TEST, TRAINING, Faces
from train.judging.evaluate import INCLUDED, MAJORITY, ORIGINAL, REMOVED, evaluate, labels_among, labels_of

# Ten faces: six happy, of which four were called so; four sad, of which one; nothing else was asked or said but fear.
LABELS = [3, 3, 3, 3, 3, 3, 4, 4, 4, 4]
SAID = [3, 3, 3, 3, 4, 2, 4, 3, 3, 3]


def ten_faces() -> Faces:
    images = np.random.default_rng(2).integers(0, 256, (10, 48, 48), np.uint8)
    # FER+ saw the first as neutral, could not agree on the second and left the third without a vote.
    ballots = [votes(neutral=9), votes(happiness=5, sadness=5), votes(unknown=10), *[votes(happiness=9)] * 7]
    usage = np.full(10, PUBLIC_TEST)
    return Faces(images, np.array(LABELS, np.uint8), usage, np.arange(10, dtype=np.int32), np.concatenate(ballots))


def scores(said: list[int]) -> np.ndarray:
    """Each with 0.6 for what was said."""
    right = np.eye(7)[said]
    return (0.6 * right + 0.4 / 6 * (1 - right)).astype(np.float32)


def test_figures_of_the_original_labels() -> None:
    original = evaluate(scores(SAID), ten_faces(), PUBLIC_TEST)[0]
    assert {key: original[key] for key in ("split", "labels", "copies", "n")} == {
        "split": PUBLIC_TEST,
        "labels": ORIGINAL,
        "copies": INCLUDED,
        "n": 10,
    }
    assert original["accuracy"] == 0.5
    per_class = {
        name: tuple(entry[key] for key in ("precision", "recall", "f1", "n"))
        for name, entry in original["per_class"].items()
    }
    assert per_class["happy"] == (0.5714, 0.6667, 0.6154, 6)
    assert per_class["sad"] == (0.5, 0.25, 0.3333, 4)
    assert per_class["fear"] == (0.0, 0.0, 0.0, 0)
    # The mean over the labels that occur: one that nobody has cannot be found.
    assert original["macro_f1"] == pytest.approx((0.6154 + 0.3333) / 2, abs=1e-4)
    assert original["ece"] == pytest.approx(0.1, abs=1e-4)
    assert original["confusion"][3] == [0, 0, 1, 4, 1, 0, 0]
    assert original["confusion"][4] == [0, 0, 0, 3, 1, 0, 0]
    assert np.sum(original["confusion"]) == 10


def test_figures_of_the_majority_leave_out_faces_without_one() -> None:
    majority = evaluate(scores(SAID), ten_faces(), PUBLIC_TEST)[1]
    assert majority["labels"] == MAJORITY
    assert majority["n"] == 8
    assert majority["confusion"][6] == [0, 0, 0, 1, 0, 0, 0]
    assert majority["confusion"][3] == [0, 0, 1, 4, 2, 0, 0]


def test_copies_of_training_faces_are_left_out_in_figures_of_their_own() -> None:
    faces = ten_faces()
    training = replace(make_faces(1), images=faces.images[[0, 1, 1, 1, 5, 5, 5]])
    figures = evaluate(scores(SAID), faces, PUBLIC_TEST, training)
    counts = {(entry["labels"], entry["copies"]): entry["n"] for entry in figures}
    assert counts == {(ORIGINAL, INCLUDED): 10, (ORIGINAL, REMOVED): 7, (MAJORITY, INCLUDED): 8, (MAJORITY, REMOVED): 6}
    removed = next(entry for entry in figures if entry["copies"] == REMOVED)
    assert removed["accuracy"] == pytest.approx(3 / 7, abs=1e-4)


def test_a_kind_of_label_that_no_face_has_gives_no_figures() -> None:
    faces = replace(ten_faces(), votes=np.zeros((10, 10), np.uint8))
    assert [entry["labels"] for entry in evaluate(scores(SAID), faces, TRAINING)] == [ORIGINAL]
    assert set(labels_of(faces, MAJORITY)) == {-1}


def test_area_under_the_curve_counts_the_pairs_in_the_right_order() -> None:
    per_class = evaluate(scores(SAID), ten_faces(), PUBLIC_TEST)[0]["per_class"]
    # Of 6 x 4 pairs of a happy and a sad face, 4 happy ones were called so against 3 sad ones that were, too: 4 pairs
    # in order, 2 x 3 against it, the others tied.
    assert per_class["happy"]["auc"] == pytest.approx((4 + (24 - 4 - 6) / 2) / 24, abs=1e-4)
    assert per_class["fear"]["auc"] is None


def test_without_a_second_class_no_area_is_defined() -> None:
    faces = ten_faces().select(np.arange(3, 6))
    entry = evaluate(scores(SAID)[3:6], faces, PUBLIC_TEST)[0]
    assert entry["macro_auc"] is None
    assert entry["per_class"]["happy"]["auc"] is None


def test_flip_averaging_is_the_mean_with_the_mirror_image() -> None:
    faces, mirrored = ten_faces(), scores(LABELS)
    # Surer than the first view, so that the mean says what the mirror image says.
    mirrored = (mirrored**2 / (mirrored**2).sum(axis=1, keepdims=True)).astype(np.float32)
    figures = evaluate(scores(SAID), faces, PUBLIC_TEST, mirrored=mirrored)
    accuracies = [(entry["labels"], entry["flip_averaging"], entry["accuracy"]) for entry in figures]
    assert accuracies[:2] == [(ORIGINAL, False, 0.5), (ORIGINAL, True, 1.0)]
    assert [entry["flip_averaging"] for entry in figures] == [False, True] * 2


def test_a_model_of_fewer_classes_is_judged_on_their_faces() -> None:
    classes = ("happy", "neutral")
    said = np.array([[0.8, 0.2]] * 5 + [[0.3, 0.7]] * 5, np.float32)
    original, majority = evaluate(said, ten_faces(), PUBLIC_TEST, classes=classes)
    assert (original["n"], original["left_out"]) == (6, 4)
    assert original["accuracy"] == pytest.approx(5 / 6, abs=1e-4)
    assert list(original["per_class"]) == list(classes)
    assert original["confusion"] == [[5, 1], [0, 0]]
    # One neutral and seven happy ones; nobody voted for another class.
    assert (majority["n"], majority["left_out"]) == (8, 0)
    assert labels_among(ten_faces(), ORIGINAL, classes).tolist() == [0] * 6 + [-1] * 4
    assert labels_among(ten_faces(), MAJORITY, classes).tolist() == [1, -1, -1] + [0] * 7


def test_figures_can_be_written_as_json() -> None:
    for entry in evaluate(scores(SAID), ten_faces(), PUBLIC_TEST, mirrored=scores(SAID)):
        assert json.loads(json.dumps(entry)) == entry
