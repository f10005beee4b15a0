"""The rule and its verdict."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.nervousness import Crossing, NervousnessRule, Verdict, judge
from emotion_gui.core.results import QualityProblem
from emotion_gui.core.rule_presets import OWN_THRESHOLDS, RULE_PRESETS, apply_preset, preset_of
from emotion_gui.core.settings import Settings
from emotion_gui.core.statistics import EmotionStatistics
from tests.builders import make_face

_SEED = apply_preset(Settings(), "Seed rule").rule
_FRAME_S = 1 / 30


def _session(frames: Mapping[Emotion, int]) -> EmotionStatistics:
    statistics = EmotionStatistics()
    for emotion, count in frames.items():
        for _ in range(count):
            statistics.add(_FRAME_S, [make_face(emotion)])
    return statistics


def _seed_program(counts: Mapping[Emotion, int]) -> bool:
    """The seed's own rule: disgust is not counted, happy is not in it, more than 30 percent of the counted faces."""
    counted: dict[Emotion, int] = {key: count for key, count in counts.items() if key is not Emotion.DISGUST}
    total = sum(counted.values())
    in_rule = (Emotion.ANGRY, Emotion.NEUTRAL, Emotion.FEAR, Emotion.SAD, Emotion.SURPRISE)
    return any(100 * counted.get(emotion, 0) > 30 * total for emotion in in_rule)


@given(st.dictionaries(st.sampled_from(EMOTIONS), st.integers(0, 60)))
def test_the_seed_rule_judges_as_the_seed_did(counts: dict[Emotion, int]) -> None:
    assume(any(count for emotion, count in counts.items() if emotion is not Emotion.DISGUST))
    expected = Verdict.NERVOUS if _seed_program(counts) else Verdict.NOT_NERVOUS
    assert judge(_session(counts), _SEED).verdict is expected


@pytest.mark.parametrize("tenths", range(1, 50))
def test_exactly_the_threshold_is_not_over_it(tenths: int) -> None:
    counts = {Emotion.FEAR: 3 * tenths, Emotion.HAPPY: 7 * tenths}
    assert judge(_session(counts), _SEED).verdict is Verdict.NOT_NERVOUS
    assert judge(_session(counts | {Emotion.FEAR: 3 * tenths + 1}), _SEED).verdict is Verdict.NERVOUS


@pytest.mark.parametrize(("counts", "verdict"), [
    ({Emotion.HAPPY: 100}, Verdict.NOT_NERVOUS),
    ({Emotion.NEUTRAL: 100}, Verdict.NERVOUS),
    ({Emotion.DISGUST: 100}, Verdict.NOT_ENOUGH_DATA),
    ({Emotion.DISGUST: 100, Emotion.HAPPY: 1}, Verdict.NOT_NERVOUS),
    # 29 % of all faces, but 58 % of those that count.
    ({Emotion.DISGUST: 50, Emotion.SAD: 29, Emotion.HAPPY: 21}, Verdict.NERVOUS),
    ({}, Verdict.NOT_ENOUGH_DATA),
])  # fmt: skip
def test_the_seed_rule_in_cases(counts: dict[Emotion, int], verdict: Verdict) -> None:
    assert judge(_session(counts), _SEED).verdict is verdict


def test_the_first_frame_is_enough_for_the_seed_rule() -> None:
    assert judge(_session({Emotion.FEAR: 1}), _SEED).verdict is Verdict.NERVOUS


def test_the_default_rule() -> None:
    rule = Settings().rule
    assert judge(_session({Emotion.NEUTRAL: 900}), rule).verdict is Verdict.NOT_NERVOUS
    assert judge(_session({Emotion.HAPPY: 900}), rule).verdict is Verdict.NOT_NERVOUS
    assert judge(_session({Emotion.DISGUST: 900}), rule).verdict is Verdict.NERVOUS
    assert judge(_session({Emotion.FEAR: 60}), rule).verdict is Verdict.NOT_ENOUGH_DATA
    assert judge(_session({Emotion.FEAR: 60}), rule).reason == "2 of 10 s usable"


def _watched(seconds: Mapping[QualityProblem | None, float], nobody_s: float = 0.0) -> EmotionStatistics:
    """Seconds of a face by what is wrong with it."""
    statistics = EmotionStatistics()
    for problem, problem_s in seconds.items():
        statistics.add(problem_s, [replace(make_face(), problem=problem)])
    statistics.add(nobody_s, [])
    return statistics


@pytest.mark.parametrize(("seconds", "nobody_s", "reason"), [
    ({None: 4.0, QualityProblem.TOO_DARK: 9.0}, 0.0, "4 of 10 s usable; mostly too dark"),
    ({None: 4.0, QualityProblem.TOO_DARK: 3.0}, 2.0, "4 of 10 s usable"),
    ({None: 1.0, QualityProblem.BLURRED: 2.0, QualityProblem.TURNED_AWAY: 3.0}, 2.5,
     "1 of 10 s usable; mostly turned away"),
    ({}, 60.0, "0 of 10 s usable; mostly no face"),
    ({None: 9.99}, 0.0, "9 of 10 s usable"),
    ({}, 0.0, "0 of 10 s usable"),
])  # fmt: skip
def test_too_little_usable_time_says_why(
    seconds: Mapping[QualityProblem | None, float], nobody_s: float, reason: str
) -> None:
    judgement = judge(_watched(seconds, nobody_s), Settings().rule)
    assert (judgement.verdict, judgement.reason) == (Verdict.NOT_ENOUGH_DATA, reason)


def test_refused_time_is_no_ground_for_a_verdict() -> None:
    judgement = judge(_watched({QualityProblem.TOO_SMALL: 3600.0}), Settings().rule)
    assert judgement.verdict is Verdict.NOT_ENOUGH_DATA


def test_the_reason_names_what_crossed_strongest_first() -> None:
    judgement = judge(_session({Emotion.FEAR: 340, Emotion.SAD: 410, Emotion.HAPPY: 250}), _SEED)
    assert judgement.reason == "sad 41 % > 30 %, fear 34 % > 30 %"
    assert [crossing.emotion for crossing in judgement.crossings] == [Emotion.SAD, Emotion.FEAR]


def test_other_verdicts_have_a_reason_too() -> None:
    assert judge(_session({Emotion.HAPPY: 5}), _SEED).reason == "no expression over its threshold"
    assert "none of the expressions that count" in judge(_session({Emotion.DISGUST: 5}), _SEED).reason


@given(threshold=st.floats(0, 99.9), over=st.floats(1e-5, 50))
def test_a_crossing_never_reads_as_if_it_were_none(threshold: float, over: float) -> None:
    threshold = round(threshold, 2)
    text = str(Crossing(Emotion.FEAR, threshold + over, threshold))
    match = re.fullmatch(r"fear ([\d.]+) % > ([\d.]+) %", text)
    assert match
    assert float(match[1]) > float(match[2])


@given(st.dictionaries(st.sampled_from(EMOTIONS), st.integers(0, 20)), st.floats(0, 100), st.floats(0, 5))
def test_a_higher_threshold_never_makes_nervous(counts: dict[Emotion, int], low: float, more: float) -> None:
    statistics = _session(counts)
    strict = judge(statistics, NervousnessRule(dict.fromkeys(EMOTIONS, low), min_face_s=0))
    lenient = judge(statistics, NervousnessRule(dict.fromkeys(EMOTIONS, low + more), min_face_s=0))
    assert {crossing.emotion for crossing in lenient.crossings} <= {crossing.emotion for crossing in strict.crossings}


def test_verdicts_are_shown_with_a_capital() -> None:
    assert Verdict.NOT_ENOUGH_DATA.title == "Not enough data"


class TestPresets:
    def test_the_settings_begin_with_the_first_preset(self) -> None:
        assert preset_of(Settings()) == next(iter(RULE_PRESETS))

    @pytest.mark.parametrize("name", RULE_PRESETS)
    def test_a_preset_is_recognised_and_changes_the_rule_only(self, name: str) -> None:
        settings = apply_preset(Settings(mirror=False, candidate="A"), name)
        assert preset_of(settings) == name
        assert (settings.mirror, settings.candidate) == (False, "A")

    def test_other_values_are_the_users_own(self) -> None:
        assert preset_of(Settings(threshold_fear=31.0)) == OWN_THRESHOLDS

    def test_an_unknown_preset(self) -> None:
        with pytest.raises(KeyError):
            apply_preset(Settings(), "nobody's")
