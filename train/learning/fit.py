"""One training run, from faces to checkpoints."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import keras

from emotion_gui.core.errors import AppError
from train.config import TrainConfig, refuse_other_division, write_config
from train.data.faces import TRAINING, DataError, Faces, fingerprint, split_held_out, without_blank
from train.data.targets import of_classes
from train.learning.batches import AugmentedBatches, SetEpoch
from train.learning.checkpoints import Checkpoints
from train.learning.epoch_record import EpochRecord
from train.learning.epoch_seeds import EpochSeeds
from train.learning.held_out import HeldOutJudge
from train.learning.learning_rate import LearningRate
from train.learning.lessons import Lessons, make_lessons
from train.learning.phases import phases_of, prepare
from train.learning.progress import Progress
from train.learning.schedules import stands_still
from train.learning.soft_labels import SoftLabels
from train.learning.team import Alone
from train.learning.weight_average import WeightAverage
from train.networks.heads import build_headed

_FACES_FILE = "faces.sha256"
# Takes the network with its heads.
FirstWeights = Callable[[keras.Model], None]


def split_training(faces: Faces, config: TrainConfig) -> tuple[Faces, Faces]:
    """The faces to learn from and the held-out ones, the same for the same configuration.

    Raises:
        DataError: There are no Training faces, or too few of a label.
    """
    usable = of_classes(without_blank(faces.of_usage(TRAINING)), config.classes)
    return split_held_out(usable, config.held_out_parts, config.seed)


def refuse_other_faces(faces: Faces, run_folder: Path) -> None:
    """See to it that a run goes on, and is published, with the Training faces and votes that it was begun with.

    With others the held-out faces would be others too, and the model would be judged on faces that it learnt from.

    Raises:
        DataError: The run in the folder was begun with other faces, or there are no Training faces.
    """
    path = run_folder / _FACES_FILE
    if path.exists() and path.read_text(encoding="utf-8").strip() != fingerprint(faces.of_usage(TRAINING)):
        raise DataError(
            f"These are not the faces or votes that the run in '{run_folder}' was begun with.",
            "Give the same data and the same votes.",
        )


def fit(
    faces: Faces,
    config: TrainConfig,
    run_folder: Path,
    *,
    soft: SoftLabels | None = None,
    first_weights: FirstWeights | None = None,
    team: Alone | None = None,
) -> None:
    """Train, or go on where the run in `run_folder` stopped, and leave a checkpoint per epoch.

    A run that was interrupted and goes on ends with the same weights as one that was not, as far as the backend
    computes the same twice.

    Args:
        faces: FER-2013; only its Training part is read.
        config: How. Given more or fewer epochs than at the start, the schedule is stretched from here on.
        run_folder: Where the checkpoints go; created when missing.
        soft: What teachers say of the same faces; needed where `config.targets.soft_share` is more than 0.
        first_weights: Gives the network what it begins with; asked only when the run begins. None for random weights.
        team: Who takes the steps; None for this machine alone.

    Raises:
        DataError: The faces cannot be divided as asked, or are not those that the run was begun with.
        AppError: The run was begun with another division or network, or the loss is no number any more.
    """
    refuse_other_division(config, run_folder)
    refuse_other_faces(faces, run_folder)
    learn, held_out = split_training(faces, config)
    lessons = make_lessons(learn, config, soft.for_faces(learn, config.classes) if soft else None)
    checkpoints = Checkpoints(run_folder, config.heads)
    if _is_over(checkpoints, config):
        return
    team = team or Alone()
    team.agree(json.dumps([config.to_dict(), fingerprint(faces.of_usage(TRAINING))]))
    models = _build(config, first_weights, team, begins=not checkpoints.history())
    judge = HeldOutJudge(held_out, config)
    write_config(config, run_folder)
    (run_folder / _FACES_FILE).write_text(fingerprint(faces.of_usage(TRAINING)) + "\n", encoding="utf-8")
    first = len(checkpoints.history()) + 1
    print(f"{len(learn)} faces to learn from, {len(held_out)} held out, epochs {first} to {config.epochs}", flush=True)
    _train(_Run(config, learn, lessons, judge, checkpoints), models, team)


@dataclass(frozen=True)
class _Run:
    config: TrainConfig
    learn: Faces
    lessons: Lessons
    judge: HeldOutJudge
    checkpoints: Checkpoints


def _is_over(checkpoints: Checkpoints, config: TrainConfig) -> bool:
    history = checkpoints.history()
    if len(history) >= config.epochs:
        print(f"The run has its {len(history)} epochs; give more --epochs to go on.", flush=True)
        return True
    if stands_still(history[config.network.frozen_epochs :], config.heads, config.stop_patience):
        print(f"The run ended after {len(history)} epochs, for it stood still; give more --stop-patience to go on.")
        return True
    return False


def _build(
    config: TrainConfig, first_weights: FirstWeights | None, team: Alone, *, begins: bool
) -> tuple[keras.Model, keras.Model]:
    """The network that learns, and the one that takes the mean of its weights."""
    keras.utils.set_random_seed(config.seed)
    with team.scope():
        model = build_headed(config, dtype=config.precision)
    if begins and first_weights is not None:
        first_weights(model)
    elif begins and config.network.begun_with:
        raise AppError("The network is to begin with a published model.", "Give that model with --begin-with.")
    elif begins and config.network.weights:
        raise AppError(
            f"The network is to begin with '{config.network.weights}'.", "Give that file with --imagenet-weights."
        )
    averaged = build_headed(config, dtype=config.precision)
    averaged.set_weights(model.get_weights())
    return model, averaged


def _train(run: _Run, models: tuple[keras.Model, keras.Model], team: Alone) -> None:
    model, averaged = models
    history = run.checkpoints.history()
    done = len(history)
    progress = Progress(run.config.epochs, run.config.batch_size)
    for phase in phases_of(run.config):
        if phase.end < done:
            continue
        with team.scope():
            prepare(model, run.config, phase)
            if phase.first < done:
                run.checkpoints.load_state(model, averaged)
        if phase.end == done:
            continue
        first = max(done, phase.first)
        batches = AugmentedBatches(run.learn, run.lessons, run.config)
        steps = len(batches)
        record = EpochRecord(averaged, run.judge, checkpoints=run.checkpoints, history=history, config=run.config)
        callbacks = [
            SetEpoch(batches),
            EpochSeeds(run.config.seed),
            LearningRate(run.config, history, steps),
            # The record reads the mean, so the mean comes first.
            WeightAverage(averaged, run.config.average_decay, steps),
            progress,
            record,
        ]
        try:
            team.train(model, batches, epochs=range(first, phase.end), callbacks=callbacks)
        finally:
            progress.close()
        if model.stop_training:
            print(f"Stopped: no better in {run.config.stop_patience} epochs.", flush=True)
            return
