"""The card of a tuned model: its parent's, with what the tuning changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from emotion_gui.core.model_card import ModelCard
from train.publishing.words import LABEL_MEANINGS, WEAK, emotion_meanings, weak_classes
from train.tuning.outcome import Outcome
from train.tuning.parent import Parent
from train.tuning.settings import TuneConfig


@dataclass(frozen=True)
class Tuning:
    """What was done.

    Attributes:
        config: How.
        counts: Corrections to learn from and kept back, by class.
        rehearsed: Whether faces of the parent's own training were shown again.
        outcomes: Before and after; of the corrections, then of the original faces where those were given.
        share: How far the published weights lie on the way from the parent's to the tuned ones, 0 to 1.
    """

    config: TuneConfig
    counts: Mapping[str, int]
    rehearsed: bool
    outcomes: Sequence[Outcome]
    share: float

    @property
    def description(self) -> str:
        """What was done, in words."""
        anchors = (
            "faces of FER-2013 Training"
            if self.rehearsed
            else "changed and mixed corrections, because FER-2013 was not given"
        )
        back = (
            ""
            if self.share == 1
            else f" The weights lie {100 * self.share:.0f} % of the way from the parent's to the tuned ones, the "
            "furthest at which the held-out faces of FER-2013 lost no more than was allowed."
        )
        return (
            f"{sum(self.counts.values())} faces that a user labelled, one part in {self.config.held_out_parts} of "
            f"which was kept back; {self.config.epochs} epochs, the last one taken. "
            f"{100 * self.config.anchor_share:.0f} % of what was shown were {anchors}, with the parent's own "
            f"probabilities as targets.{back}"
        )


def tuned_card(parent: Parent, tuning: Tuning, metrics: Mapping[str, Any], name: str) -> ModelCard:
    """All that is known before the files are written.

    Args:
        parent: What was tuned.
        tuning: How, and with what outcome.
        metrics: `figures` of the tuned model on FER-2013, empty without it, and its calibration.
        name: Of the tuned model.
    """
    card = parent.card
    origin = card.training_data or "Nothing is known about how the parent was trained."
    return replace(
        card,
        name=name,
        training_data=f"{origin} It was then tuned on {tuning.description}",
        selection=f"Tuned from '{card.name}', which was chosen so: {card.selection or 'not known.'}",
        metrics={**metrics, "tuning": [outcome.to_dict() for outcome in tuning.outcomes]},
        created=datetime.now(UTC).date().isoformat(),
        limits=(
            *(limit for limit in card.limits if not limit.startswith(WEAK)),
            *weak_classes(metrics["figures"], parent.label_set),
            *_limits(tuning),
        ),
        training={**card.training, "tuning": asdict(tuning.config)},
        label_set=parent.label_set,
        label_meaning=card.label_meaning or LABEL_MEANINGS[parent.label_set],
        emotion_meanings=card.emotion_meanings or emotion_meanings(card.labels),
        parent={
            "name": card.name,
            "sha256": parent.judged.sha256,
            "corrections": dict(tuning.counts),
            "description": tuning.description,
        },
    )


def _limits(tuning: Tuning) -> list[str]:
    limits = [
        f"It was tuned on {sum(tuning.counts.values())} faces that one user chose and labelled; of other people it may "
        "say what it would not have said before."
    ]
    if not tuning.rehearsed:
        limits.append("What the tuning cost on FER-2013 was not measured: the data was not given.")
    return limits
