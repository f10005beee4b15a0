"""What each chart shows, in words: for those who do not see it, and as a check for those who do."""

from __future__ import annotations

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.markers import Marker
from emotion_gui.core.segments import segments_of
from emotion_gui.core.session import SessionRecord
from emotion_gui.core.timeline import STEP_S
from emotion_gui.core.translation import _, plural
from emotion_gui.export.chart_theme import clock_text, percent_text
from emotion_gui.export.course import session_end_s

# Where a share rose over its threshold: expression, session time in seconds, percent.
Crossing = tuple[Emotion, float, float]
_PARTS = 5
_DASH = "\N{EN DASH}"


def shares_words(record: SessionRecord) -> str:
    """'Shares of face time: Neutral 48 %, Happy 30 % ...', longest first."""
    shares = record.statistics.shares()
    seen = sorted((emotion for emotion in EMOTIONS if shares[emotion]), key=lambda emotion: -shares[emotion])
    if not seen:
        return _("No face was counted: pie and bars are empty.")
    named = ", ".join(f"{emotion.title} {percent_text(shares[emotion])}" for emotion in seen)
    return _("Pie and bars of the shares of face time: {shares}.").format(shares=named)


def course_words(record: SessionRecord) -> str:
    """The expression that led in each fifth of the session."""
    end_s = session_end_s(record.timeline)
    # A fifth of less than a step says nothing.
    parts = max(1, min(_PARTS, int(end_s / STEP_S)))
    cuts = [Marker(number * end_s / parts) for number in range(parts)]
    fifths = segments_of(record.timeline, cuts)
    if not any(fifth.usable_s for fifth in fifths):
        return _("No face was counted: the course is empty.")
    spans = []
    for fifth in fifths:
        span = f"{clock_text(fifth.begin_s)}{_DASH}{clock_text(fifth.end_s)}"
        leader = max(EMOTIONS, key=fifth.shares.__getitem__)
        share = fifth.shares[leader]
        spans.append(f"{span}: {leader.title} {percent_text(share)}" if share else f"{span}: {_('no face')}")
    return _("The strongest expression over time: {spans}.").format(spans="; ".join(spans))


def running_words(record: SessionRecord, crossings: list[Crossing]) -> str:
    """Where each share with a threshold ended, and how often it rose over it."""
    rule = record.info.rule
    shares = record.statistics.shares(rule.counted)
    lines = [
        _line_words(emotion, 100 * shares.get(emotion, 0.0), rule.thresholds[emotion], crossings)
        for emotion in EMOTIONS
        if emotion in rule.thresholds
    ]
    if not lines:
        return _("No expression has a threshold: the chart is empty.")
    return _("One line for each expression with a threshold. {lines}").format(lines=" ".join(lines))


def _line_words(emotion: Emotion, percent: float, threshold: float, crossings: list[Crossing]) -> str:
    times = sum(1 for crossing in crossings if crossing[0] is emotion)
    return plural(
        "{name} ends at {share}; its threshold is {threshold:g} %; it rose over it once.",
        "{name} ends at {share}; its threshold is {threshold:g} %; it rose over it {count} times.",
        times,
        name=emotion.title,
        share=percent_text(percent / 100),
        threshold=threshold,
    )
