"""What a model is tuned on: corrections with the user's labels, and anchors with what the model said before."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from emotion_gui.vision.preprocessing import to_model_input
from train.config import AugmentConfig
from train.data.targets import one_hot
from train.judging.judged_model import JudgedModel
from train.learning.augment import augment
from train.tuning.corrections import Corrections
from train.tuning.settings import TuneConfig

# Faces as the model's training varied them.
_USUAL = AugmentConfig()
# Far from any one face, so that pictures of few people say much about the model that made the answers to them (Asano
# and Saeed 2021, https://arxiv.org/abs/2112.00725, distil a whole model from variations of one picture).
_FAR = AugmentConfig(
    rotation_deg=40,
    scale=0.6,
    shift=0.25,
    contrast=0.6,
    brightness=70,
    gamma=2.0,
    blur_probability=0.3,
    noise_probability=0.3,
    noise=20,
    erase_probability=0.5,
    erase_area=0.3,
)
# Steps in an epoch, however few the corrections.
_FEWEST_STEPS = 10
Batch = tuple[NDArray[np.float32], NDArray[np.float32]]


class TuningBatches:
    """Batches of corrections and anchors."""

    def __init__(
        self, corrections: Corrections, rehearsal: NDArray[np.uint8] | None, parent: JudgedModel, config: TuneConfig
    ) -> None:
        """Prepare.

        Args:
            corrections: Those to learn from.
            rehearsal: Faces that the model was trained on, uint8 [n, 48, 48]; None for anchors that are made of the
                corrections themselves, by changing and mixing them.
            parent: The model before tuning. Its probabilities are the anchors' targets: learning without forgetting
                (Li and Hoiem 2016, https://arxiv.org/abs/1606.09282).
            config: How many of each.
        """
        self._corrections = corrections
        self._rehearsal = rehearsal
        self._parent = parent
        self._anchors = round(config.anchor_share * config.batch_size)
        self._taught = config.batch_size - self._anchors
        self._smoothing = config.label_smoothing
        self._random = np.random.default_rng(config.seed)

    def __len__(self) -> int:
        """Steps in an epoch."""
        return max(_FEWEST_STEPS, -(-len(self._corrections) // self._taught))

    def epoch(self) -> Iterator[Batch]:
        """Faces float32 [batch, 48, 48, 1], 0 to 255, and target probabilities float32 [batch, classes]."""
        # The parent is asked once for the whole epoch, which takes a fraction of the time of asking for each batch.
        if self._anchors:
            anchors = self._some_anchors(len(self) * self._anchors)
            answers = self._parent.probabilities(anchors)
        for step in range(len(self)):
            faces, targets = self._taught_faces()
            if self._anchors:
                own = slice(step * self._anchors, (step + 1) * self._anchors)
                faces, targets = [*faces, *anchors[own]], np.concatenate([targets, answers[own]])
            yield to_model_input(faces), targets

    def _taught_faces(self) -> tuple[list[NDArray[np.uint8]], NDArray[np.float32]]:
        known = len(self._parent.card.labels)
        chosen = self._random.integers(len(self._corrections), size=self._taught)
        faces = [augment(self._corrections.images[index], _USUAL, self._random) for index in chosen]
        targets = one_hot(self._corrections.labels[chosen], known) * (1 - self._smoothing) + self._smoothing / known
        return faces, targets.astype(np.float32)

    def _some_anchors(self, count: int) -> NDArray[np.uint8]:
        if self._rehearsal is None:
            return far_variations(self._corrections.images, count, self._random)
        chosen = self._random.integers(len(self._rehearsal), size=count)
        return np.stack([augment(self._rehearsal[index], _USUAL, self._random) for index in chosen])


def far_variations(images: NDArray[np.uint8], count: int, random: np.random.Generator) -> NDArray[np.uint8]:
    """Pictures that are made of a few faces and lie far from them.

    Each is the mean, in any proportion (mixup, Zhang et al. 2018, https://arxiv.org/abs/1710.09412), of two faces that
    were turned, scaled, moved, lit and covered more than any camera would.

    Args:
        images: uint8 [n, 48, 48].
        count: How many to make.
        random: Source of the draws.

    Returns:
        uint8 [count, 48, 48].
    """
    made = []
    for _ in range(count):
        one, other = (augment(images[random.integers(len(images))], _FAR, random) for _ in range(2))
        share = random.random()
        made.append(np.rint(share * one + (1 - share) * other).astype(np.uint8))
    return np.stack(made)
