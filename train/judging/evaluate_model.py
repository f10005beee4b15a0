"""A model against FER-2013: the command `evaluate`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from emotion_gui.core.atomic_file import atomic_path
from train.config import read_config
from train.data.faces import DataError, Faces
from train.data.targets import UNLABELED
from train.judging.card_check import compare
from train.judging.evaluate import KINDS, evaluate, labels_among
from train.judging.evaluation import Evaluation, Scored
from train.judging.judged_model import JudgedModel, load_judged_model
from train.judging.parts import Part, parts_of
from train.judging.report import write_report
from train.judging.robustness import robustness_figures
from train.learning.checkpoints import Checkpoints


def evaluate_model(
    path: Path,
    faces: Faces,
    out: Path,
    *,
    splits: Sequence[str] = (),
    run: Path | None = None,
    with_robustness: bool = True,
) -> Evaluation:
    """Score a model, hold it against its card, and write `figures.json`, the charts and `index.html`.

    Args:
        path: A `.keras` or `.tflite` file with its card beside it.
        faces: The data.
        out: Folder for the files; created when missing.
        splits: Some of `train.judging.parts.SPLITS`; none for the test parts that the data has.
        run: Folder of the run that the model came from, for its held-out faces and its curves.
        with_robustness: Whether changed faces are scored too, which takes about thirty times as long.

    Raises:
        ModelError: The file is no such model.
        DataError: The data has no such faces, none that the model has a name for, or is not that of the run.
        AppError: The run's folder holds no run, or nothing tells which faces it held out.
    """
    model = load_judged_model(path)
    history = [] if run is None else Checkpoints(run, read_config(run).heads).history()
    parts = parts_of(faces, splits, model.card, run)
    # What cannot be written is found out before the faces are scored.
    out.mkdir(parents=True, exist_ok=True)
    scored = tuple(_score(model, part) for part in parts)
    if not any(one.figures for one in scored):
        raise DataError(
            f"None of the faces has a label that '{path.name}' knows.", f"It knows {', '.join(model.card.labels)}."
        )
    changed = _robustness(model, scored) if with_robustness else None
    figures = [entry for one in scored for entry in one.figures]
    comparison = compare(model.card, figures, changed, twin=model.is_twin) if model.own_figures else None
    evaluation = Evaluation(model, scored, comparison, changed, history)
    with atomic_path(out / "figures.json") as temporary:
        temporary.write_text(json.dumps(evaluation.to_dict(), indent=1) + "\n", encoding="utf-8")
    write_report(evaluation, out)
    return evaluation


def _score(model: JudgedModel, part: Part) -> Scored:
    probabilities = model.probabilities(part.faces.images)
    mirrored = model.probabilities(part.faces.images[:, :, ::-1])
    figures = evaluate(
        probabilities, part.faces, part.name, part.training, mirrored=mirrored, classes=model.card.labels
    )
    return Scored(part, probabilities, figures)


def _robustness(model: JudgedModel, scored: Sequence[Scored]) -> dict[str, Any] | None:
    """On the part that the card measured it on, where that was scored; and by the labels that the model was taught."""
    stated = model.card.metrics.get("robustness")
    wanted = stated.get("split") if isinstance(stated, dict) else None
    part = next((one.part for one in scored if one.part.name == wanted), scored[0].part)
    kind = model.card.label_set if model.card.label_set in KINDS else _agreeing(scored)
    if (labels_among(part.faces, kind, model.card.labels) == UNLABELED).all():
        return None
    return robustness_figures(model.probabilities, part.faces, split=part.name, kind=kind, classes=model.card.labels)


def _agreeing(scored: Sequence[Scored]) -> str:
    """The labels that a model agrees with more, of which no card says how it was taught."""
    entries = [entry for one in scored for entry in one.figures]
    return str(max(entries, key=lambda entry: entry["accuracy"])["labels"])
