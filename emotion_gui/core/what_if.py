"""The verdict that other thresholds would have given; trying changes nothing that was counted or kept."""

from __future__ import annotations

from dataclasses import Field, dataclass, replace
from typing import Any

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.nervousness import Judgement, NervousnessRule, judge
from emotion_gui.core.rule_presets import apply_preset
from emotion_gui.core.settings import RULE, Settings, option_fields, option_of
from emotion_gui.core.statistics import EmotionStatistics

RULE_FIELDS: tuple[Field[Any], ...] = tuple(entry for entry in option_fields() if option_of(entry).group == RULE)
"""The settings that make up a rule, in the order of the settings dialog."""


@dataclass(frozen=True)
class WhatIf:
    """What was counted, judged twice.

    Attributes:
        original: By the rule of the session, as the record has it.
        tried: By the other rule.
    """

    original: Judgement
    tried: Judgement

    @property
    def differs(self) -> bool:
        """Whether the two verdicts are different."""
        return self.original.verdict is not self.tried.verdict


def try_rule(statistics: EmotionStatistics, original: NervousnessRule, tried: NervousnessRule) -> WhatIf:
    """Judge the same counts by the session's rule and by another one."""
    return WhatIf(judge(statistics, original), judge(statistics, tried))


def settings_of(rule: NervousnessRule) -> Settings:
    """Settings with this rule, so that its values can be shown and changed like any others.

    Args:
        rule: Counts every emotion, or every one but disgust, as all rules made of settings do.

    Raises:
        StorageError: A value of the rule is out of the range of its setting.
    """
    thresholds: dict[str, Any] = {f"threshold_{emotion.value}": rule.thresholds.get(emotion) for emotion in EMOTIONS}
    return replace(
        Settings(), **thresholds, count_disgust=Emotion.DISGUST in rule.counted, min_face_s=float(rule.min_face_s)
    )


def preset_rule(name: str) -> NervousnessRule:
    """The rule of a preset.

    Raises:
        KeyError: There is no preset of that name.
    """
    return apply_preset(Settings(), name).rule
