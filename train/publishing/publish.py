"""From a finished run to the files that the program loads: the model, its compiled twin and its card."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import keras
import numpy as np

from emotion_gui.core.atomic_file import atomic_path
from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.model_card import ModelCard, sha256_of
from emotion_gui.vision.preprocessing import FACE_SIDE
from train.config import TrainConfig, read_config
from train.data.faces import PUBLIC_TEST, TRAINING, DataError, Faces, without_blank
from train.data.targets import UNLABELED
from train.judging.calibration import fit_temperature
from train.judging.evaluate import MAJORITY, ORIGINAL, evaluate, labels_of
from train.judging.scoring import milliseconds_per_face, score_keras, score_twin
from train.learning.checkpoints import Checkpoints, accuracy_key
from train.learning.fit import refuse_other_faces, split_training
from train.networks.heads import build_headed, build_single_head

HEAD_LABELS = {"fer2013": ORIGINAL, "ferplus": MAJORITY}
# A twin may cost this much of the held-out accuracy.
_TOLERANCE = 0.002
_TIMED_FACES = 100
_LICENSE = (
    "MIT for the weights. The training pictures are FER-2013's, whose sources state no terms beyond 'research and "
    "educational purposes'."
)
_LIMITS = (
    "It names the expression of a face in one picture, which is not what the person feels, thinks or is.",
    "It must not be used to decide about people. The EU prohibits inferring emotions at work and in education except "
    "for medical or safety reasons (AI Act, Article 5(1)(f)).",
    "It was not tested by age, skin colour, gender or any other group; FER-2013 says nothing of whom it shows.",
    "Its training faces are small grey pictures from a web search, many posed; candid talk looks different.",
)


def heads_taught(faces: Faces) -> list[str]:
    """The heads that have labels: without FER+ votes there is nothing to teach or judge 'ferplus' by."""
    training = faces.of_usage(TRAINING)
    return [head for head, kind in HEAD_LABELS.items() if (labels_of(training, kind) != UNLABELED).any()]


def publish(run_folder: Path, faces: Faces, head: str, models_folder: Path) -> ModelCard:
    """Write `HEAD.keras`, `HEAD.tflite` and `HEAD.json`.

    The epoch is the one with the best held-out accuracy of this head; the temperature is fitted on the same held-out
    faces. PublicTest is scored after both are fixed.

    Args:
        run_folder: What `train.learning.fit.fit` left.
        faces: The faces of that run, with PublicTest where its figures are wanted.
        head: Key of `HEAD_LABELS`; also the model's name.
        models_folder: Where the files go; created when missing.

    Returns:
        The card.

    Raises:
        AppError: The folder holds no run, or no finished epoch.
        DataError: The faces are not those of the run, or none has a label for this head.
    """
    config = read_config(run_folder)
    refuse_other_faces(faces, run_folder)
    _, held_out = split_training(faces, config)
    held_out_labels = labels_of(held_out, HEAD_LABELS[head])
    if (held_out_labels == UNLABELED).all():
        raise DataError(f"No held-out face has a label for '{head}'.", "Give the votes with --votes.")
    headed = build_headed(config, dtype="float32")
    best = Checkpoints(run_folder, config.heads).load_best(headed, head)
    logits = keras.Model(headed.input, headed.output[head])
    temperature = fit_temperature(score_keras(logits, held_out.images), held_out_labels)
    model = build_single_head(headed, head, temperature)
    path = models_folder / f"{head}.keras"
    _write(path, model.save)
    twin, twin_figures = _write_twin(model, path.with_suffix(".tflite"), held_out, HEAD_LABELS[head])
    split = f"held-out part of Training (1 in {config.held_out_parts})"
    figures = evaluate(score_keras(model, held_out.images), held_out, split)
    if (faces.usage == PUBLIC_TEST).any():
        public = faces.of_usage(PUBLIC_TEST)
        # Copies of held-out faces count too: the epoch was chosen by them.
        figures += evaluate(score_keras(model, public.images), public, PUBLIC_TEST, faces.of_usage(TRAINING))
    card = ModelCard(
        **_card(head, config, best, faces),
        parameters=int(model.count_params()),
        metrics={
            "figures": figures,
            "twin": {"split": split} | twin_figures,
            "temperature": round(temperature, 4),
        },
        keras_sha256=sha256_of(path),
        tflite_sha256=sha256_of(twin),
    )
    text = json.dumps(card.to_dict(), indent=1) + "\n"
    _write(path.with_suffix(".json"), lambda temporary: temporary.write_text(text, encoding="utf-8"))
    return card


def _write(path: Path, write: Callable[[Path], object]) -> None:
    with atomic_path(path) as temporary:
        write(temporary)


def _write_twin(model: keras.Model, path: Path, held_out: Faces, kind: str) -> tuple[Path, dict[str, Any]]:
    """The smallest twin that keeps the held-out accuracy; the figures of both kinds."""
    labels = labels_of(held_out, kind)
    accuracy = _accuracy(score_keras(model, held_out.images), labels)
    figures: dict[str, Any] = {"labels": kind, "keras_accuracy": accuracy}
    chosen = ""
    # From the larger to the smaller: the last that holds stays.
    for precision in ("float16", "int8"):
        content = _converted(model, precision)
        candidate = path.with_name(f".{precision}-{path.name}")
        candidate.write_bytes(content)
        try:
            figures[f"{precision}_accuracy"] = _accuracy(score_twin(candidate, held_out.images), labels)
            if not chosen or figures[f"{precision}_accuracy"] >= accuracy - _TOLERANCE:
                chosen = precision
                candidate.replace(path)
        finally:
            candidate.unlink(missing_ok=True)
    figures["precision"] = chosen
    figures["bytes"] = path.stat().st_size
    figures["ms_per_face"] = round(milliseconds_per_face(path, held_out.images[:_TIMED_FACES]), 3)
    return path, figures


def _accuracy(
    probabilities: np.ndarray[Any, np.dtype[np.float32]], labels: np.ndarray[Any, np.dtype[np.int64]]
) -> float:
    known = labels != UNLABELED
    return round(float((probabilities[known].argmax(axis=1) == labels[known]).mean()), 4)


def _converted(model: keras.Model, precision: str) -> bytes:
    # Only the conversion needs TensorFlow itself; training runs on any backend of Keras.
    import tensorflow as tf

    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if precision == "float16":
        converter.target_spec.supported_types = [tf.float16]
    # The converter lists every variable of the model, which would bury the figures that are printed after it.
    with redirect_stdout(io.StringIO()):
        content: bytes = converter.convert()
    return content


def _card(head: str, config: TrainConfig, best: dict[str, Any], faces: Faces) -> dict[str, Any]:
    parts = config.held_out_parts
    training = faces.of_usage(TRAINING)
    blank = len(training) - len(without_blank(training))
    public = "PublicTest was read after that" if (faces.usage == PUBLIC_TEST).any() else "PublicTest was not read"
    taught = "taught FER-2013's own labels."
    if "ferplus" in heads_taught(faces):
        taught = "two heads on one trunk, one taught FER-2013's own labels, one the FER+ votes (Barsoum et al. 2016)."
    return {
        "name": head,
        "labels": EMOTION_NAMES,
        "input": {"shape": [FACE_SIDE, FACE_SIDE, 1], "value_range": [0, 255], "color": "gray"},
        "training_data": (
            f"FER-2013 Training (Goodfellow et al. 2013), {len(training)} faces, of which {blank} without variance "
            f"are left out; {taught} This is the head for {HEAD_LABELS[head]}."
        ),
        "split": (
            f"One part in {parts} of Training is held out, stratified by label and grouped by identical pixels, so "
            "that no copy stands on both sides."
        ),
        "selection": (
            f"Epoch {best['epoch']} of {config.epochs}: the best accuracy of this head on the held-out faces "
            f"({100 * best[accuracy_key(head)]:.2f} %), running mean of the weights; {public}. "
            "No flip averaging anywhere."
        ),
        "created": datetime.now(UTC).date().isoformat(),
        "license": _LICENSE,
        "limits": _LIMITS,
        "training": config.to_dict(),
    }
