"""Whether a model does what its card says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from emotion_gui.core.model_card import ModelCard
from train.judging.evaluate import INCLUDED

_KEYS = ("split", "labels", "copies")
_DESCRIPTION = frozenset({*_KEYS, "flip_averaging", "changed", "per_class"})


@dataclass(frozen=True)
class Difference:
    """A figure that came out otherwise than the card has it; shares are from 0 to 1.

    Attributes:
        where: Split, labels and copies that it belongs to.
        figure: Its name: 'accuracy', 'recall of happy'.
        card: As the card has it.
        measured: As it came out now.
    """

    where: str
    figure: str
    card: Any
    measured: Any


@dataclass(frozen=True)
class Comparison:
    """What came of holding figures against a card.

    Attributes:
        compared: How many sets of figures the card has for what was scored.
        differences: What came out otherwise.
    """

    compared: int
    differences: tuple[Difference, ...]

    @property
    def sentence(self) -> str:
        """The outcome in words."""
        if not self.compared:
            return "The card has no figures for what was scored."
        if not self.differences:
            return f"As the card says: {_counted(self.compared)} came out the same."
        return (
            f"Not as the card says: {len(self.differences)} figures came out otherwise. A few hundredths of a percent "
            "come from another processor's rounding; more means other faces or another model."
        )


def _counted(sets: int) -> str:
    return "its set of figures" if sets == 1 else f"all {sets} sets of its figures"


def compare(
    card: ModelCard, figures: Sequence[dict[str, Any]], robustness: dict[str, Any] | None = None, *, twin: bool
) -> Comparison:
    """Hold measured figures against those of a card.

    Args:
        card: The card of the model that was measured.
        figures: What `train.judging.evaluate.evaluate` gave.
        robustness: What `train.judging.robustness.robustness_figures` gave, or None.
        twin: Whether the compiled twin was measured: of it the card has no more than an accuracy.
    """
    tables = [*figures, *([] if robustness is None else [_as_entry(robustness)])]
    measured = {_place(entry): entry for entry in tables}
    stated = [entry for entry in _stated(card, twin) if _place(entry) in measured]
    differences = [found for entry in stated for found in _differences(entry, measured[_place(entry)])]
    return Comparison(len(stated), tuple(differences))


def _stated(card: ModelCard, twin: bool) -> list[dict[str, Any]]:
    """The sets of figures in a card; what is not as `publish` writes it is passed over."""
    if twin:
        return _stated_of_twin(card.metrics.get("twin"))
    entries = card.metrics.get("figures")
    stated = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    robustness = card.metrics.get("robustness")
    return [*stated, *([_as_entry(robustness)] if isinstance(robustness, dict) else [])]


def _stated_of_twin(stated: Any) -> list[dict[str, Any]]:
    if not isinstance(stated, dict):
        return []
    accuracy = stated.get(f"{stated.get('precision')}_accuracy")
    description = {key: stated.get(key) for key in ("split", "labels")} | {"copies": INCLUDED}
    return [] if accuracy is None else [description | {"accuracy": accuracy}]


def _as_entry(robustness: dict[str, Any]) -> dict[str, Any]:
    rows = [row for row in robustness.get("rows", ()) if isinstance(row, dict)]
    description = {key: robustness.get(key) for key in ("split", "labels")} | {"copies": INCLUDED, "changed": True}
    return description | {f"accuracy, {row.get('change')}": row.get("accuracy") for row in rows}


def _place(entry: dict[str, Any]) -> tuple[str, ...]:
    # Cards of before the mean with the mirror image was measured do not mention it.
    views = (bool(entry.get("flip_averaging")), bool(entry.get("changed")))
    return tuple(map(str, (*(entry.get(key) for key in _KEYS), *views)))


def _differences(stated: dict[str, Any], measured: dict[str, Any]) -> list[Difference]:
    where = f"{stated['split']}, labels {stated['labels']}, copies {stated['copies']}"
    if stated.get("flip_averaging"):
        where += ", flip averaging"
    found = _flat(measured)
    return [
        Difference(where, figure, value, found.get(figure))
        for figure, value in _flat(stated).items()
        if found.get(figure) != value
    ]


def _flat(entry: dict[str, Any]) -> dict[str, Any]:
    """Every figure by a name of its own."""
    flat = {key: value for key, value in entry.items() if key not in _DESCRIPTION}
    per_class = entry.get("per_class")
    for emotion, figures in per_class.items() if isinstance(per_class, dict) else ():
        flat |= {f"{name} of {emotion}": value for name, value in figures.items()} if isinstance(figures, dict) else {}
    return flat
