"""The learning rate of every step, and when a run ends early: functions of the settings and of what was recorded.

Nothing is remembered between epochs, so that a run that was interrupted decides as it would have.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from train.config import OptimizerConfig
from train.learning.checkpoints import HELD_OUT_LOSS, History, accuracy_key

# A loss that fell by less than this stands still, as in keras.callbacks.ReduceLROnPlateau.
_LEAST_GAIN = 1e-4


def rate_at_step(settings: OptimizerConfig, step: int, *, steps_per_epoch: int, epochs: int, cuts: int = 0) -> float:
    """The learning rate of one step.

    A linear warm-up (Goyal et al. 2017, https://arxiv.org/abs/1706.02677, section 2.2), then half a cosine without
    restarts (Loshchilov and Hutter 2016, https://arxiv.org/abs/1608.03983, equation 5), or a constant that is cut.

    Args:
        settings: How.
        step: From 0 over all epochs.
        steps_per_epoch: 1 or more.
        epochs: Of the whole run.
        cuts: How often 'plateau' lowered the rate.
    """
    warmup_steps = settings.warmup_epochs * steps_per_epoch
    if step + 1 < warmup_steps:
        return settings.learning_rate * (step + 1) / warmup_steps
    if settings.schedule == "plateau":
        return float(settings.learning_rate * settings.plateau_factor**cuts)
    if settings.schedule == "constant":
        return settings.learning_rate
    falling_steps = max(1.0, epochs * steps_per_epoch - warmup_steps)
    gone = min(1.0, max(0.0, step - warmup_steps) / falling_steps)
    return settings.learning_rate * (1 + math.cos(math.pi * gone)) / 2


def plateau_cuts(losses: Sequence[float], patience: int) -> int:
    """How often the rate was lowered in a run with these held-out losses, one per epoch.

    After each `patience` epochs in a row without a loss below the best one, as keras.callbacks.ReduceLROnPlateau.
    """
    best, waited, cuts = math.inf, 0, 0
    for loss in losses:
        if loss < best - _LEAST_GAIN:
            best, waited = loss, 0
            continue
        waited += 1
        if waited >= patience:
            cuts, waited = cuts + 1, 0
    return cuts


def cuts_of(history: History, settings: OptimizerConfig) -> int:
    """The cuts that the schedule made by now; 0 unless it is 'plateau'."""
    if settings.schedule != "plateau":
        return 0
    return plateau_cuts([record[HELD_OUT_LOSS] for record in history], settings.plateau_patience)


def stands_still(history: History, heads: tuple[str, ...], patience: int) -> bool:
    """Whether no head's held-out accuracy was better than before in the last `patience` epochs; 0 waits for ever.

    As keras.callbacks.EarlyStopping, whose patience this is.
    """
    if not patience or len(history) <= patience:
        return False
    return all(_epochs_since_best([record[accuracy_key(head)] for record in history]) >= patience for head in heads)


def _epochs_since_best(values: Sequence[float]) -> int:
    # The first of equal ones: to reach the best again is no gain.
    return len(values) - 1 - values.index(max(values))
