"""What a model takes and gives: from our grey faces to its input, from its scores to our seven probabilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.errors import ModelError
from emotion_gui.core.translation import _
from emotion_gui.vision.preprocessing import FACE_SIDE, to_model_input

MIN_SIDE, MAX_SIDE = 24, 224
MAX_CLASSES = len(EMOTION_NAMES)
Range = tuple[float, float]
UNIT_RANGE: Range = (0.0, 1.0)
PIXEL_RANGE: Range = (0.0, 255.0)
# Rounding of int8 outputs and of bfloat16 moves a probability by less than this.
_ROUNDING = 0.02


@dataclass(frozen=True)
class FaceInput:
    """A model's input, float32 [n, side, side, channels] from `low` (black) to `high` (white)."""

    side: int
    channels: int
    low: float
    high: float

    @classmethod
    def from_shape(cls, name: str, shape: Sequence[int | None], value_range: Range) -> FaceInput:
        """Read a model's input shape (batch, height, width, channels); None where a size is open.

        Raises:
            ModelError: It takes something else than square grey or colour faces.
        """
        height, width, channels = (shape[1], shape[2], shape[3]) if len(shape) == 4 else (0, 0, 0)
        # A net without dense layers may leave the size open; then it gets the size of FER-2013.
        height, width = height or width or FACE_SIDE, width or height or FACE_SIDE
        if len(shape) != 4 or height != width or not MIN_SIDE <= height <= MAX_SIDE or channels not in {1, 3}:
            sizes = " x ".join("?" if size is None else str(size) for size in shape[1:])
            raise ModelError(
                _("The model '{name}' takes input of the shape {shape}, not a square face.").format(
                    name=name, shape=sizes or "1"
                ),
                _("Choose one that takes {least} to {most} pixels square with 1 or 3 channels.").format(
                    least=MIN_SIDE, most=MAX_SIDE
                ),
            )
        return cls(height, channels, *value_range)

    def with_range(self, value_range: Range) -> FaceInput:
        """The same input with other values for black and white."""
        return replace(self, low=value_range[0], high=value_range[1])

    def batch(self, faces_gray: list[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """The input for some faces, uint8 [side, side] each."""
        values = to_model_input(faces_gray)
        if (self.low, self.high) != PIXEL_RANGE:
            values = values * np.float32((self.high - self.low) / 255) + np.float32(self.low)
        return np.repeat(values, self.channels, axis=-1) if self.channels > 1 else values

    def to_card(self) -> dict[str, Any]:
        """The `input` of a model card."""
        color = "gray" if self.channels == 1 else "rgb"
        shape = [self.side, self.side, self.channels]
        return {"shape": shape, "value_range": [self.low, self.high], "color": color}


def card_range(name: str, card_input: Mapping[str, Any]) -> Range:
    """The value range that a card states; [0, 255] where it states none.

    Raises:
        ModelError: It is not two rising numbers.
    """
    stated = card_input.get("value_range", PIXEL_RANGE)
    try:
        low, high = (float(value) for value in stated)
    except (TypeError, ValueError):
        low = high = 0.0
    if not (np.isfinite(low) and np.isfinite(high) and low < high):
        raise ModelError(
            _("The card of '{name}' states no usable range of pixel values.").format(name=name),
            _("Its 'value_range' must be two numbers such as [0, 255]."),
        )
    return low, high


def count_classes(name: str, shape: Sequence[int | None]) -> int:
    """Number of classes from an output shape (batch, classes).

    Raises:
        ModelError: The model does not sort faces into two to seven classes.
    """
    classes = shape[1] if len(shape) == 2 else None
    if classes is None or not 2 <= classes <= MAX_CLASSES:
        sizes = " x ".join("?" if size is None else str(size) for size in shape[1:])
        raise ModelError(
            _("The model '{name}' gives {count} values per face, not 2 to {most} expressions.").format(
                name=name, count=sizes or "1", most=MAX_CLASSES
            ),
            _("Choose a model that names the expressions of FER-2013."),
        )
    return classes


@dataclass(frozen=True)
class ScoreOutput:
    """A model's output, float32 [n, classes].

    Attributes:
        labels: Emotion names in the order of the outputs.
        logits: True where the outputs are unbounded scores that softmax turns into probabilities.
    """

    labels: tuple[str, ...]
    logits: bool

    def probabilities(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """float32 [n, 7] in the order of `EMOTIONS`, each row summing to 1; 0 for classes that are not there."""
        rows = _softmax(scores) if self.logits else _normalized(scores)
        result = np.zeros((len(rows), MAX_CLASSES), np.float32)
        result[:, [EMOTION_NAMES.index(label) for label in self.labels]] = rows
        return result


def are_logits(scores: NDArray[np.float32]) -> bool:
    """Whether scores are no probabilities: some lie outside 0 to 1.

    Values within 0 to 1 that do not sum to 1, as sigmoid outputs, count as probabilities and are scaled to the sum 1.
    """
    return bool(scores.min() < -_ROUNDING or scores.max() > 1 + _ROUNDING)


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    # In float64 the difference of any two float32 values is finite.
    finite = np.nan_to_num(scores, nan=0.0).astype(np.float64)
    powers = np.exp(finite - finite.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def _normalized(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    positive = np.clip(np.nan_to_num(scores, nan=0.0), 0.0, 1.0)
    sums = positive.sum(axis=1, keepdims=True)
    even = np.full_like(positive, 1 / positive.shape[1])
    return np.asarray(np.divide(positive, sums, out=even, where=sums > 0), np.float32)
