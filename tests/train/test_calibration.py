"""Temperature and calibration error on scores whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from train.data.targets import UNLABELED
from train.judging.calibration import expected_calibration_error, fit_temperature, reliability


def softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def drawn_labels(probabilities: NDArray[np.float64], random: np.random.Generator) -> NDArray[np.int64]:
    """A label for each row, drawn by its probabilities: such scores are calibrated by definition."""
    below = probabilities.cumsum(axis=1) < random.random((len(probabilities), 1))
    return np.asarray(below.sum(axis=1), np.int64)


@pytest.fixture
def true_logits() -> NDArray[np.float64]:
    return np.random.default_rng(5).normal(0, 2, (20_000, 7))


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.5])
def test_the_known_temperature_is_found(true_logits: NDArray[np.float64], temperature: float) -> None:
    labels = drawn_labels(softmax(true_logits), np.random.default_rng(6))
    # What a model too sure of itself by this factor would say; faces without a label must not count.
    labels[:5_000], said = UNLABELED, (true_logits * temperature).astype(np.float32)
    assert fit_temperature(said, labels) == pytest.approx(temperature, rel=0.03)


def test_the_temperature_stays_within_its_bounds() -> None:
    logits = np.eye(7, dtype=np.float32)
    assert fit_temperature(logits, np.arange(7)) == pytest.approx(0.2, rel=0.01)
    assert fit_temperature(logits, (np.arange(7) + 1) % 7) == pytest.approx(5.0, rel=0.01)


def test_calibrated_scores_have_hardly_any_error(true_logits: NDArray[np.float64]) -> None:
    probabilities = softmax(true_logits)
    labels = drawn_labels(probabilities, np.random.default_rng(7))
    assert expected_calibration_error(probabilities.astype(np.float32), labels) < 0.015


def test_the_error_is_the_gap_between_confidence_and_accuracy() -> None:
    sure = np.tile(np.array([[0.0, 0.0, 0.0, 0.9, 0.1, 0.0, 0.0]], np.float32), (10, 1))
    labels = np.array([3] * 5 + [0] * 5)
    assert expected_calibration_error(sure, labels) == pytest.approx(0.4)
    assert expected_calibration_error(np.eye(7, dtype=np.float32), np.arange(7)) == 0.0


def test_opposite_gaps_in_two_bins_do_not_cancel() -> None:
    high, low = [0.9, 0.1, 0, 0, 0, 0, 0], [0.4, 0.3, 0.3, 0, 0, 0, 0]
    scores = np.array([high, high, low, low], np.float32)
    # Of the sure ones half are right, 0.4 less than said; of the unsure ones all, 0.6 more.
    assert expected_calibration_error(scores, np.array([0, 1, 0, 0])) == pytest.approx(0.5)


def test_the_points_of_the_diagram_are_the_bins_that_have_faces() -> None:
    high, low = [0.9, 0.1, 0, 0, 0, 0, 0], [0.4, 0.3, 0.3, 0, 0, 0, 0]
    confidence, accuracy, faces = reliability(np.array([high, high, low, low], np.float32), np.array([0, 1, 0, 0]))
    assert confidence == pytest.approx([0.4, 0.9])
    assert accuracy == pytest.approx([1.0, 0.5])
    assert faces.tolist() == [2, 2]


def test_calibrated_scores_lie_on_the_diagonal(true_logits: NDArray[np.float64]) -> None:
    probabilities = softmax(true_logits)
    labels = drawn_labels(probabilities, np.random.default_rng(8))
    confidence, accuracy, faces = reliability(probabilities.astype(np.float32), labels)
    assert faces.sum() == len(labels)
    many = faces > 300
    assert many.sum() > 8
    assert accuracy[many] == pytest.approx(confidence[many], abs=0.06)
