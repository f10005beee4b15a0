"""Everything that decides how a run turns out, in one frozen value that the model's card keeps."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from emotion_gui.core.atomic_file import atomic_path
from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.errors import AppError
from train.config_checks import Checked, names_of, refuse_others, refuse_unknown

CONFIG_FILE = "config.json"
# One head per way of labelling: FER-2013's own label and the FER+ votes disagree on a third of the faces.
HEADS = ("fer2013", "ferplus")
# What decides which faces are held out and which weights fit: a run that changed one would be judged on faces it knows.
_FIXED = ("heads", "classes", "held_out_parts", "seed", "network")


@dataclass(frozen=True)
class AugmentConfig(Checked):
    """How far a training face may be changed; each value is drawn anew for every face in every epoch.

    Attributes:
        rotation_deg: Largest turn to either side, degrees.
        scale: Largest growth, 0.14 for 1.14 times; shrinking goes as far: looser and tighter crops.
        shift: Largest move along each axis, share of the side.
        flip_probability: Share of faces that are mirrored.
        contrast: Largest change of contrast, 0.3 for 0.7 to 1.3 times.
        brightness: Largest change of brightness, grey levels of 255.
        gamma: Largest exponent of the tone curve, 1.4 for 1/1.4 to 1.4.
        blur_probability: Share of faces that lose their fine detail, as a far face before a webcam does.
        noise_probability: Share of faces that get sensor noise.
        noise: Largest standard deviation of that noise, grey levels.
        erase_probability: Share of faces of which a rectangle is covered (Zhong et al. 2017, random erasing).
        erase_area: Largest share of the face that is covered.
    """

    rotation_deg: float = 15.0
    scale: float = 0.14
    shift: float = 0.1
    flip_probability: float = 0.5
    contrast: float = 0.3
    brightness: float = 30.0
    gamma: float = 1.4
    blur_probability: float = 0.1
    noise_probability: float = 0.1
    noise: float = 8.0
    erase_probability: float = 0.2
    erase_area: float = 0.12


@dataclass(frozen=True)
class NetworkConfig(Checked):
    """What is trained.

    Attributes:
        architecture: Name of the network; 'python -m train networks' shows them all.
        dropout: Share of the trunk's features left out while training, 0 to 1.
        input_side: Side in pixels to which a transfer network enlarges the face, 48 to 224; others ignore it.
        weights: Name of the ImageNet weights file that a transfer network began with; empty for random weights.
        begun_with: SHA-256 of the published model with whose weights the run began; empty without one.
        frozen_epochs: Epochs in which a transfer network's base keeps its weights.
        unfrozen_layers: How many of the base's last layers learn after that; 0 for none, -1 for all.
    """

    architecture: str = "compact_resnet"
    dropout: float = 0.2
    input_side: int = 48
    weights: str = ""
    begun_with: str = ""
    frozen_epochs: int = 0
    unfrozen_layers: int = -1


@dataclass(frozen=True)
class OptimizerConfig(Checked):
    """How the weights move.

    Attributes:
        name: 'sgd' (with Nesterov's look-ahead) or 'adam'.
        learning_rate: Peak of the schedule, reached after the warm-up.
        warmup_epochs: Epochs of linear rise; may be a fraction.
        schedule: 'cosine' falls to 0 at the last epoch; 'plateau' lowers the rate when the held-out loss stands
            still; 'constant' stays.
        plateau_patience: Epochs without a better held-out loss before 'plateau' lowers the rate.
        plateau_factor: What the rate is then multiplied by, 0 to 1.
        momentum: Of SGD.
        weight_decay: Share of each kernel taken off per unit of learning rate and step. Keras does not pass it
            through the momentum: 0.005 here acts like 0.0005 in papers whose momentum is 0.9.
    """

    name: str = "sgd"
    learning_rate: float = 0.05
    warmup_epochs: float = 1.0
    schedule: str = "cosine"
    plateau_patience: int = 4
    plateau_factor: float = 0.3
    momentum: float = 0.9
    weight_decay: float = 0.005


@dataclass(frozen=True)
class TargetConfig(Checked):
    """What each face is taught as.

    Attributes:
        label_smoothing: Probability spread over all classes for the original labels, 0 to 1.
        class_weights: Whether rare classes weigh more, each face by n / (classes * faces of its class): scikit-learn's
            'balanced' weights, after King and Zeng 2001, "Logistic Regression in Rare Events Data".
        soft_share: Weight of a teacher's probabilities in the target, 0 to 1; the label has the rest.
        teachers: SHA-256 of the soft labels' file; empty without one.
    """

    label_smoothing: float = 0.1
    class_weights: bool = False
    soft_share: float = 0.0
    teachers: str = ""


@dataclass(frozen=True)
class TrainConfig(Checked):
    """One training run.

    Attributes:
        heads: Which ways of labelling are taught: 'fer2013', 'ferplus' or both, one head each on the same trunk.
        classes: The emotions told apart, in FER-2013 order; faces that FER-2013 labels as another are left out.
        epochs: Passes over the training faces.
        batch_size: Faces per step.
        average_decay: Memory of the running mean of the weights, per step; 0 for the newest weights alone.
        stop_patience: Epochs without a better held-out accuracy of any head before the run ends, counted from when a
            transfer network's base begins to learn; 0 to run to the end.
        precision: Keras dtype policy while training: 'mixed_bfloat16' or 'float32'.
        held_out_parts: One part in this many of Training is kept back for selection.
        seed: Of the split, the order, the augmentation, dropout and the first weights.
        network: What is trained.
        optimizer: How the weights move.
        targets: What each face is taught as.
        augment: How faces are varied.

    Raises:
        AppError: A value makes no run, such as 0 epochs.
    """

    heads: tuple[str, ...] = HEADS
    classes: tuple[str, ...] = EMOTION_NAMES
    epochs: int = 60
    batch_size: int = 64
    average_decay: float = 0.999
    stop_patience: int = 0
    precision: str = "mixed_bfloat16"
    held_out_parts: int = 10
    seed: int = 1
    network: NetworkConfig = field(default_factory=NetworkConfig)
    optimizer: OptimizerConfig = field(default_factory=OptimizerConfig)
    targets: TargetConfig = field(default_factory=TargetConfig)
    augment: AugmentConfig = field(default_factory=AugmentConfig)

    def __post_init__(self) -> None:
        super().__post_init__()
        refuse_others("heads", self.heads, HEADS)
        refuse_others("classes", self.classes, EMOTION_NAMES)
        if len(self.classes) < 2:
            raise AppError(f"'classes' is {self.classes[0]} alone.", "There must be two or more to tell apart.")

    def to_dict(self) -> dict[str, Any]:
        """The configuration as JSON types."""
        return asdict(self) | {"heads": list(self.heads), "classes": list(self.classes)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> TrainConfig:
        """Read what `to_dict` gave; a key that is absent takes its default, one that is unknown is refused.

        Raises:
            AppError: A key is unknown, or a value makes no run.
        """
        refuse_unknown(data, cls)
        values = dict(data)
        for name in {"heads", "classes"} & set(values):
            values[name] = names_of(name, values[name])
        for name, part in PARTS.items():
            if name in values:
                refuse_unknown(values[name], part)
                values[name] = part(**values[name])
        return cls(**values)


PARTS: dict[str, type[NetworkConfig | OptimizerConfig | TargetConfig | AugmentConfig]] = {
    "network": NetworkConfig,
    "optimizer": OptimizerConfig,
    "targets": TargetConfig,
    "augment": AugmentConfig,
}


def write_config(config: TrainConfig, run_folder: Path) -> None:
    """Keep the configuration beside the run's checkpoints."""
    with atomic_path(run_folder / CONFIG_FILE) as temporary:
        temporary.write_text(json.dumps(config.to_dict(), indent=2) + "\n", encoding="utf-8")


def read_config(run_folder: Path) -> TrainConfig:
    """The configuration that a run was started with.

    Raises:
        AppError: The folder holds no run, or its configuration is damaged.
    """
    if not (run_folder / CONFIG_FILE).is_file():
        raise AppError(f"'{run_folder}' holds no training run.", "Give the folder that 'python -m train fit' wrote.")
    return read_config_file(run_folder / CONFIG_FILE)


def read_config_file(path: Path) -> TrainConfig:
    """A configuration from a file that may leave out what shall stay at its default.

    Args:
        path: TOML where the name ends so; else JSON, as a run's folder has it in `CONFIG_FILE`.

    Raises:
        AppError: The file cannot be read, or is no configuration.
    """
    try:
        text = path.read_text(encoding="utf-8")
        values = tomllib.loads(text) if path.suffix.lower() == ".toml" else json.loads(text)
    # Both formats' errors are of this kind, and so is text that is no UTF-8.
    except (OSError, ValueError) as error:
        raise AppError(
            f"'{path}' cannot be read as a configuration.", f"Give JSON or TOML, or the {CONFIG_FILE} of a run."
        ) from error
    try:
        return TrainConfig.from_dict(values)
    except AppError as error:
        raise AppError(f"'{path}' cannot be used. {error.message}", error.hint) from error


def config_of_run(run_folder: Path) -> TrainConfig | None:
    """The configuration of a run that was begun in this folder, None where there is none yet.

    Raises:
        AppError: There is one that cannot be read.
    """
    return read_config(run_folder) if (run_folder / CONFIG_FILE).exists() else None


def refuse_other_division(config: TrainConfig, run_folder: Path) -> None:
    """See to it that a run goes on with the faces and the network that it was begun with.

    Raises:
        AppError: The folder's run has another seed, share of held-out faces, heads, classes or network.
    """
    before = config_of_run(run_folder) or config
    was, now = _fixed(before), _fixed(config)
    for name in was:
        if was[name] != now[name]:
            raise AppError(
                f"The run in '{run_folder}' was begun with {name} {_said(was[name])} and cannot go on with "
                f"{_said(now[name])}.",
                "Leave that as it was, or give another folder.",
            )


def _fixed(config: TrainConfig) -> dict[str, Any]:
    values = {name: getattr(config, name) for name in _FIXED}
    network = asdict(values.pop("network"))
    return values | {f"network.{name}": value for name, value in network.items()}


def _said(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value) or "none"
