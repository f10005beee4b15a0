"""Figures against a confusion that was counted by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.train.generated import make_faces, votes
from train.data.faces import PUBLIC_TEST, TRAINING, Faces
from train.judging.confusion_chart import draw_confusion
from train.judging.evaluate import INCLUDED, MAJORITY, ORIGINAL, REMOVED, evaluate, labels_of

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
    assert original["per_class"]["happy"] == {"precision": 0.5714, "recall": 0.6667, "f1": 0.6154, "n": 6}
    assert original["per_class"]["sad"] == {"precision": 0.5, "recall": 0.25, "f1": 0.3333, "n": 4}
    assert original["per_class"]["fear"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "n": 0}
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


def test_figures_can_be_written_as_json_and_drawn(tmp_path: Path) -> None:
    entry = evaluate(scores(SAID), ten_faces(), PUBLIC_TEST)[0]
    assert json.loads(json.dumps(entry)) == entry
    draw_confusion(entry, tmp_path / "confusion.png")
    with Image.open(tmp_path / "confusion.png") as picture:
        assert picture.size == (840, 768)
        # Cells in several blues, and text.
        assert len(picture.convert("L").getcolors(256) or []) > 20
