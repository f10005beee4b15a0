"""A published model, a user's corrections, and a better model that has not forgotten what it knew."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np

from emotion_gui.core.errors import AppError
from emotion_gui.core.model_card import ModelCard
from train.data.faces import Faces
from train.data.targets import UNLABELED
from train.judging.calibration import fit_temperature
from train.judging.evaluate import labels_among
from train.judging.scoring import score_keras
from train.publishing.files import ModelFiles, write_files
from train.publishing.measured import measured
from train.publishing.twin import Sample
from train.tuning.batches import TuningBatches, far_variations
from train.tuning.card import Tuning, tuned_card
from train.tuning.corrections import Corrections, read_corrections, split_corrections
from train.tuning.outcome import CORRECTIONS_SPLIT, USER_LABELS, Yardstick, accuracy, forgot_too_much
from train.tuning.parent import Original, Parent, load_parent, original_of
from train.tuning.settings import TuneConfig
from train.tuning.step_back import stepped_back
from train.tuning.tune import tune

# A temperature fitted on fewer faces would follow their chance.
_FEWEST_TO_CALIBRATE = 200
_TWIN_FACES = 300


@dataclass(frozen=True)
class Request:
    """What a user asks for.

    Attributes:
        model: A published `.keras` file with its card beside it.
        corrections: Folder with the user's own faces, `CLASS/*.png`.
        out: Where the tuned model goes; created when missing.
        faces: FER-2013, from which faces are shown again and on which the loss is measured; None without it.
        force: Whether a model that forgot too much is written all the same.
        name: Of the tuned model; the parent's with '-tuned' where empty.
    """

    model: Path
    corrections: Path
    out: Path
    faces: Faces | None = None
    force: bool = False
    name: str = ""


def finetune(request: Request, config: TuneConfig) -> ModelCard:
    """Tune, print what was gained and lost, and write the tuned model with its twin and its cards.

    Returns:
        The card.

    Raises:
        ModelError: The model cannot be used.
        DataError: The corrections cannot be used.
        AppError: The model forgot more than `config` allows, or would be written over its parent.
    """
    parent = load_parent(request.model)
    files = ModelFiles(request.out, request.name or f"{request.model.stem.replace('.', '-')}-tuned")
    if files.keras.resolve() == request.model.resolve():
        raise AppError("The tuned model would overwrite the one it comes from.", "Give another --name or --out.")
    corrections, notes = read_corrections(request.corrections, parent.card.labels)
    for note in notes:
        print(note)
    learn, kept = split_corrections(corrections, config.held_out_parts, config.seed)
    original = None if request.faces is None else original_of(parent, request.faces, corrections)
    print(f"{len(learn)} corrections to learn from, {len(kept)} kept back", flush=True)
    rehearsal = original.rehearsal.images if original else None
    worker = parent.copy()
    tune(worker, TuningBatches(learn, rehearsal, parent.judged, config), config)
    yardsticks = _yardsticks(parent, original, kept)

    def holds(model: keras.Model) -> bool:
        if request.force or original is None:
            return True
        return yardsticks[-1].outcome(model).loss_points <= config.most_loss_points

    # Of a model that was compiled the file would hold the optimiser too; a copy has none.
    model, share = stepped_back(parent.copy(), worker, holds)
    outcomes = [yardstick.outcome(model if share else worker) for yardstick in yardsticks]
    for outcome in outcomes:
        print(outcome.line)
    if not share:
        raise forgot_too_much(outcomes[-1], config.most_loss_points)
    if share < 1:
        print(f"The weights went {100 * share:.0f} % of the way, the furthest that --most-loss allows.")
    temperature = _calibrate(model, parent, yardsticks[-1])
    parts = original.parts if original else ()
    metrics = measured(model, parts, parent.label_set, parent.card.labels, with_robustness=False)
    tuning = Tuning(config, corrections.counts(parent.card.labels), original is not None, outcomes, share)
    card = tuned_card(parent, tuning, metrics | temperature, files.name)
    sample = _sample(model, yardsticks[1:], corrections)
    return write_files(model, card, files, sample=sample)


def _yardsticks(parent: Parent, original: Original | None, kept: Corrections) -> list[Yardstick]:
    """The corrections kept back and, with FER-2013, the part held out from the parent."""
    found = [(CORRECTIONS_SPLIT, USER_LABELS, kept.images, kept.labels)]
    if original:
        # PublicTest is no part of this: it must not decide whether and how a model is written.
        part = original.parts[0]
        labels = labels_among(part.faces, parent.label_set, parent.card.labels)
        found.append((part.name, parent.label_set, part.faces.images, labels))
    return [Yardstick(*each, accuracy(parent.judged.probabilities(each[2]), each[3])) for each in found]


def _calibrate(model: keras.Model, parent: Parent, faces: Yardstick) -> dict[str, float]:
    """Put a temperature into the last layer, where there are enough faces to fit it on; what the card shall say."""
    before = parent.card.metrics.get("temperature", 1.0)
    last = model.layers[-1]
    is_softmax = isinstance(last, keras.layers.Dense) and last.activation is keras.activations.softmax
    if not is_softmax or (faces.labels != UNLABELED).sum() < _FEWEST_TO_CALIBRATE:
        return {"temperature": before}
    # The logarithms of probabilities are logits, shifted by a number that softmax takes out again.
    logits = np.log(np.maximum(score_keras(model, faces.images), 1e-12))
    temperature = fit_temperature(logits, faces.labels)
    last.set_weights([weights / temperature for weights in last.get_weights()])
    return {"temperature": round(before * temperature, 4)}


def _sample(model: keras.Model, original: list[Yardstick], corrections: Corrections) -> Sample:
    """Faces by which the twin is held to the model."""
    for faces in original:
        return Sample(faces.images, faces.labels, faces.split, faces.kind)
    images = far_variations(corrections.images, _TWIN_FACES, np.random.default_rng(0))
    return Sample(
        images, score_keras(model, images).argmax(axis=1), "changed and mixed corrections", "the model's own answers"
    )
