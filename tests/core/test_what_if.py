from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.nervousness import NervousnessRule, Verdict, judge
from emotion_gui.core.rule_presets import RULE_PRESETS, apply_preset
from emotion_gui.core.settings import Settings
from emotion_gui.core.what_if import RULE_FIELDS, preset_rule, settings_of, try_rule
from tests.builders import TENSE, make_record


def test_judges_by_both_rules_and_changes_nothing() -> None:
    record = make_record(moods=TENSE)
    before = record.judgement
    lenient = NervousnessRule(dict.fromkeys(EMOTIONS, 100.0))
    outcome = try_rule(record.statistics, record.info.rule, lenient)
    assert outcome.original == before == record.judgement
    assert outcome.original.verdict is Verdict.NERVOUS
    assert outcome.tried.verdict is Verdict.NOT_NERVOUS
    assert outcome.differs


def test_the_same_rule_gives_the_same_verdict() -> None:
    record = make_record()
    outcome = try_rule(record.statistics, record.info.rule, record.info.rule)
    assert outcome.tried == outcome.original
    assert not outcome.differs


@pytest.mark.parametrize("name", RULE_PRESETS)
def test_presets_are_the_settings_own(name: str) -> None:
    assert preset_rule(name) == apply_preset(Settings(), name).rule


SHORT = make_record(5)
percents = st.none() | st.floats(0, 100)


@settings(deadline=None, max_examples=20)
@given(st.dictionaries(st.sampled_from(EMOTIONS), percents), st.booleans(), st.floats(0, 3600))
def test_a_rule_survives_the_way_through_settings(
    thresholds: dict[Emotion, float | None], disgust: bool, min_face_s: float
) -> None:
    rule = replace(
        Settings(),
        **{f"threshold_{emotion.value}": thresholds.get(emotion) for emotion in EMOTIONS},  # type: ignore[arg-type]  # the fields' own types
        count_disgust=disgust,
        min_face_s=min_face_s,
    ).rule
    assert settings_of(rule).rule == rule
    assert try_rule(SHORT.statistics, rule, rule).tried == judge(SHORT.statistics, rule)


def test_the_fields_are_those_of_the_rule() -> None:
    names = {entry.name for entry in RULE_FIELDS}
    assert names == {"min_face_s", "count_disgust", *(f"threshold_{emotion.value}" for emotion in EMOTIONS)}
