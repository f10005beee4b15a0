"""Ready-made nervousness rules for the settings dialog, each with its grounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from emotion_gui.core.settings import Settings
from emotion_gui.core.translation import N_

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
"""What the program begins with: how much of the time a face may look tense before it is worth asking about.

Neutral and happy are out: a calm face is neutral most of the time, and it alone must not make anyone nervous. Disgust
counts, as part of the 100 % and with a threshold of its own. The thresholds follow what the model mistakes a neutral
face for and what it misses, by the confusion matrix of the first published model (held-out tenth of Training, FER+
labels; the card has the figures of the present one): of 944 neutral faces it called 55 sad, 20 surprised, 11 angry, 3
afraid and 1 disgusted, so a resting face can collect a good share of 'sad' and must exceed most there; it found 39 %
of the fear and as much of the disgust, so a smaller share of these already says something. They are a convention to
start a talk from, measured on no one's nervousness, and there to be changed. The ten seconds keep the first few frames
from deciding.
"""

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
"""The first seed's rule, exactly: more than 30 % of the faces it counted, without a minimum of time.

It does not count disgust at all and takes neutral for a sign of nervousness; here for comparison, not recommended.
"""

RULE_PRESETS: Mapping[str, Mapping[str, Any]] = {
    N_("Tense expressions"): _TENSE_EXPRESSIONS,
    N_("Seed rule"): _SEED_RULE,
}
OWN_THRESHOLDS = N_("Own thresholds")


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
