"""Sentences that every report uses, whatever its format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from emotion_gui.core.consent import AskedOf, Consent, Purpose
from emotion_gui.core.consent_texts import PURPOSES
from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.nervousness import NervousnessRule
from emotion_gui.core.quality import PROBLEM_WORDS
from emotion_gui.core.results import QualityProblem
from emotion_gui.core.session import SessionInfo, SessionRecord, SessionState
from emotion_gui.core.settings import option_fields, option_of
from emotion_gui.core.translation import N_, _
from emotion_gui.export.chart_theme import duration_text, percent_text

NOTHING = "\N{EN DASH}"
_STATES = {
    SessionState.FINISHED: N_("Complete"),
    SessionState.INTERRUPTED: N_("Interrupted"),
    SessionState.RUNNING: N_("Still running"),
}
# What the record keeps is English; a kind that a later version adds is shown as it is kept.
_EVENTS: Mapping[str, str] = {
    "paused": N_("Paused"),
    "resumed": N_("Resumed"),
    "source lost": N_("Picture lost"),
    "source back": N_("Picture back"),
    "stopped": N_("Stopped"),
    "settings changed": N_("Settings changed"),
    "clock set back": N_("Clock set back"),
    "candidate chosen": N_("Candidate chosen"),
    "candidate lost": N_("Candidate lost"),
    "candidate back": N_("Candidate back"),
    "video started": N_("Video started"),
    "video stopped": N_("Video stopped"),
    "crops stopped": N_("No more pictures of the face kept"),
    "snapshot taken": N_("Picture saved"),
    "calibration started": N_("Calibration started"),
    "calibration cancelled": N_("Calibration cancelled"),
    "calibration finished": N_("Calibration finished"),
    "calibration failed": N_("Calibration failed"),
    "baseline removed": N_("Baseline removed"),
    "rescued from a damaged file": N_("Rescued from a damaged file"),
}
# What stands beside an event, as the record keeps it in English; fields are numbers.
_DETAILS = (
    N_("person {number}"),
    N_("person {number} after {seconds} s"),
    N_("person {number}, last seen at {seconds} s"),
    N_("another person"),
    N_("no picture"),
    N_("restless face"),
    N_("too little usable face"),
    N_("by about {minutes} min; the session's own times are right"),
    N_("the rest could not be read"),
    N_("{count} of {total} results could not be read"),
    N_("some events, markers or corrections could not be read"),
)
_CHANGED_VALUES: Mapping[str, str] = {"None": N_("none"), "True": N_("on"), "False": N_("off")}


def purpose_name(purpose: Purpose) -> str:
    return _(PURPOSES[purpose])


def state_name(state: SessionState) -> str:
    return _(_STATES[state])


def problem_name(problem: QualityProblem) -> str:
    words = _(PROBLEM_WORDS[problem])
    return words[:1].upper() + words[1:]


def event_name(kind: str) -> str:
    return _(_EVENTS.get(kind, kind[:1].upper() + kind[1:]))


def event_details(kind: str, text: str) -> str:
    """What stands beside an event, in the user's language; what this version does not know as it is kept."""
    if kind == "settings changed":
        return _changed_settings(text)
    # What a rescue misses is told in several parts.
    return _known_details(text) or "; ".join(_known_details(part) or part for part in text.split("; "))


def _known_details(text: str) -> str:
    for sentence in _DETAILS:
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[0-9.]+)", re.escape(sentence))
        found = re.fullmatch(pattern, text)
        if found:
            return _(sentence).format(**found.groupdict())
    return ""


def _changed_settings(text: str) -> str:
    """'Angry over: 25.0 -> 30.0' of 'threshold_angry: 25.0 -> 30.0'."""
    labels = {entry.name: option_of(entry).label for entry in option_fields()}
    named = re.sub(r"\b(\w+)(?=: )", lambda found: _(labels.get(found[1], found[1])), text)
    return re.sub(r"(?:(?<=: )|(?<=> ))(None|True|False)(?= ->|,|$)", lambda found: _(_CHANGED_VALUES[found[1]]), named)


def date_text(moment: datetime) -> str:
    """A moment in local time: '2026-11-21 14:30', which reads the same in every language."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def shortened(text: str, most: int) -> str:
    """The text, cut with an ellipsis where it is longer than `most` characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def share_text(part_s: float, whole_s: float) -> str:
    """A part of a time in percent; a dash where there is no time."""
    return percent_text(part_s / whole_s) if whole_s > 0 else NOTHING


def usable_text(record: SessionRecord) -> str:
    """Usable time and its share of the counted time: '3:10 min (79 %)'."""
    statistics = record.statistics
    share = share_text(statistics.face_duration_s, statistics.duration_s)
    return f"{duration_text(statistics.face_duration_s)} ({share})"


def consent_text(consent: Consent | None) -> str:
    """Who agreed, when, and to which text."""
    if consent is None or not consent.given:
        return _("Nobody was asked for consent.")
    sentence = (
        _("The candidate agreed on {date} to version {version} of the consent text ({language}).")
        if consent.asked_of is AskedOf.CANDIDATE
        else _(
            "The user of the program confirmed on {date} that the people in the recording agreed; "
            "version {version} of the consent text ({language})."
        )
    )
    return sentence.format(date=date_text(consent.agreed_at), version=consent.text_version, language=consent.language)


def extras_text(consent: Consent | None) -> str:
    """What else was agreed to: video, pictures of the face, the notice on recruitment; empty where nobody was asked."""
    if consent is None or not consent.given:
        return ""
    parts = [
        _("Recording of the annotated video: agreed.")
        if consent.keeps_video
        else _("Recording of the annotated video: not agreed."),
        _("Keeping pictures of the face for corrected labels: agreed.")
        if consent.keeps_crops
        else _("Keeping pictures of the face for corrected labels: not agreed."),
    ]
    if consent.notice_version:
        notice = _("Version {version} of the notice on recruitment was acknowledged.")
        parts.append(notice.format(version=consent.notice_version))
    return " ".join(parts)


def smoothing_text(info: SessionInfo) -> str:
    """How steady the labels were made."""
    constant_ms = info.settings.get("smoothing_ms")
    if not isinstance(constant_ms, (int, float)):
        return _("Not known: an older version of the program kept this session.")
    if not constant_ms:
        return _("None: every single result counts as the model gave it.")
    return _("Probabilities are averaged over time with a time constant of {milliseconds:g} ms.").format(
        milliseconds=constant_ms
    )


def baseline_text(record: SessionRecord) -> str:
    """Whether a resting face was taken off."""
    if not record.baselines:
        return _("Not used: a resting face that looks sad or angry to the model counts as such.")
    first = record.baselines[0]
    return _("Used from {time:.0f} s on: probabilities are corrected by the candidate's resting face.").format(
        time=first.time_s
    )


def thresholds_text(rule: NervousnessRule) -> str:
    """'Angry 25 %, fear 25 %'; 'none' where there are none."""
    parts = [f"{e.title} {rule.thresholds[e]:g} %" for e in EMOTIONS if e in rule.thresholds]
    return ", ".join(parts) or _("none")


def counted_text(rule: NervousnessRule) -> str:
    """Which expressions make up the 100 percent."""
    left_out = [emotion.title for emotion in EMOTIONS if emotion not in rule.counted]
    if not left_out:
        return _("All seven expressions make up the 100 %.")
    return _("Not part of the 100 %: {names}.").format(names=", ".join(left_out))
