"""The compiled twin of a model: the smallest file that answers as well as the model itself."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.atomic_file import atomic_path
from train.data.targets import UNLABELED
from train.judging.scoring import milliseconds_per_face, score_keras, score_twin

# A twin may cost this much of the accuracy.
TOLERANCE = 0.002
_TIMED_FACES = 100


@dataclass(frozen=True)
class Sample:
    """Faces by which the twin is held to its model.

    Attributes:
        images: uint8 [n, 48, 48], 0 to 255.
        labels: int64 [n], place among the model's outputs; `UNLABELED` ones are left out.
        split: Which faces these are, as the card shall say.
        kind: Which labels these are, as the card shall say.
        choice: More faces, by which the precision is chosen; None to choose by these. Rounding changes the answer for
            one face in a hundred: on 3,000 faces chance alone moves the accuracy by 0.2 points.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    split: str
    kind: str
    choice: Sample | None = None

    def known(self) -> Sample:
        """The faces that have a label."""
        chosen = self.labels != UNLABELED
        return Sample(self.images[chosen], self.labels[chosen], self.split, self.kind)


def write_twin(model: keras.Model, path: Path, sample: Sample) -> dict[str, Any]:
    """Write the smallest twin that keeps the model's accuracy on the faces that it is chosen by.

    Int8 is taken where it costs no more than `TOLERANCE`, else float16, else float32, which costs nothing. Int8 and
    float16 are both measured, whichever is taken.

    Args:
        model: From float32 [n, 48, 48, 1], 0 to 255, to probabilities.
        path: The `.tflite` file.
        sample: At least one face with a label.

    Returns:
        What the card shall say: `split`, `labels`, `n`, the accuracies from 0 to 1, `precision`, `bytes` and
        `ms_per_face` on one thread; in `choice` the same split, number and accuracies of the faces it was chosen by.
    """
    known = sample.known()
    deciding = sample.choice.known() if sample.choice else known
    if not len(deciding.labels):
        deciding = known
    accuracy = _accuracy(score_keras(model, deciding.images), deciding.labels)
    accuracies: dict[str, float] = {}
    contents: dict[str, bytes] = {}
    for precision in ("int8", "float16", "float32"):
        if precision == "float32" and _smallest_that_holds(accuracies, accuracy):
            break
        contents[precision] = _converted(model, precision)
        accuracies[precision] = _twin_accuracy(contents[precision], path, deciding)
    # Float32 computes what the model computes; should rounding cost a face at the edge, there is nothing better.
    chosen = _smallest_that_holds(accuracies, accuracy) or "float32"
    with atomic_path(path) as temporary:
        temporary.write_bytes(contents[chosen])
    return {
        "split": sample.split,
        "labels": sample.kind,
        "n": len(known.labels),
        "keras_accuracy": _accuracy(score_keras(model, known.images), known.labels),
        **{f"{name}_accuracy": _twin_accuracy(content, path, known) for name, content in contents.items()},
        "choice": {
            "split": deciding.split,
            "n": len(deciding.labels),
            "keras_accuracy": accuracy,
            **{f"{name}_accuracy": value for name, value in accuracies.items()},
        },
        "precision": chosen,
        "bytes": path.stat().st_size,
        "ms_per_face": round(milliseconds_per_face(path, known.images[:_TIMED_FACES]), 3),
    }


def _smallest_that_holds(accuracies: dict[str, float], accuracy: float) -> str:
    # A hair more than the tolerance, because shares of faces are not exact in binary.
    return next((name for name, value in accuracies.items() if value >= accuracy - TOLERANCE - 1e-9), "")


def _accuracy(probabilities: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    return round(float((probabilities.argmax(axis=1) == labels).mean()), 4)


def _twin_accuracy(content: bytes, path: Path, known: Sample) -> float:
    candidate = path.with_name(f".candidate-{path.name}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        candidate.write_bytes(content)
        return _accuracy(score_twin(candidate, known.images), known.labels)
    finally:
        candidate.unlink(missing_ok=True)


def _converted(model: keras.Model, precision: str) -> bytes:
    # Only the conversion needs TensorFlow itself; training runs on any backend of Keras.
    import tensorflow as tf

    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    if precision != "float32":
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if precision == "float16":
        converter.target_spec.supported_types = [tf.float16]
    # The converter lists every variable of the model, which would bury the figures that are printed after it.
    with redirect_stdout(io.StringIO()):
        content: bytes = converter.convert()
    return content
