"""`python -m train fit`: train, or go on with an interrupted run."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from emotion_gui.core.errors import AppError
from emotion_gui.core.model_card import sha256_of
from train.commands.config_flags import add_config, chosen_config
from train.commands.machines import add_machines, joined
from train.commands.shared import add_data, read_data
from train.config import TrainConfig, config_of_run

if TYPE_CHECKING:
    from collections.abc import Sequence

    import keras

    from train.data.faces import Faces
    from train.learning.fit import FirstWeights
    from train.learning.meeting import Meeting
    from train.learning.soft_labels import SoftLabels
    from train.learning.team import Alone

HELP = "train, or go on with an interrupted run"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Data, folder and what differs from the defaults."""
    # The settings would fill a screen before the first word of explanation.
    parser.usage = "%(prog)s data (--run FOLDER | --show-augmented FILE.png) [settings]"
    add_data(parser)
    outcome = parser.add_mutually_exclusive_group(required=True)
    outcome.add_argument(
        "--run", type=Path, metavar="FOLDER", help="for checkpoints; an old one goes on as it was begun"
    )
    outcome.add_argument(
        "--show-augmented", type=Path, metavar="FILE.png", help="only draw faces as the settings vary them"
    )
    start = parser.add_mutually_exclusive_group()
    start.add_argument(
        "--imagenet-weights",
        type=Path,
        metavar="FILE",
        help="what a transfer network begins with (..._notop.h5); nothing is downloaded",
    )
    start.add_argument(
        "--begin-with", type=Path, metavar="MODEL.keras", help="go on from a published model of the same faces"
    )
    parser.add_argument(
        "--soft-labels", type=Path, metavar="FILE", help="teachers' probabilities from 'soften', for --soft-share"
    )
    parser.add_argument("--tensorboard", action="store_true", help="write figures for TensorBoard to the run's folder")
    add_machines(parser)
    add_config(parser)


def run(options: argparse.Namespace) -> None:
    """Train; a run that goes on keeps what is not given anew."""
    with joined(options) as (own_options, meeting):
        _run(own_options, meeting)


def _run(options: argparse.Namespace, meeting: Meeting | None) -> None:
    begun = config_of_run(options.run) if options.run is not None else None
    config = chosen_config(options, begun)
    if begun is not None:
        # They were read when the run began.
        known = begun.network
        config = replace(config, network=replace(config.network, weights=known.weights, begun_with=known.begun_with))
    else:
        _refuse_untaught_base(config, options)
    faces = read_data(options)
    if options.show_augmented is not None:
        from train.learning.augment_sheet import draw_augmented

        draw_augmented(faces, config, options.show_augmented)
        print(f"Written to {options.show_augmented}")
        return
    if options.heads is None and config != begun:
        config = _teachable(config, faces)
    _fit(options, faces, config, meeting)


def _refuse_untaught_base(config: TrainConfig, options: argparse.Namespace) -> None:
    """Say now what would only show after hours: a base that keeps random weights teaches nothing."""
    frozen = config.network.frozen_epochs
    if frozen and options.imagenet_weights is None and options.show_augmented is None:
        raise AppError(
            f"The network's base is to stay as it is for {frozen} epochs, but it has not learnt anything yet.",
            "Give its ImageNet weights with --imagenet-weights, or --frozen-epochs 0.",
        )


def _fit(options: argparse.Namespace, faces: Faces, config: TrainConfig, meeting: Meeting | None) -> None:
    from train.backend import load_keras

    load_keras(start=meeting is None)
    from train.learning.fit import fit
    from train.learning.tensorboard import tensorboard_callback

    config, first_weights = _first_weights(options, faces, config)
    soft = None
    if options.soft_labels is not None:
        soft = _soft_labels(options.soft_labels, config)
        config = replace(config, targets=replace(config.targets, teachers=sha256_of(options.soft_labels)))
    callbacks = [tensorboard_callback(options.run)] if options.tensorboard else []
    team = _team(meeting, callbacks)
    fit(faces, config, options.run, soft=soft, first_weights=first_weights, team=team)


def _first_weights(
    options: argparse.Namespace, faces: Faces, config: TrainConfig
) -> tuple[TrainConfig, FirstWeights | None]:
    """What a network begins with besides chance, and the configuration that names it."""
    if options.imagenet_weights is not None:
        # keras.applications is imported for those who need it.
        from train.networks.transfer import load_base_weights

        name = config.network.weights or options.imagenet_weights.name
        named = replace(config, network=replace(config.network, weights=name))
        return named, partial(load_base_weights, path=options.imagenet_weights)
    if options.begin_with is not None:
        if not options.begin_with.is_file():
            raise AppError(f"There is no model file '{options.begin_with}'.", "Give a model that 'publish' wrote.")
        named = replace(config, network=replace(config.network, begun_with=sha256_of(options.begin_with)))
        return named, partial(_begin_with, options.begin_with, faces, named)
    return config, None


def _begin_with(path: Path, faces: Faces, config: TrainConfig, model: keras.Model) -> None:
    # Loaded no sooner: nothing may be computed before machines that train together have met.
    from train.judging.going_on import beginning_of

    beginning_of(path, faces, config).give_to(model)


def _team(meeting: Meeting | None, callbacks: Sequence[keras.callbacks.Callback]) -> Alone:
    from train.learning.team import Alone

    if meeting is None:
        return Alone(callbacks)
    # TensorFlow is needed for this alone.
    from train.learning.workers import Workers

    return Workers(meeting, callbacks)


def _teachable(config: TrainConfig, faces: Faces) -> TrainConfig:
    """Without the heads that the data has no labels for: most people have no FER+ votes."""
    from train.data.targets import heads_with_labels

    heads = heads_with_labels(faces, config.heads, config.classes)
    if not heads or heads == config.heads:
        return config
    print(f"There are no FER+ votes: only the head {', '.join(heads)} is taught.", file=sys.stderr)
    return replace(config, heads=heads)


def _soft_labels(path: Path, config: TrainConfig) -> SoftLabels:
    from train.learning.soft_labels import read_soft_labels

    soft = read_soft_labels(path)
    for warning in soft.warnings(config):
        print(f"train: {warning}", file=sys.stderr)
    return soft
