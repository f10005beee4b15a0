"""Worse pictures: what each change does to a face, and what the table says of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTION_NAMES
from tests.train.generated import make_faces
from train.data.targets import UNLABELED
from train.judging.evaluate import MAJORITY
from train.judging.robustness import CHANGES, Score, robustness, robustness_figures

FACES = make_faces(2)
GRADIENT = np.tile(np.linspace(40, 160, 48).astype(np.uint8), (48, 1))


def changed(description: str, face: NDArray[np.uint8] = GRADIENT, seed: int = 0) -> NDArray[np.uint8]:
    change = next(entry for entry in CHANGES if entry.description == description)
    return change.apply(face, np.random.default_rng(seed))


def by_brightness(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Says the first class of a bright picture and the second of a dark one."""
    is_dark = images.mean(axis=(1, 2)) < 80
    return np.asarray(np.eye(2, dtype=np.float32)[is_dark.astype(int)])


def test_each_change_gives_a_face_and_leaves_the_input() -> None:
    face = FACES.images[4]
    before = face.copy()
    for change in CHANGES:
        result = change.apply(face, np.random.default_rng(1))
        assert result.shape == (48, 48)
        assert result.dtype == np.uint8
        assert np.array_equal(result, face) == (change.group == "none"), change.description
    assert np.array_equal(face, before)


def test_a_tighter_crop_enlarges_and_a_looser_one_repeats_the_edge() -> None:
    assert np.ptp(changed("crop 0.8 times as wide (tighter)")) == pytest.approx(0.8 * 120, abs=3)
    looser = changed("crop 1.25 times as wide (looser)")
    assert np.ptp(looser) == 120
    assert (looser[:, :4] == 40).all()


def test_a_turn_to_either_side_is_the_same_turn() -> None:
    face = FACES.images[4]
    left, right = changed("turned 15° counter-clockwise", face), changed("turned 15° clockwise", face[:, ::-1])
    # A mirrored face turned the other way; to a level or two of interpolation.
    assert np.abs(left[4:-4, 4:-4].astype(int) - right[4:-4, ::-1][:, 4:-4]).max() <= 3


def test_a_move_goes_the_way_it_says() -> None:
    assert (
        changed("moved right by 10 % of the side").mean()
        < GRADIENT.mean()
        < (changed("moved left by 10 % of the side").mean())
    )
    assert changed("moved up by 10 % of the side", GRADIENT.T).mean() > GRADIENT.mean()


def test_light_scales_and_shifts_the_levels() -> None:
    assert changed("half as bright").max() == 80
    assert changed("50 grey levels darker").min() == 0
    assert changed("50 grey levels brighter").max() == 210
    assert changed("one and a half times as bright").max() == 240


def test_blur_takes_detail_and_keeps_the_mean() -> None:
    board = np.indices((48, 48)).sum(axis=0).astype(np.uint8) % 2 * 100
    sharpness = [np.std(changed(f"detail of {side} pixels only", board)) for side in (32, 24, 16)]
    assert all(value < 0.5 * np.std(board) for value in sharpness)
    assert changed("detail of 24 pixels only", board).mean() == pytest.approx(50, abs=1)


@pytest.mark.parametrize("level", [4, 8, 16])
def test_noise_has_the_deviation_that_it_says(level: int) -> None:
    flat = np.full((48, 48), 128, np.uint8)
    assert np.std(changed(f"noise of {level} grey levels", flat)) == pytest.approx(level, rel=0.06)


def test_the_table_counts_what_is_lost() -> None:
    bright = np.full((4, 48, 48), 100, np.uint8)
    rows = robustness(by_brightness, bright, np.array([0, 0, 1, UNLABELED]))
    assert len(rows) == len(CHANGES)
    by_change = {row["change"]: row for row in rows}
    assert rows[0] == {"group": "none", "change": "as they are", "n": 3, "accuracy": 0.6667, "loss_points": 0.0}
    assert by_change["half as bright"]["accuracy"] == 0.3333
    assert by_change["half as bright"]["loss_points"] == pytest.approx(33.34)
    assert by_change["50 grey levels brighter"]["loss_points"] == 0.0


@pytest.fixture
def seen() -> tuple[Score, list[NDArray[np.uint8]]]:
    pictures: list[NDArray[np.uint8]] = []

    def score(images: NDArray[np.uint8]) -> NDArray[np.float32]:
        pictures.append(images)
        return by_brightness(images)

    return score, pictures


def test_two_calls_show_the_same_pictures(
    seen: tuple[Callable[[NDArray[np.uint8]], NDArray[np.float32]], list[NDArray[np.uint8]]],
) -> None:
    score, pictures = seen
    labels = np.zeros(len(FACES), np.int64)
    assert robustness(score, FACES.images, labels) == robustness(score, FACES.images, labels)
    first, second = pictures[: len(CHANGES)], pictures[len(CHANGES) :]
    assert all(np.array_equal(one, other) for one, other in zip(first, second, strict=True))


def test_the_table_says_what_it_was_measured_on() -> None:
    table = robustness_figures(by_brightness, FACES, split="held-out", kind=MAJORITY, classes=EMOTION_NAMES[:2])
    assert (table["split"], table["labels"]) == ("held-out", MAJORITY)
    assert {row["n"] for row in table["rows"]} == {4}


def test_without_labels_there_are_no_rows() -> None:
    assert robustness(by_brightness, FACES.images, np.full(len(FACES), UNLABELED)) == []
