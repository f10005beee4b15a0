"""What each face is called: its original label, or the distribution of the FER+ votes, over the classes of a run.

FER+ (Barsoum et al. 2016, https://arxiv.org/abs/1608.01041) let ten people name each face of FER-2013 anew.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTION_NAMES
from train.data.faces import Faces

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
# FER+'s word for each of our emotions; contempt, unknown and not-a-face have no class of ours.
_VOTE_OF_EMOTION = dict(
    zip(EMOTION_NAMES, ("anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral"), strict=True)
)
UNLABELED = -1


def emotion_votes(votes: NDArray[np.uint8], classes: tuple[str, ...] = EMOTION_NAMES) -> NDArray[np.float32]:
    """Votes for our emotions.

    Args:
        votes: uint8 [n, 10] in the order of `VOTE_NAMES`.
        classes: The emotions that are told apart.

    Returns:
        float32 [n, classes] in the order of the classes, 0 to 10.
    """
    return votes[:, [VOTE_NAMES.index(_VOTE_OF_EMOTION[name]) for name in classes]].astype(np.float32)


def vote_distribution(
    votes: NDArray[np.uint8], classes: tuple[str, ...] = EMOTION_NAMES
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Targets from votes, and which faces have any.

    A single vote for an emotion counts as a slip and is left out, as Barsoum et al. do. A face is usable when at
    least half of all its votes are for the classes after that.

    Args:
        votes: uint8 [n, 10].
        classes: The emotions that are told apart.

    Returns:
        float32 [n, classes], each row summing to 1 (uniform where unusable), and bool [n], usable.
    """
    counted = emotion_votes(votes, classes)
    counted[counted <= 1] = 0
    sums = counted.sum(axis=1)
    usable = (sums > 0) & (2 * sums >= votes.sum(axis=1))
    counted[~usable] = 1
    return counted / counted.sum(axis=1, keepdims=True), usable


def majority_label(votes: NDArray[np.uint8], classes: tuple[str, ...] = EMOTION_NAMES) -> NDArray[np.int64]:
    """The emotion with the most votes among the classes.

    Args:
        votes: uint8 [n, 10].
        classes: The emotions that are told apart.

    Returns:
        int64 [n], index of a class, `UNLABELED` where the top is tied or nobody voted for one of them.
    """
    counted = emotion_votes(votes, classes)
    top = counted.max(axis=1)
    untied = (counted == top[:, np.newaxis]).sum(axis=1) == 1
    return np.where(untied & (top > 0), counted.argmax(axis=1), UNLABELED)


def original_label(labels: NDArray[np.integer], classes: tuple[str, ...] = EMOTION_NAMES) -> NDArray[np.int64]:
    """FER-2013's own labels, int [n] from 0 to 6, as int64 [n] indices of a class; `UNLABELED` where it is no class."""
    index_of = np.array([classes.index(name) if name in classes else UNLABELED for name in EMOTION_NAMES], np.int64)
    return np.asarray(index_of[labels])


def labels_for_head(faces: Faces, head: str, classes: tuple[str, ...] = EMOTION_NAMES) -> NDArray[np.int64]:
    """The label by which a head is judged: FER-2013's own for 'fer2013', the majority of the votes for 'ferplus'.

    Returns:
        int64 [n], index of a class, `UNLABELED` where there is none.
    """
    if head == "fer2013":
        return original_label(faces.labels, classes)
    return majority_label(faces.votes, classes)


def heads_with_labels(
    faces: Faces, heads: tuple[str, ...], classes: tuple[str, ...] = EMOTION_NAMES
) -> tuple[str, ...]:
    """Those of the heads that can be taught and judged: without FER+ votes there is nothing to do so for 'ferplus'."""
    return tuple(head for head in heads if (labels_for_head(faces, head, classes) != UNLABELED).any())


def of_classes(faces: Faces, classes: tuple[str, ...]) -> Faces:
    """The faces whose own FER-2013 label is one of the classes, whatever the votes say."""
    return faces.select(original_label(faces.labels, classes) != UNLABELED)


def one_hot(labels: NDArray[np.integer], count: int = len(EMOTION_NAMES)) -> NDArray[np.float32]:
    """float32 [n, count] with a 1 at each label of int [n]."""
    return np.asarray(np.eye(count, dtype=np.float32)[labels])
