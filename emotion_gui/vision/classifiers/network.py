"""A loaded network of any runtime as an `EmotionClassifier`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.errors import ModelError
from emotion_gui.core.model_card import ModelCard
from emotion_gui.core.translation import _
from emotion_gui.vision.classifiers.cards import AskLabels, card_beside, card_for
from emotion_gui.vision.classifiers.tensors import (
    PIXEL_RANGE,
    UNIT_RANGE,
    FaceInput,
    Range,
    ScoreOutput,
    are_logits,
    card_range,
    count_classes,
)

_TRIAL_FACES = 4
_SURE_ABOVE = 0.9
_BLIND_BELOW = 0.02


@dataclass(frozen=True)
class Network:
    """What a runtime gives: numbers in, numbers out.

    Attributes:
        run: Scores float32 [n, classes] of a batch float32 [n, side, side, channels].
        input_shape: Batch, height, width, channels; None where a size is open.
        output_shape: Batch, classes.
        assumed_range: The value range to go by where no card states it.
        range_is_known: Whether the file itself tells that range; otherwise a trial may find that it is the other one.
    """

    run: Callable[[NDArray[np.float32]], NDArray[np.float32]]
    input_shape: Sequence[int | None]
    output_shape: Sequence[int | None]
    assumed_range: Range
    range_is_known: bool


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
    if card is None and not network.range_is_known:
        face_input = face_input.with_range(_found_range(network, face_input))
    scores = _trial_scores(network, face_input)
    if scores.shape != (_TRIAL_FACES, classes) or not np.isfinite(scores).all():
        raise ModelError(
            _("The model '{name}' gives no usable numbers.").format(name=path.name),
            _("Save it again, or choose another one."),
        )
    used = card_for(path, sha256, classes, made_up_input=face_input.to_card(), ask_labels=ask_labels)
    output = ScoreOutput(used.labels, are_logits(scores))
    return NetworkClassifier(used, sha256, face_input.side, network, face_input, output)


def _found_range(network: Network, face_input: FaceInput) -> Range:
    """Feed a network both usual ranges and see which one it was made for.

    Fed 0 to 1, one made for 0 to 255 sees nothing but black and gives the same answer to everything (within 0.002 in
    six small nets trained on FER-2013 for this, against 0.13 to 0.37 in four made for 0 to 1). Fed 0 to 255, one made
    for 0 to 1 is sure of itself whatever it sees (mean probability of the label 0.96 to 1.00 against 0.21 to 0.43).
    Nets that normalise each face themselves do neither; to them the range hardly matters.
    """
    in_unit_range = _trial_probabilities(network, face_input.with_range(UNIT_RANGE))
    if np.ptp(in_unit_range, axis=0).max() < _BLIND_BELOW:
        return PIXEL_RANGE
    in_pixel_range = _trial_probabilities(network, face_input.with_range(PIXEL_RANGE))
    # Black is 0 in both ranges.
    return UNIT_RANGE if in_pixel_range[1:].max(axis=1).mean() > _SURE_ABOVE else network.assumed_range


def _trial_probabilities(network: Network, face_input: FaceInput) -> NDArray[np.float32]:
    scores = _trial_scores(network, face_input)
    return ScoreOutput(EMOTION_NAMES[: scores.shape[1]], are_logits(scores)).probabilities(scores)


def _trial_scores(network: Network, face_input: FaceInput) -> NDArray[np.float32]:
    """Scores of black, white, a gradient and noise: enough to tell what the numbers mean, and to warm up."""
    side = face_input.side
    gradient = np.tile(np.linspace(0, 255, side, dtype=np.uint8), (side, 1))
    noise = np.random.default_rng(0).integers(0, 256, (side, side), dtype=np.uint8)
    return network.run(face_input.batch([np.zeros_like(noise), np.full_like(noise, 255), gradient, noise]))
