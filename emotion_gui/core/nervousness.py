"""The rule that turns shares of expressions into a verdict, and what the verdict does not mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.quality import PROBLEM_WORDS
from emotion_gui.core.statistics import EmotionStatistics
from emotion_gui.core.translation import N_, _

CAVEAT = N_(
    "It describes expressions that crossed your thresholds. It does not measure feelings, honesty or suitability."
)

# Percent. Three of ten equal frames are exactly 30 %, but their seconds, added up in binary, give 30.000000000000004.
_EQUAL_WITHIN = 1e-6


class Verdict(Enum):
    """What the rule says of a session."""

    NERVOUS = "nervous"
    NOT_NERVOUS = "not nervous"
    NOT_ENOUGH_DATA = "not enough data"

    @property
    def title(self) -> str:
        """As a person reads it, in their language: 'Not nervous'."""
        return _(_VERDICT_TITLES[self])


_VERDICT_TITLES = {
    Verdict.NERVOUS: N_("Nervous"),
    Verdict.NOT_NERVOUS: N_("Not nervous"),
    Verdict.NOT_ENOUGH_DATA: N_("Not enough data"),
}


@dataclass(frozen=True)
class NervousnessRule:
    """One threshold per emotion.

    Attributes:
        thresholds: Percent of face time, 0 to 100, that an emotion must exceed to count as nervous; an emotion that
            is absent does not matter to the rule.
        counted: The emotions that make up the 100 percent.
        min_face_s: Usable seconds (with a face that counts) under which there is no verdict, 0 or more.
    """

    thresholds: Mapping[Emotion, float]
    counted: frozenset[Emotion] = field(default=frozenset(EMOTIONS))
    min_face_s: float = 10.0


@dataclass(frozen=True)
class Crossing:
    """An emotion over its threshold; both in percent of face time."""

    emotion: Emotion
    share: float
    threshold: float

    def __str__(self) -> str:
        # Rounded to whole numbers '30.2 > 30' would read '30 % > 30 %', which looks wrong.
        digits = next((digits for digits in range(6) if round(self.share, digits) > self.threshold), 6)
        return f"{self.emotion.word} {self.share:.{digits}f} % > {self.threshold:g} %"


@dataclass(frozen=True)
class Judgement:
    """A verdict with its grounds, strongest crossing first."""

    verdict: Verdict
    crossings: tuple[Crossing, ...]
    reason: str


def judge(statistics: EmotionStatistics, rule: NervousnessRule) -> Judgement:
    """Apply a rule to what was counted so far."""
    total_s = sum(statistics.seconds[emotion] for emotion in rule.counted)
    if not total_s and statistics.face_duration_s >= max(rule.min_face_s, _EQUAL_WITHIN):
        return Judgement(Verdict.NOT_ENOUGH_DATA, (), _("none of the expressions that count was seen"))
    if not total_s or statistics.face_duration_s < rule.min_face_s:
        return Judgement(Verdict.NOT_ENOUGH_DATA, (), _too_little(statistics, rule))
    crossings = [
        Crossing(emotion, 100 * share, rule.thresholds[emotion])
        for emotion, share in statistics.shares(rule.counted).items()
        if emotion in rule.thresholds and 100 * share > rule.thresholds[emotion] + _EQUAL_WITHIN
    ]
    crossings.sort(key=lambda crossing: crossing.threshold - crossing.share)
    if crossings:
        return Judgement(Verdict.NERVOUS, tuple(crossings), ", ".join(map(str, crossings)))
    return Judgement(Verdict.NOT_NERVOUS, (), _("no expression over its threshold"))


def _too_little(statistics: EmotionStatistics, rule: NervousnessRule) -> str:
    """'4 of 10 s usable; mostly too dark': what is missing and, where that is most of the time, why."""
    # Rounded down: '10 of 10 s' would read as enough.
    usable = int(statistics.face_duration_s + _EQUAL_WITHIN)
    text = _("{usable} of {needed:g} s usable").format(usable=usable, needed=rule.min_face_s)
    problem, seconds = max(statistics.problem_s.items(), key=lambda item: item[1])
    nobody_s = statistics.duration_s - statistics.seen_duration_s
    if max(seconds, nobody_s) <= statistics.face_duration_s:
        return text
    why = _("no face") if nobody_s > seconds else _(PROBLEM_WORDS[problem])
    return _("{reason}; mostly {why}").format(reason=text, why=why)
