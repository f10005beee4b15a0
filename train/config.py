"""Everything that decides how a run turns out, in one frozen value that the model's card keeps."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from emotion_gui.core.errors import AppError

CONFIG_FILE = "config.json"
# What decides which faces are held out and which weights fit: a run that changed one would be judged on faces it knows.
_FIXED = ("architecture", "held_out_parts", "seed")


@dataclass(frozen=True)
class AugmentConfig:
    """How far a training face may be changed; each value is drawn anew for every face in every epoch.

    Attributes:
        rotation_deg: Largest turn to either side, degrees.
        scale: Largest growth, 0.18 for 1.18 times; shrinking goes as far: looser and tighter crops.
        shift: Largest move along each axis, share of the side.
        flip_probability: Share of faces that are mirrored.
        contrast: Largest change of contrast, 0.4 for 0.6 to 1.4 times.
        brightness: Largest change of brightness, grey levels of 255.
        gamma: Largest exponent of the tone curve, 1.5 for 1/1.5 to 1.5.
        blur_probability: Share of faces that lose their fine detail, as a far face before a webcam does.
        noise_probability: Share of faces that get sensor noise.
        noise: Largest standard deviation of that noise, grey levels.
        erase_probability: Share of faces of which a rectangle is covered (Zhong et al. 2017, random erasing).
        erase_area: Largest share of the face that is covered.
    """

    rotation_deg: float = 15.0
    scale: float = 0.18
    shift: float = 0.12
    flip_probability: float = 0.5
    contrast: float = 0.4
    brightness: float = 40.0
    gamma: float = 1.5
    blur_probability: float = 0.15
    noise_probability: float = 0.2
    noise: float = 8.0
    erase_probability: float = 0.3
    erase_area: float = 0.15


@dataclass(frozen=True)
class TrainConfig:
    """One training run.

    Attributes:
        architecture: Key of `train.architectures.ARCHITECTURES`.
        epochs: Passes over the training faces; the learning rate reaches 0 at the end of the last.
        batch_size: Faces per step.
        learning_rate: Peak of the schedule, reached after the warm-up.
        warmup_epochs: Epochs of linear rise before the cosine falls; may be a fraction.
        momentum: Of SGD with Nesterov's look-ahead.
        weight_decay: Share of each kernel taken off per unit of learning rate and step. Keras does not pass it
            through the momentum: 0.005 here acts like 0.0005 in papers whose momentum is 0.9.
        label_smoothing: Probability spread over all classes for the original labels, 0 to 1.
        dropout: Share of the trunk's features left out while training.
        average_decay: Memory of the running mean of the weights, per step.
        precision: Keras dtype policy while training: 'mixed_bfloat16' or 'float32'.
        held_out_parts: One part in this many of Training is kept back for selection.
        seed: Of the split, the order, the augmentation and the first weights.
        augment: How faces are varied.

    Raises:
        AppError: A value makes no run, such as 0 epochs.
    """

    architecture: str = "residual_vgg"
    epochs: int = 24
    batch_size: int = 128
    learning_rate: float = 0.06
    warmup_epochs: float = 1.5
    momentum: float = 0.9
    weight_decay: float = 0.004
    label_smoothing: float = 0.1
    dropout: float = 0.3
    average_decay: float = 0.998
    precision: str = "mixed_bfloat16"
    held_out_parts: int = 10
    seed: int = 1
    augment: AugmentConfig = field(default_factory=AugmentConfig)

    def __post_init__(self) -> None:
        smallest = {"epochs": 1, "batch_size": 1, "held_out_parts": 2, "seed": 0}
        for name, least in smallest.items():
            if not getattr(self, name) >= least:
                raise AppError(f"'{name}' is {getattr(self, name)}.", f"It must be {least} or more.")
        if not 0 < self.learning_rate < math.inf:
            raise AppError(f"'learning_rate' is {self.learning_rate}.", "It must be more than 0.")

    def to_dict(self) -> dict[str, Any]:
        """The configuration as JSON types."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> TrainConfig:
        """Read what `to_dict` gave; a key that is absent takes its default, one that is unknown is refused.

        Raises:
            AppError: A key is unknown, or a value makes no run.
        """
        values = dict(data)
        augment = dict(values.pop("augment", {}))
        _refuse_unknown(values, cls)
        _refuse_unknown(augment, AugmentConfig)
        return cls(**values, augment=AugmentConfig(**augment))


def _refuse_unknown(values: Mapping[str, Any], cls: type[TrainConfig | AugmentConfig]) -> None:
    known = {entry.name for entry in fields(cls)}
    unknown = sorted(set(values) - known)
    if unknown:
        raise AppError(
            f"The configuration has settings that do not exist: {', '.join(unknown)}.",
            f"Known are {', '.join(sorted(known))}.",
        )


def write_config(config: TrainConfig, run_folder: Path) -> None:
    """Keep the configuration beside the run's checkpoints."""
    run_folder.mkdir(parents=True, exist_ok=True)
    (run_folder / CONFIG_FILE).write_text(json.dumps(config.to_dict(), indent=2) + "\n", encoding="utf-8")


def read_config(run_folder: Path) -> TrainConfig:
    """The configuration that a run was started with.

    Raises:
        AppError: The folder holds no run.
    """
    path = run_folder / CONFIG_FILE
    try:
        return TrainConfig.from_dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise AppError(
            f"'{run_folder}' holds no training run.", "Give the folder that 'python -m train fit' wrote."
        ) from error


def config_of_run(run_folder: Path) -> TrainConfig | None:
    """The configuration of a run that was begun in this folder, None where there is none yet.

    Raises:
        AppError: There is one that cannot be read.
    """
    return read_config(run_folder) if (run_folder / CONFIG_FILE).exists() else None


def refuse_other_division(config: TrainConfig, run_folder: Path) -> None:
    """See to it that a run goes on with the faces and the network that it was begun with.

    Raises:
        AppError: The folder's run has another seed, share of held-out faces or architecture.
    """
    before = config_of_run(run_folder) or config
    for name in _FIXED:
        if getattr(config, name) != getattr(before, name):
            raise AppError(
                f"The run in '{run_folder}' was begun with {name} {getattr(before, name)} and cannot go on with "
                f"{getattr(config, name)}.",
                "Leave that as it was, or give another folder.",
            )
