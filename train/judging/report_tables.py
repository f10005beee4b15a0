"""The tables of a model's page: figures as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from train.judging.card_check import Comparison
from train.judging.evaluate import INCLUDED
from train.judging.judged_model import JudgedModel
from train.pages import Table

_FIGURES = ("Faces", "Accuracy", "Macro-F1", "Mean AUC", "ECE")


def percent(share: float | None, digits: int = 2) -> str:
    """A share from 0 to 1 as percent; a dash where there is none."""
    return "–" if share is None else f"{100 * share:.{digits}f} %"


def _area(area: float | None) -> str:
    return "–" if area is None else f"{area:.3f}"


def _main_figures(entry: dict[str, Any]) -> tuple[str, ...]:
    shares = percent(entry["accuracy"]), percent(entry["macro_f1"])
    return f"{entry['n']:,}", *shares, _area(entry["macro_auc"]), percent(entry["ece"])


def overview_table(figures: Sequence[dict[str, Any]]) -> Table:
    """One row per split and kind of labels: faces with copies, each scored once."""
    rows = [
        (entry["split"], entry["labels"], *_main_figures(entry))
        for entry in figures
        if entry["copies"] == INCLUDED and not entry["flip_averaging"]
    ]
    return Table(("Faces of", "Labels of", *_FIGURES), tuple(rows))


def figure_table(entries: Sequence[dict[str, Any]]) -> Table:
    """One row per treatment of copies and number of views."""
    rows = [
        (
            "all" if entry["copies"] == INCLUDED else "without copies of Training faces",
            "with its mirror image" if entry["flip_averaging"] else "once",
            *_main_figures(entry),
        )
        for entry in entries
    ]
    return Table(("Faces taken", "Each scored", *_FIGURES), tuple(rows))


def class_table(entry: dict[str, Any]) -> Table:
    """One row per expression."""
    rows = [
        (
            name.capitalize(),
            f"{figures['n']:,}",
            *(percent(figures[key], 1) for key in ("precision", "recall", "f1")),
            _area(figures["auc"]),
        )
        for name, figures in entry["per_class"].items()
    ]
    return Table(
        ("Expression", "Faces", "Precision", "Recall", "F1", "AUC"),
        tuple(rows),
        "Precision: of the faces that were called so, the share that are. Recall: of the faces that are, the share "
        "that were called so.",
    )


def robustness_table(robustness: dict[str, Any]) -> Table:
    """One row per change."""
    rows = [
        (row["group"], row["change"], percent(row["accuracy"]), f"{row['loss_points']:.2f}")
        for row in robustness["rows"]
    ]
    return Table(("Change", "The faces", "Accuracy", "Points lost"), tuple(rows))


def model_table(model: JudgedModel) -> Table:
    """What was judged."""
    runtime = "LiteRT" if model.is_twin else "Keras"
    rows = [("File", model.file_name), ("SHA-256", model.sha256), ("Runs through", runtime)]
    if model.card.parameters:
        rows.append(("Weights", f"{model.card.parameters:,}"))
    if model.card.created:
        rows.append(("Published", model.card.created))
    rows.append(("Expressions", ", ".join(model.card.labels)))
    return Table(("The model", ""), tuple(rows))


def difference_tables(comparison: Comparison) -> list[Table]:
    """What came out otherwise than the card has it; nothing where all is the same."""
    rows = tuple((found.where, found.figure, str(found.card), str(found.measured)) for found in comparison.differences)
    return [Table(("Faces", "Figure", "On the card", "Measured"), rows)] if rows else []
