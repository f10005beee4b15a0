"""The parts of a run in which different layers learn."""

from __future__ import annotations

from dataclasses import dataclass

import keras

from train.config import TrainConfig
from train.learning.optimizers import compile_model


@dataclass(frozen=True)
class Phase:
    """Epochs with one optimizer.

    Attributes:
        first: Its first epoch, from 0.
        end: The epoch after its last.
        frozen: Whether a transfer network's base keeps its weights.
    """

    first: int
    end: int
    frozen: bool


def phases_of(config: TrainConfig) -> list[Phase]:
    """One phase, or two where a base is frozen at first; none is empty."""
    switch = min(config.network.frozen_epochs, config.epochs)
    phases = [Phase(0, switch, frozen=True), Phase(switch, config.epochs, frozen=False)]
    return [phase for phase in phases if phase.first < phase.end]


def prepare(model: keras.Model, config: TrainConfig, phase: Phase) -> None:
    """Freeze or unfreeze layers for a phase and compile: the optimizer begins anew, as it then moves other weights.

    Raises:
        AppError: Layers are to be frozen, and the network has no base with ImageNet weights.
    """
    network = config.network
    # Every other network learns as a whole.
    if network.frozen_epochs or network.unfrozen_layers != -1:
        from train.networks.transfer import freeze_base, unfreeze_base

        if phase.frozen:
            freeze_base(model)
        else:
            unfreeze_base(model, network.unfrozen_layers)
    compile_model(model, config)
