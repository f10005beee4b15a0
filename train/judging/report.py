"""The page that shows a model's figures, with its charts beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from train.data.targets import UNLABELED
from train.judging.calibration_chart import draw_calibration
from train.judging.confusion_chart import draw_confusion
from train.judging.evaluate import INCLUDED, KINDS, ORIGINAL, labels_among
from train.judging.evaluation import Evaluation, Scored
from train.judging.report_tables import (
    class_table,
    difference_tables,
    figure_table,
    model_table,
    overview_table,
    robustness_table,
)
from train.judging.roc_chart import draw_roc
from train.judging.training_chart import draw_training
from train.pages import Section, write_page

PAGE = "index.html"
_NOTE = (
    "A face shows an expression, not a feeling. These figures say how often the model gives a picture the name that "
    "people gave it, not whether that person felt so."
)
_READING = (
    "Accuracy is the share of faces that were named as the label has it. Macro-F1 and AUC are means over the "
    "expressions, so that rare ones count as much as common ones. ECE is how far the model's own probability lies from "
    "the share in which it is right. 'With its mirror image' means that each face was scored twice and the mean taken; "
    "the program does not do that."
)
_ROBUSTNESS = (
    "The same faces, each changed in one way; points are percentage points of accuracy lost, and a minus is a gain. A "
    "looser crop, a turned face and a moved one repeat the edge's pixels where FER-2013's pictures end; before a "
    "camera the rest of the head would be there."
)


def write_report(evaluation: Evaluation, out: Path) -> None:
    """Write the charts and `index.html`.

    Args:
        evaluation: What was found out.
        out: Folder for the files, which must exist.
    """
    sections = [_summary(evaluation)]
    for scored in evaluation.scored:
        kinds = dict.fromkeys(entry["labels"] for entry in scored.figures)
        sections += [_part_section(scored, kind, evaluation.model.card.labels, out) for kind in kinds]
    if evaluation.robustness is not None:
        sections.append(_robustness_section(evaluation.robustness))
    if evaluation.history:
        draw_training(evaluation.history, out / "training.png")
        sections.append(Section("The training run", pictures=(out / "training.png",)))
    write_page(out / PAGE, f"How good is {evaluation.model.file_name}?", sections, _NOTE)


def _summary(evaluation: Evaluation) -> Section:
    text = [_card_sentence(evaluation), _labels_sentence(evaluation), _classes_sentence(evaluation), _READING]
    tables = [overview_table(evaluation.figures), model_table(evaluation.model)]
    if evaluation.comparison is not None:
        tables += difference_tables(evaluation.comparison)
    return Section("In short", "\n\n".join(filter(None, text)), tables=tuple(tables))


def _card_sentence(evaluation: Evaluation) -> str:
    if evaluation.comparison is not None:
        return evaluation.comparison.sentence
    if evaluation.model.has_card:
        return "The card beside the model belongs to other weights; its figures were not compared."
    return "There is no card beside the model; its outputs are taken to be in FER-2013's order."


def _labels_sentence(evaluation: Evaluation) -> str:
    taught = evaluation.model.card.label_set
    if taught not in KINDS:
        return ""
    return (
        f"The model was taught the labels of {taught}: judge it by these. The two kinds of labels call a third of "
        "FER-2013's faces by different names, so that no model does well by both."
    )


def _classes_sentence(evaluation: Evaluation) -> str:
    left_out = max((entry["left_out"] for entry in evaluation.figures), default=0)
    if not left_out:
        return ""
    names = ", ".join(evaluation.model.card.labels)
    return (
        f"The model knows only {names}. It is judged on the faces with these labels; up to {left_out:,} others were "
        "left out, which makes its task easier than that of a model with seven."
    )


def _part_section(scored: Scored, kind: str, classes: tuple[str, ...], out: Path) -> Section:
    entries = [entry for entry in scored.figures if entry["labels"] == kind]
    shown = next(entry for entry in entries if entry["copies"] == INCLUDED and not entry["flip_averaging"])
    labels = labels_among(scored.part.faces, kind, classes)
    known = labels != UNLABELED
    probabilities = scored.probabilities[known]
    ending = f"{scored.part.key}-{'fer2013' if kind == ORIGINAL else 'ferplus'}.png"
    pictures = tuple(out / f"{name}-{ending}" for name in ("confusion", "roc", "calibration"))
    draw_confusion(shown, pictures[0])
    draw_roc(probabilities, labels[known], classes, pictures[1])
    draw_calibration(probabilities, labels[known], pictures[2])
    return Section(
        f"{scored.part.name[:1].upper()}{scored.part.name[1:]}, labels of {kind}",
        f"The charts and the figures by expression show all {shown['n']:,} faces, each scored once.",
        pictures,
        (figure_table(entries), class_table(shown)),
    )


def _robustness_section(robustness: dict[str, Any]) -> Section:
    text = f"{_ROBUSTNESS}\n\nMeasured on: {robustness['split']}, labels of {robustness['labels']}."
    return Section("When the picture is worse", text, tables=(robustness_table(robustness),))
