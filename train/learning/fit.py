"""One training run, from faces to checkpoints."""

from __future__ import annotations

from pathlib import Path

import keras

from train.config import TrainConfig, refuse_other_division, write_config
from train.data.faces import TRAINING, DataError, Faces, fingerprint, split_held_out, without_blank
from train.learning.batches import AugmentedBatches
from train.learning.callbacks import EpochRecord, WeightAverage
from train.learning.checkpoints import Checkpoints
from train.networks.heads import build_headed

_FACES_FILE = "faces.sha256"


def split_training(faces: Faces, config: TrainConfig) -> tuple[Faces, Faces]:
    """The faces to learn from and the held-out ones, the same for the same configuration.

    Raises:
        DataError: There are no Training faces, or too few of a label.
    """
    return split_held_out(without_blank(faces.of_usage(TRAINING)), config.held_out_parts, config.seed)


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


def fit(faces: Faces, config: TrainConfig, run_folder: Path) -> None:
    """Train, or go on where the run in `run_folder` stopped, and leave a checkpoint per epoch.

    Args:
        faces: FER-2013; only its Training part is read.
        config: How. Given more or fewer epochs than at the start, the schedule is stretched from here on.
        run_folder: Where the checkpoints go; created when missing.

    Raises:
        DataError: The faces cannot be divided as asked, or are not those that the run was begun with.
        AppError: The run was begun with another seed, share of held-out faces or architecture.
    """
    refuse_other_division(config, run_folder)
    refuse_other_faces(faces, run_folder)
    learn, held_out = split_training(faces, config)
    keras.utils.set_random_seed(config.seed)
    model = build_headed(config, dtype=config.precision)
    averaged = build_headed(config, dtype=config.precision)
    averaged.set_weights(model.get_weights())
    checkpoints = Checkpoints(run_folder, config.heads)
    done = len(checkpoints.history())
    batches = AugmentedBatches(learn, config, first_epoch=done)
    _compile(model, config, steps_per_epoch=len(batches))
    if done:
        checkpoints.load_state(model, averaged)
    write_config(config, run_folder)
    (run_folder / _FACES_FILE).write_text(fingerprint(faces.of_usage(TRAINING)) + "\n", encoding="utf-8")
    print(
        f"{len(learn)} faces to learn from, {len(held_out)} held out, epochs {done + 1} to {config.epochs}", flush=True
    )
    record = EpochRecord(
        averaged, held_out, checkpoints, epochs=config.epochs, faces_per_epoch=len(batches) * config.batch_size
    )
    # The record reads the mean, so the mean comes first.
    callbacks = [WeightAverage(averaged, config.average_decay), record]
    model.fit(batches, initial_epoch=done, epochs=config.epochs, callbacks=callbacks, verbose=0)


def _compile(model: keras.Model, config: TrainConfig, steps_per_epoch: int) -> None:
    settings = config.optimizer
    warmup_steps = max(1, round(settings.warmup_epochs * steps_per_epoch))
    schedule = keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=0.0,
        warmup_target=settings.learning_rate,
        warmup_steps=warmup_steps,
        decay_steps=max(1, config.epochs * steps_per_epoch - warmup_steps),
    )
    optimizer = keras.optimizers.SGD(
        schedule, momentum=settings.momentum, nesterov=True, weight_decay=settings.weight_decay
    )
    # Decay pulls kernels to 0; a bias or a scale there would only lose what it learnt.
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    model.compile(optimizer, loss=_losses(config), jit_compile=False)


def _losses(config: TrainConfig) -> dict[str, keras.losses.Loss]:
    # Votes are a distribution already; smoothing them again would blur what the raters said.
    smoothing = {"fer2013": config.targets.label_smoothing, "ferplus": 0.0}
    return {
        head: keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing[head])
        for head in config.heads
    }
