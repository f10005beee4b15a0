"""Judges a network on the faces that were kept back for selection."""

from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
from scipy.special import log_softmax

from emotion_gui.vision.preprocessing import to_model_input
from train.config import TargetConfig, TrainConfig
from train.data.faces import Faces
from train.data.targets import UNLABELED, labels_for_head
from train.learning.checkpoints import HELD_OUT_LOSS, accuracy_key, held_out_loss_key
from train.learning.lessons import make_lessons


class HeldOutJudge:
    """Accuracy and loss of every head, by plain labels: no smoothing, no class weights, no teacher."""

    def __init__(self, faces: Faces, config: TrainConfig) -> None:
        self._images = to_model_input(list(faces.images))
        self._labels = {head: labels_for_head(faces, head, config.classes) for head in config.heads}
        self._lessons = make_lessons(faces, replace(config, targets=TargetConfig(label_smoothing=0.0)))

    def figures(self, model: keras.Model) -> dict[str, float]:
        """What the history keeps of a network that gives a dict of logits.

        Returns:
            For each head its accuracy (0 to 1, over the faces that have one clear label) and its mean cross-entropy in
            nats (over the faces that it can be taught), and the sum of the heads' losses.
        """
        logits = model.predict(self._images, batch_size=256, verbose=0)
        figures = {accuracy_key(head): self._accuracy(head, logits[head]) for head in self._labels}
        losses = {held_out_loss_key(head): self._loss(head, logits[head]) for head in self._labels}
        return figures | losses | {HELD_OUT_LOSS: sum(losses.values())}

    def _accuracy(self, head: str, logits: np.ndarray) -> float:
        labels = self._labels[head]
        known = labels != UNLABELED
        return float((logits[known].argmax(axis=1) == labels[known]).mean()) if known.any() else 0.0

    def _loss(self, head: str, logits: np.ndarray) -> float:
        losses = -(self._lessons.targets[head] * log_softmax(logits.astype(np.float64), axis=1)).sum(axis=1)
        return float(np.average(losses, weights=self._lessons.weights[head]))
