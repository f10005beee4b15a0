"""The thresholds as sliders: their first values, and what they stand for when they were moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.rule_presets import apply_preset
from emotion_gui.core.settings import Settings

OFF = 100.0
"""Percent that no share exceeds: the expression plays no part."""
MOST_FACE_S = 60.0
_PRESET = "Tense expressions"


def first_values() -> tuple[float, ...]:
    """Of the seven sliders in the order of `EMOTIONS` and, last, the seconds before there is a verdict."""
    settings = apply_preset(Settings(), _PRESET)
    percents = (getattr(settings, f"threshold_{emotion.value}") for emotion in EMOTIONS)
    return (*(OFF if percent is None else percent for percent in percents), settings.min_face_s)


def with_rule(settings: Settings, values: Sequence[float]) -> Settings:
    """The settings with the sliders' rule in place of their own.

    Args:
        settings: The user's.
        values: As `first_values` gives them.
    """
    *percents, min_face_s = (float(value) for value in values)
    thresholds = {
        f"threshold_{emotion.value}": None if percent >= OFF else max(0.0, percent)
        for emotion, percent in zip(EMOTIONS, percents, strict=True)
    }
    limited = min(max(0.0, min_face_s), MOST_FACE_S)
    return apply_values(settings, thresholds, limited)


def apply_values(settings: Settings, thresholds: dict[str, float | None], min_face_s: float) -> Settings:
    """Settings in which every expression counts, with these thresholds."""
    changes: dict[str, float | bool | None] = {**thresholds, "min_face_s": min_face_s, "count_disgust": True}
    return replace(settings, **changes)  # type: ignore[arg-type]  # the names are those of the fields
