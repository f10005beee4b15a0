"""Whole configurations by name: each network beside ours, trained as its programs and papers usually train it.

The seeds publish their networks, not every setting of their runs: what they leave open has the value that is usual with
such a network. Labels are FER-2013's own, without smoothing, and the weights are not averaged. Our own run is what
`TrainConfig` says without a preset.
"""

from __future__ import annotations

from train.config import AugmentConfig, NetworkConfig, OptimizerConfig, TargetConfig, TrainConfig

# What Keras' ImageDataGenerator is usually asked for.
_MILD = AugmentConfig(
    rotation_deg=10.0,
    scale=0.1,
    shift=0.1,
    flip_probability=0.5,
    contrast=0.0,
    brightness=0.0,
    gamma=1.0,
    blur_probability=0.0,
    noise_probability=0.0,
    erase_probability=0.0,
)
_FIVE_CLASSES = ("angry", "happy", "sad", "surprise", "neutral")


def _plain(
    network: NetworkConfig,
    optimizer: OptimizerConfig,
    *,
    epochs: int,
    batch_size: int = 64,
    classes: tuple[str, ...] = TrainConfig().classes,
) -> TrainConfig:
    return TrainConfig(
        heads=("fer2013",),
        classes=classes,
        epochs=epochs,
        batch_size=batch_size,
        average_decay=0.0,
        precision="float32",
        network=network,
        optimizer=optimizer,
        targets=TargetConfig(label_smoothing=0.0),
        augment=_MILD,
    )


def _adam(
    learning_rate: float, schedule: str = "constant", *, patience: int = 3, factor: float = 0.2
) -> OptimizerConfig:
    return OptimizerConfig(
        name="adam",
        learning_rate=learning_rate,
        warmup_epochs=0.0,
        schedule=schedule,
        plateau_patience=patience,
        plateau_factor=factor,
        weight_decay=0.0,
    )


PRESETS: dict[str, TrainConfig] = {
    "seed_wide": _plain(NetworkConfig("seed_wide", dropout=0.3), _adam(0.001), epochs=100, batch_size=128),
    "seed_four_block": _plain(
        NetworkConfig("seed_four_block", dropout=0.25),
        _adam(0.0005, "plateau", patience=2, factor=0.1),
        epochs=15,
    ),
    "seed_tkinter": _plain(NetworkConfig("seed_tkinter", dropout=0.5), _adam(0.0001), epochs=50),
    "seed_five_class": _plain(
        NetworkConfig("seed_five_class", dropout=0.5),
        _adam(0.001, "plateau"),
        epochs=25,
        batch_size=32,
        classes=_FIVE_CLASSES,
    ),
    "mini_xception": _plain(
        NetworkConfig("mini_xception", dropout=0.0),
        _adam(0.001, "plateau", patience=12, factor=0.1),
        epochs=110,
        batch_size=32,
    ),
    # The head learns first: its random weights would send random steps through a base that knows something. The names
    # are those under which Keras publishes ImageNet's weights; 'fit' asks for the file.
    "vgg16_transfer": _plain(
        NetworkConfig(
            "vgg16_transfer",
            dropout=0.5,
            weights="vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5",
            frozen_epochs=5,
            unfrozen_layers=4,
        ),
        _adam(0.0001),
        epochs=30,
    ),
    "resnet50v2_transfer": _plain(
        NetworkConfig(
            "resnet50v2_transfer",
            dropout=0.5,
            input_side=96,
            weights="resnet50v2_weights_tf_dim_ordering_tf_kernels_notop.h5",
            frozen_epochs=5,
            unfrozen_layers=50,
        ),
        _adam(0.0001),
        epochs=30,
    ),
}
