"""The seven expressions."""

from __future__ import annotations

import re

from emotion_gui.core.emotions import EMOTION_NAMES, EMOTIONS, Emotion


def test_the_order_is_that_of_fer_2013() -> None:
    assert EMOTION_NAMES == ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
    assert tuple(emotion.value for emotion in EMOTIONS) == EMOTION_NAMES


def test_each_has_its_own_colour_and_hatch() -> None:
    assert len({emotion.color for emotion in EMOTIONS}) == 7
    assert len({emotion.hatch for emotion in EMOTIONS}) == 7
    assert all(re.fullmatch(r"#[0-9A-F]{6}", emotion.color) for emotion in EMOTIONS)


def test_found_by_name_and_shown_with_a_capital() -> None:
    assert dict(zip(EMOTION_NAMES, EMOTIONS, strict=True))["surprise"] is Emotion.SURPRISE
    assert Emotion.SURPRISE.title == "Surprise"
