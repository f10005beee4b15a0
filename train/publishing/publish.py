"""From a finished run to the files that the program loads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np

from emotion_gui.core.errors import AppError
from emotion_gui.core.model_card import ModelCard
from train.config import TrainConfig, read_config
from train.data.faces import PUBLIC_TEST, TRAINING, DataError, Faces, without_blank
from train.data.targets import UNLABELED
from train.judging.calibration import fit_temperature
from train.judging.evaluate import labels_among
from train.judging.parts import HELD_OUT, Part, held_out_name
from train.judging.scoring import score_keras
from train.learning.checkpoints import Checkpoints
from train.learning.fit import refuse_other_faces, split_training
from train.networks.heads import build_headed, build_single_head
from train.publishing.card import HEAD_LABELS, Finished, Origin, card_of_run
from train.publishing.files import ModelFiles, write_files
from train.publishing.measured import measured
from train.publishing.parent import parent_of
from train.publishing.teachers import teachers_of
from train.publishing.twin import Sample


@dataclass(frozen=True)
class Extras:
    """What a user may ask for beyond the files themselves.

    Attributes:
        name: Of the model; the head's where empty.
        weights_json: Whether `NAME_architecture.json` and `NAME.weights.h5` are written too.
        soft_labels: The file that the run learnt from, from which the card takes its teachers' names.
        begun_with: The model that the run began with, from whose card this one says how that was trained.
    """

    name: str = ""
    weights_json: bool = False
    soft_labels: Path | None = None
    begun_with: Path | None = None


def publish(
    run_folder: Path, faces: Faces, head: str, models_folder: Path, *, extras: Extras | None = None
) -> ModelCard:
    """Write `NAME.keras`, its compiled twin `NAME.tflite`, its card `NAME.json` and the card for people, `NAME.md`.

    The epoch is the one with the best held-out accuracy of this head; the temperature is fitted on the same held-out
    faces. PublicTest is scored after both are fixed.

    Args:
        run_folder: What `train.learning.fit.fit` left.
        faces: The faces of that run, with PublicTest where its figures are wanted.
        head: Which of the run's heads.
        models_folder: Where the files go; created when missing.
        extras: Name, weights, teachers.

    Returns:
        The card.

    Raises:
        AppError: The folder holds no run or no finished epoch, the run has no such head, or the name is unusable.
        DataError: The faces or soft labels are not those of the run, or no face has a label for this head.
    """
    wanted = extras or Extras()
    files = ModelFiles(models_folder, wanted.name or head)
    config = read_config(run_folder)
    if head not in config.heads:
        raise AppError(f"The run in '{run_folder}' has no head '{head}'.", f"It has {', '.join(config.heads)}.")
    origin = Origin(teachers_of(config, wanted.soft_labels), parent_of(config, wanted.begun_with))
    refuse_other_faces(faces, run_folder)
    _, held_out = split_training(faces, config)
    kind = HEAD_LABELS[head]
    labels = labels_among(held_out, kind, config.classes)
    if (labels == UNLABELED).all():
        raise DataError(f"No held-out face has a label for '{head}'.", "Give the votes with --votes.")
    headed = build_headed(config, dtype="float32")
    best = Checkpoints(run_folder, config.heads).load_best(headed, head)
    logits = keras.Model(headed.input, headed.output[head])
    temperature = fit_temperature(score_keras(logits, held_out.images), labels)
    model = build_single_head(headed, head, temperature)
    # PublicTest is read from here on, when nothing is left to choose.
    parts = _parts(faces, held_out, config)
    metrics = measured(model, parts, kind, config.classes) | {"temperature": round(temperature, 4)}
    card = card_of_run(Finished(config, head, best, origin), faces, metrics, files.name)
    sample = Sample(held_out.images, labels, parts[0].name, kind, _choice(faces, kind, config))
    return write_files(model, card, files, sample=sample, weights_json=wanted.weights_json)


def _choice(faces: Faces, kind: str, config: TrainConfig) -> Sample:
    """Every third face of Training: whether it was learnt does not matter to what rounding does to its answer."""
    training = without_blank(faces.of_usage(TRAINING))
    chosen = training.select(np.arange(0, len(training), 3))
    return Sample(chosen.images, labels_among(chosen, kind, config.classes), "one face in 3 of Training", kind)


def _parts(faces: Faces, held_out: Faces, config: TrainConfig) -> list[Part]:
    parts = [Part(HELD_OUT, held_out_name(config), held_out, None)]
    if (faces.usage == PUBLIC_TEST).any():
        # Copies of held-out faces count too: the epoch was chosen by them.
        parts.append(Part(PUBLIC_TEST, PUBLIC_TEST, faces.of_usage(PUBLIC_TEST), faces.of_usage(TRAINING)))
    return parts
