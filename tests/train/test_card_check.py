"""What is told apart when figures are held against a card."""

from __future__ import annotations

from typing import Any

import pytest

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.model_card import ModelCard
from train.judging.card_check import Difference, compare

PLACE = {"split": "PublicTest", "labels": "FER-2013", "copies": "included"}
ENTRY: dict[str, Any] = PLACE | {
    "flip_averaging": False,
    "accuracy": 0.7,
    "macro_auc": 0.93,
    "per_class": {"happy": {"recall": 0.9, "n": 10}},
    "confusion": [[9, 1], [0, 4]],
}
# As cards had it before areas and mirror images were measured.
OLD: dict[str, Any] = {key: value for key, value in ENTRY.items() if key not in {"flip_averaging", "macro_auc"}}
TABLE: dict[str, Any] = {
    "split": "PublicTest",
    "labels": "FER-2013",
    "rows": [{"change": "half as bright", "accuracy": 0.6}],
}


def card(**metrics: Any) -> ModelCard:
    return ModelCard("ours", EMOTION_NAMES, {"shape": [48, 48, 1]}, metrics=metrics)


@pytest.mark.parametrize("stated", [ENTRY, OLD], ids=["new card", "old card"])
def test_the_same_figures_are_as_the_card_says(stated: dict[str, Any]) -> None:
    found = compare(card(figures=[stated]), [ENTRY, ENTRY | {"flip_averaging": True, "accuracy": 0.71}], twin=False)
    assert (found.compared, found.differences) == (1, ())
    assert found.sentence == "As the card says: its set of figures came out the same."


def test_each_difference_is_named_with_its_place() -> None:
    measured = ENTRY | {"accuracy": 0.69, "per_class": {"happy": {"recall": 0.8, "n": 10}}}
    found = compare(card(figures=[ENTRY]), [measured], twin=False)
    where = "PublicTest, labels FER-2013, copies included"
    assert found.differences == (
        Difference(where, "accuracy", 0.7, 0.69),
        Difference(where, "recall of happy", 0.9, 0.8),
    )
    assert found.sentence.startswith("Not as the card says: 2 figures")


def test_figures_of_what_was_not_scored_are_not_compared() -> None:
    found = compare(card(figures=[ENTRY | {"split": "held-out"}]), [ENTRY], twin=False)
    assert (found.compared, found.differences) == (0, ())
    assert "no figures for what was scored" in found.sentence


def test_the_robustness_table_is_compared_too() -> None:
    worse = TABLE | {"rows": [{"change": "half as bright", "accuracy": 0.5}]}
    stated = card(figures=[ENTRY], robustness=TABLE)
    assert compare(stated, [ENTRY], TABLE, twin=False).sentence.startswith("As the card says: all 2 sets")
    differences = compare(stated, [ENTRY], worse, twin=False).differences
    assert [(found.figure, found.card, found.measured) for found in differences] == [
        ("accuracy, half as bright", 0.6, 0.5)
    ]


def test_of_a_twin_the_accuracy_is_compared() -> None:
    stated = card(
        figures=[ENTRY],
        twin={"split": "PublicTest", "labels": "FER-2013", "precision": "int8", "int8_accuracy": 0.7},
    )
    assert compare(stated, [ENTRY | {"macro_auc": 0.5}], twin=True).differences == ()
    worse = compare(stated, [ENTRY | {"accuracy": 0.68}], twin=True)
    assert [(found.card, found.measured) for found in worse.differences] == [(0.7, 0.68)]


@pytest.mark.parametrize(
    "metrics",
    [
        {},
        {"figures": 3, "twin": [], "robustness": "none"},
        {"figures": [3, {"split": ["PublicTest"]}], "robustness": {"rows": [1]}},
        {"figures": [PLACE | {"per_class": [1]}, PLACE | {"per_class": {"happy": 1}}], "twin": {"precision": []}},
    ],
    ids=["empty", "wrong kinds", "wrong entries", "wrong classes"],
)
@pytest.mark.parametrize("twin", [False, True])
def test_a_card_by_another_hand_is_no_crash(metrics: dict[str, Any], twin: bool) -> None:
    assert compare(card(**metrics), [ENTRY], TABLE, twin=twin).differences == ()
