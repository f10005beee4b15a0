"""Who taught a distilled model."""

from __future__ import annotations

from pathlib import Path

from emotion_gui.core.model_card import sha256_of
from train.config import TrainConfig
from train.data.faces import DataError
from train.learning.soft_labels import read_soft_labels


def teachers_of(config: TrainConfig, soft_labels: Path | None) -> tuple[str, ...]:
    """The models whose probabilities a run learnt from, by name and hash.

    Args:
        config: Of the run.
        soft_labels: The file of probabilities that the run was given; None to name the teachers by the file's hash.

    Raises:
        DataError: The file is another one.
    """
    if not config.targets.soft_share:
        return ()
    if soft_labels is None:
        return (f"soft labels with SHA-256 {config.targets.teachers or 'unknown'}",)
    if sha256_of(soft_labels) != config.targets.teachers:
        raise DataError(
            f"'{soft_labels.name}' is not the file of soft labels that the run learnt from.",
            "Give the one that 'fit' was given with --soft-labels.",
        )
    return tuple(f"{each.name} (SHA-256 {each.sha256})" for each in read_soft_labels(soft_labels).teachers)
