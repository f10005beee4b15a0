"""Whether a model is as often right as it says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from train.judging.calibration import expected_calibration_error, reliability
from train.judging.drawing import IDEAL, MEASURED, calm, new_figure, save

_BINS = 15
# A share among fewer is uncertain by 9 points and more (standard error at one half).
_ENOUGH = 30
_UNSURE = f"fewer than {_ENOUGH} faces"


def draw_calibration(probabilities: NDArray[np.float32], labels: NDArray[np.integer], path: Path) -> None:
    """Write a PNG: the reliability diagram, and below it how many faces each of its points stands for.

    Args:
        probabilities: float32 [n, k].
        labels: int [n], from 0 to k - 1.
        path: The file.
    """
    figure = new_figure(6.4, 5.8)
    curve, counts = figure.subplots(2, 1, sharex=True, height_ratios=[4, 1])
    confidence, accuracy, faces = reliability(probabilities, labels, _BINS)
    error = expected_calibration_error(probabilities, labels, _BINS)
    curve.plot([0, 1], [0, 1], color=IDEAL, linestyle=":", linewidth=1.2, label="as often right as it says")
    curve.plot(confidence, accuracy, color=MEASURED, linewidth=1.8, label="this model")
    for chosen, fill, label in ((faces >= _ENOUGH, MEASURED, ""), (faces < _ENOUGH, "white", _UNSURE)):
        if chosen.any():
            curve.plot(confidence[chosen], accuracy[chosen], "o", color=MEASURED, markerfacecolor=fill, label=label)
    curve.set_ylim(-0.02, 1.02)
    curve.set_ylabel("Share that is right")
    curve.set_title(
        f"How sure it is and how often it is right: {100 * error:.1f} % apart (ECE)", loc="left", fontsize=11
    )
    curve.legend(loc="upper left")
    counts.hist(probabilities.max(axis=1), bins=np.linspace(0, 1, _BINS + 1), color=MEASURED, edgecolor="white")
    counts.set_ylabel("Faces")
    counts.set_xlabel("Probability of the expression that the model named")
    counts.set_xlim(0, 1)
    for axes in (curve, counts):
        calm(axes)
    save(figure, path)
