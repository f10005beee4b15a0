"""The charts of a model's figures: there, of their size, and with what they shall show in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from emotion_gui.core.emotions import EMOTION_NAMES, Emotion
from train.judging.calibration_chart import draw_calibration
from train.judging.confusion_chart import draw_confusion
from train.judging.drawing import MEASURED
from train.judging.roc_chart import draw_roc
from train.judging.training_chart import draw_training

FIVE = ("angry", "happy", "sad", "surprise", "neutral")
HISTORY: list[dict[str, Any]] = [
    {"epoch": 1, "loss": 3.5, "learning_rate": 0.04, "images_per_s": 150.0, "fer2013_held_out_accuracy": 0.4},
    {"epoch": 2, "loss": float("nan"), "learning_rate": 0.06, "fer2013_held_out_accuracy": 0.5, "note": "no number"},
    {"epoch": 3, "loss": 2.5, "learning_rate": 0.0, "fer2013_held_out_accuracy": 0.45, "held_out_loss": 2.6},
]


def pixels(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


def has_color(picture: NDArray[np.uint8], color: str) -> bool:
    wanted = [int(color[place : place + 2], 16) for place in (1, 3, 5)]
    return bool((picture == wanted).all(axis=-1).any())


@pytest.fixture
def scored() -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    random = np.random.default_rng(4)
    labels = random.integers(0, 5, 200)
    scores = random.random((200, 5)) + np.eye(5)[labels]
    return (scores / scores.sum(axis=1, keepdims=True)).astype(np.float32), labels


def test_the_roc_chart_has_a_curve_per_class_in_its_color(
    tmp_path: Path, scored: tuple[NDArray[np.float32], NDArray[np.int64]]
) -> None:
    draw_roc(*scored, FIVE, tmp_path / "roc.png")
    picture = pixels(tmp_path / "roc.png")
    assert picture.shape == (696, 768, 3)
    assert [has_color(picture, Emotion[name.upper()].color) for name in FIVE] == [True] * 5
    assert not has_color(picture, Emotion.FEAR.color)


def test_a_class_without_faces_has_no_curve(tmp_path: Path) -> None:
    draw_roc(np.full((4, 7), 1 / 7, np.float32), np.array([3, 3, 4, 4]), EMOTION_NAMES, tmp_path / "roc.png")
    picture = pixels(tmp_path / "roc.png")
    assert has_color(picture, Emotion.SAD.color)
    assert not has_color(picture, Emotion.ANGRY.color)


def test_the_calibration_chart_shows_the_model(
    tmp_path: Path, scored: tuple[NDArray[np.float32], NDArray[np.int64]]
) -> None:
    draw_calibration(*scored, tmp_path / "calibration.png")
    assert has_color(pixels(tmp_path / "calibration.png"), MEASURED)


def test_the_confusion_chart_has_a_cell_per_pair(tmp_path: Path) -> None:
    entry = {"confusion": [[9, 1], [0, 0]], "per_class": {"happy": {}, "sad": {}}}
    draw_confusion(entry, tmp_path / "confusion.png")
    picture = pixels(tmp_path / "confusion.png")
    assert picture.shape == (696, 768, 3)
    # 90 percent in dark blue.
    assert (picture.astype(int)[..., 2] - picture[..., 0] > 80).mean() > 0.05


@pytest.mark.parametrize("epochs", [1, 3])
def test_the_course_of_a_run_is_drawn_with_whatever_it_recorded(tmp_path: Path, epochs: int) -> None:
    draw_training(HISTORY[:epochs], tmp_path / "training.png")
    assert pixels(tmp_path / "training.png").shape[1] == round(3 * 4.4 * 120)


def test_a_run_without_accuracies_has_fewer_panels(tmp_path: Path) -> None:
    draw_training([{"epoch": 1, "loss": 2.0}], tmp_path / "training.png")
    assert pixels(tmp_path / "training.png").shape[1] == round(4.4 * 120)
