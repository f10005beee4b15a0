"""What each face is taught as: original label, or the distribution of the FER+ votes.

FER+ (Barsoum et al. 2016, https://arxiv.org/abs/1608.01041) let ten people name each face of FER-2013 anew.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTION_NAMES

VOTE_NAMES = (
    "neutral",
    "happiness",
    "surprise",
    "sadness",
    "anger",
    "disgust",
    "fear",
    "contempt",
    "unknown",
    "not_face",
)
# Columns of the votes in FER-2013's order; contempt, unknown and not-a-face have no class of ours.
_COLUMNS = [
    VOTE_NAMES.index(name) for name in ("anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral")
]
UNLABELED = -1


def emotion_votes(votes: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Votes for our seven emotions.

    Args:
        votes: uint8 [n, 10] in the order of `VOTE_NAMES`.

    Returns:
        float32 [n, 7] in FER-2013 order, 0 to 10.
    """
    return votes[:, _COLUMNS].astype(np.float32)


def vote_distribution(votes: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Targets from votes, and which faces have any.

    A single vote for an emotion counts as a slip and is left out, as Barsoum et al. do. A face is usable when at
    least half of all its votes are for our emotions after that.

    Args:
        votes: uint8 [n, 10].

    Returns:
        float32 [n, 7], each row summing to 1 (uniform where unusable), and bool [n], usable.
    """
    counted = emotion_votes(votes)
    counted[counted <= 1] = 0
    sums = counted.sum(axis=1)
    usable = (sums > 0) & (2 * sums >= votes.sum(axis=1))
    counted[~usable] = 1
    return counted / counted.sum(axis=1, keepdims=True), usable


def majority_label(votes: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The emotion with the most votes among our seven.

    Args:
        votes: uint8 [n, 10].

    Returns:
        int64 [n], 0 to 6, `UNLABELED` where the top is tied or nobody voted for one of the seven.
    """
    counted = emotion_votes(votes)
    top = counted.max(axis=1)
    untied = (counted == top[:, np.newaxis]).sum(axis=1) == 1
    return np.where(untied & (top > 0), counted.argmax(axis=1), UNLABELED)


def one_hot(labels: NDArray[np.integer]) -> NDArray[np.float32]:
    """float32 [n, 7] with a 1 at each label of int [n]."""
    return np.asarray(np.eye(len(EMOTION_NAMES), dtype=np.float32)[labels])
