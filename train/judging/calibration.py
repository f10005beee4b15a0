"""Probabilities that mean what they say."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.calibration import calibration_curve

from train.data.targets import UNLABELED


def fit_temperature(logits: NDArray[np.float32], labels: NDArray[np.integer]) -> float:
    """The temperature that makes the probabilities of held-out faces most likely.

    Guo et al. 2017, "On Calibration of Modern Neural Networks" (https://arxiv.org/abs/1706.04599), section 4.2.

    Args:
        logits: float32 [n, k].
        labels: int [n]; faces that are `UNLABELED` are left out.

    Returns:
        0.2 to 5; above 1 the model was too sure of itself.
    """
    known = labels != UNLABELED
    chosen, right = logits[known].astype(np.float64), labels[known].astype(np.int64)

    def loss(log_temperature: float) -> float:
        scaled = chosen / np.exp(log_temperature)
        scaled -= scaled.max(axis=1, keepdims=True)
        log_sums = np.log(np.exp(scaled).sum(axis=1))
        return float((log_sums - scaled[np.arange(len(right)), right]).mean())

    found = minimize_scalar(loss, bounds=(np.log(0.2), np.log(5.0)), method="bounded")
    return float(np.exp(found.x))


def expected_calibration_error(
    probabilities: NDArray[np.float32], labels: NDArray[np.integer], bins: int = 15
) -> float:
    """Mean gap between confidence and accuracy, 0 to 1, over bins of equal width (Guo et al. 2017, section 2).

    Args:
        probabilities: float32 [n, k].
        labels: int [n], none `UNLABELED`.
        bins: How many.
    """
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    places = np.minimum((confidence * bins).astype(np.int64), bins - 1)
    gaps = [
        (places == place).sum() * abs(right[places == place].mean() - confidence[places == place].mean())
        for place in np.unique(places)
    ]
    return float(sum(gaps) / len(labels))


def reliability(
    probabilities: NDArray[np.float32], labels: NDArray[np.integer], bins: int = 15
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """The points of a reliability diagram (DeGroot and Fienberg 1983), one per bin of equal width that has faces.

    Args:
        probabilities: float32 [n, k].
        labels: int [n], none `UNLABELED`.
        bins: How many.

    Returns:
        Of each bin the mean confidence and the accuracy, float64, 0 to 1, and the number of faces, int64.
    """
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    shares, means = calibration_curve(right, confidence, pos_label=True, n_bins=bins)
    # As scikit-learn sorts them into bins: what lies on an edge belongs to the lower one.
    counts = np.bincount(np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], confidence))
    return means, shares, counts[counts > 0]
