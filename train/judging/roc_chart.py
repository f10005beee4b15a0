"""How well each expression is told from all others, at every threshold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import auc, roc_curve

from emotion_gui.core.emotions import EMOTION_NAMES, EMOTIONS
from train.judging.drawing import IDEAL, calm, new_figure, outlined, save

_LINE = 1.8


def draw_roc(
    probabilities: NDArray[np.float32], labels: NDArray[np.integer], classes: Sequence[str], path: Path
) -> None:
    """Write a PNG with one ROC curve per class against the rest; the best stands first in the legend.

    Args:
        probabilities: float32 [n, k], in the order of `classes`.
        labels: int [n], from 0 to k - 1.
        classes: Names of the k emotions.
        path: The file.
    """
    figure = new_figure(6.4, 5.8)
    axes = figure.add_subplot()
    calm(axes)
    axes.plot([0, 1], [0, 1], color=IDEAL, linestyle=":", linewidth=1.2, label="guessing  0.500")
    curves = []
    for place, name in enumerate(classes):
        is_class = labels == place
        if is_class.any() and not is_class.all():
            false_alarms, found, _ = roc_curve(is_class, probabilities[:, place])
            curves.append((auc(false_alarms, found), EMOTIONS[EMOTION_NAMES.index(name)], false_alarms, found))
    for area, emotion, false_alarms, found in sorted(curves, key=lambda curve: -curve[0]):
        axes.plot(
            false_alarms,
            found,
            color=emotion.color,
            linewidth=_LINE,
            path_effects=outlined(_LINE),
            label=f"{emotion.title}  {area:.3f}",
        )
    axes.set(xlim=(-0.01, 1.01), ylim=(-0.01, 1.01), aspect="equal")
    axes.set_xlabel("Share of other faces called so (false alarms)")
    axes.set_ylabel("Share of its faces found (recall)")
    axes.set_title("Each expression against all others (ROC)", loc="left", fontsize=11)
    handles, names = axes.get_legend_handles_labels()
    axes.legend(handles[1:] + handles[:1], names[1:] + names[:1], title="Area under the curve", loc="lower right")
    save(figure, path)
