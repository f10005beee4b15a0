"""A loaded network of any runtime as an `EmotionClassifier`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.errors import ModelError
from emotion_gui.core.model_card import ModelCard
from emotion_gui.vision.classifiers.cards import AskLabels, card_beside, card_for
from emotion_gui.vision.classifiers.tensors import (
    FaceInput,
    Range,
    ScoreOutput,
    are_logits,
    card_range,
    count_classes,
)


@dataclass(frozen=True)
class Network:
    """What a runtime gives: numbers in, numbers out.

    Attributes:
        run: Scores float32 [n, classes] of a batch float32 [n, side, side, channels].
        input_shape: Batch, height, width, channels; None where a size is open.
        output_shape: Batch, classes.
        assumed_range: The value range to go by where no card states it.
    """

    run: Callable[[NDArray[np.float32]], NDArray[np.float32]]
    input_shape: Sequence[int | None]
    output_shape: Sequence[int | None]
    assumed_range: Range


@dataclass
class NetworkClassifier:
    """See `EmotionClassifier`."""

    card: ModelCard
    sha256: str
    input_side: int
    _network: Network
    _input: FaceInput
    _output: ScoreOutput

    def probabilities(self, faces_gray: list[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """See `EmotionClassifier.probabilities`; no faces give an array of no rows."""
        if not faces_gray:
            return self._output.probabilities(np.zeros((0, len(self._output.labels)), np.float32))
        return self._output.probabilities(self._network.run(self._input.batch(faces_gray)))


def classifier_from(path: Path, sha256: str, network: Network, ask_labels: AskLabels | None) -> NetworkClassifier:
    """Find out what a network's numbers mean.

    Args:
        path: The file that it came from; its card is looked for beside it.
        sha256: Hash of that file.
        network: The loaded network.
        ask_labels: See `load_classifier`.

    Raises:
        ModelError: Its input, output or card cannot be used.
    """
    classes = count_classes(path.name, network.output_shape)
    card = card_beside(path)
    value_range = card_range(path.name, card.input) if card else network.assumed_range
    face_input = FaceInput.from_shape(path.name, network.input_shape, value_range)
    scores = network.run(face_input.batch(_trial_faces(face_input.side)))
    if scores.shape != (len(_trial_faces(face_input.side)), classes) or not np.isfinite(scores).all():
        raise ModelError(f"The model '{path.name}' gives no usable numbers.", "Save it again, or choose another one.")
    used = card_for(path, sha256, classes, made_up_input=face_input.to_card(), ask_labels=ask_labels)
    output = ScoreOutput(used.labels, are_logits(scores))
    return NetworkClassifier(used, sha256, face_input.side, network, face_input, output)


def _trial_faces(side: int) -> list[NDArray[np.uint8]]:
    """Black, white, a gradient and noise: enough to tell logits from probabilities, and to warm the runtime up."""
    gradient = np.tile(np.linspace(0, 255, side, dtype=np.uint8), (side, 1))
    noise = np.random.default_rng(0).integers(0, 256, (side, side), dtype=np.uint8)
    return [np.zeros_like(noise), np.full_like(noise, 255), gradient, noise]
