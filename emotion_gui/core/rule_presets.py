"""Ready-made nervousness rules for the settings dialog, each with its grounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from emotion_gui.core.settings import Settings

_TENSE_EXPRESSIONS: dict[str, Any] = {
    "threshold_angry": 25.0,
    "threshold_disgust": 20.0,
    "threshold_fear": 25.0,
    "threshold_happy": None,
    "threshold_sad": 40.0,
    "threshold_surprise": 30.0,
    "threshold_neutral": None,
    "count_disgust": True,
    "min_face_s": 10.0,
}

_SEED_RULE: dict[str, Any] = {
    "threshold_angry": 30.0,
    "threshold_disgust": None,
    "threshold_fear": 30.0,
    "threshold_happy": None,
    "threshold_sad": 30.0,
    "threshold_surprise": 30.0,
    "threshold_neutral": 30.0,
    "count_disgust": False,
    "min_face_s": 0.0,
}

RULE_PRESETS: Mapping[str, Mapping[str, Any]] = {
    "Tense expressions": _TENSE_EXPRESSIONS,
    "Seed rule": _SEED_RULE,
}
OWN_THRESHOLDS = "Own thresholds"


def apply_preset(settings: Settings, name: str) -> Settings:
    """The settings with a preset's rule in place of their own.

    Raises:
        KeyError: There is no preset of that name.
    """
    return replace(settings, **RULE_PRESETS[name])


def preset_of(settings: Settings) -> str:
    """The preset that these settings follow, or `OWN_THRESHOLDS`."""
    for name, values in RULE_PRESETS.items():
        if all(getattr(settings, key) == value for key, value in values.items()):
            return name
    return OWN_THRESHOLDS
