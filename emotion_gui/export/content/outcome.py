"""The first part of a report: what came out."""

from __future__ import annotations

from emotion_gui.core.brief_changes import NOTE, brief_change_rates
from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.nervousness import CAVEAT, Judgement, Verdict
from emotion_gui.core.segments import Segment, segments_of
from emotion_gui.core.session import SessionRecord
from emotion_gui.core.translation import _
from emotion_gui.export.chart_theme import clock_text, duration_text, percent_text
from emotion_gui.export.content.blocks import (
    Block,
    Chart,
    ChartKind,
    Column,
    Facts,
    Paragraph,
    Section,
    Table,
    UserText,
    VerdictCard,
    table_of,
)
from emotion_gui.export.content.chart_words import Crossing, course_words, running_words, shares_words
from emotion_gui.export.content.wording import NOTHING, date_text
from emotion_gui.export.course import course_of
from emotion_gui.export.running_shares import crossings, running_shares


def outcome_sections(record: SessionRecord) -> tuple[Section, ...]:
    """Verdict, shares, course, segments, brief changes and corrections, in this order."""
    return (
        Section(_("Result"), (verdict_card(record),)),
        Section(_("Share of face time"), _shares(record)),
        Section(_("Course of the session"), _course(record)),
        Section(_("Markers and segments"), _segments(record)),
        Section(_("Brief changes"), _brief_changes(record)),
        Section(_("Labels set right by hand"), _corrections(record)),
    )


def verdict_card(record: SessionRecord) -> VerdictCard:
    """The verdict with its reason as a sentence."""
    judgement = record.judgement
    return VerdictCard(judgement, sentence(judgement.reason), _(CAVEAT))


def sentence(reason: str) -> str:
    """'No expression over its threshold.': a verdict's reason where it stands alone."""
    return f"{_capital(reason)}."


def segment_verdict(segment: Segment, record: SessionRecord) -> str:
    """'Nervous: fear 30 % > 25 %', or that the segment is too short to say."""
    judgement: Judgement = segment.judgement(record.info.rule)
    if judgement.verdict is Verdict.NOT_ENOUGH_DATA:
        return _("Too short to say")
    title = judgement.verdict.title
    return f"{title}: {judgement.reason}" if judgement.crossings else title


def segment_name(segment: Segment) -> str:
    """The marker's text as typed."""
    if segment.marker is None:
        return _("Before the first marker")
    return UserText(segment.marker.text) if segment.marker.text.strip() else _("Marker without a text")


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _shares(record: SessionRecord) -> tuple[Block, ...]:
    statistics, rule = record.statistics, record.info.rule
    shares = statistics.shares(rule.counted)
    rows = [
        (
            emotion.title,
            percent_text(shares[emotion]) if emotion in rule.counted else _("not part of it"),
            duration_text(statistics.seconds[emotion]),
            f"{rule.thresholds[emotion]:g} %" if emotion in rule.thresholds else NOTHING,
        )
        for emotion in sorted(EMOTIONS, key=lambda emotion: -statistics.seconds[emotion])
    ]
    columns = (
        Column(_("Expression"), 2),
        Column(_("Share"), numeric=True),
        Column(_("Face time"), numeric=True),
        Column(_("Threshold"), numeric=True),
    )
    caption = _("Face time of each expression, longest first, with its threshold")
    words = shares_words(record)
    return Chart(
        ChartKind.SHARES, _("All face time, and each expression; the line across a bar is its threshold"), words
    ), Table(caption, columns, tuple(rows))


def _course(record: SessionRecord) -> tuple[Block, ...]:
    found = _crossings(record)
    blocks: list[Block] = [
        Chart(ChartKind.COURSE, _("Mean probability of each expression over time"), course_words(record)),
        *_strip_note(record),
        Chart(
            ChartKind.RUNNING_SHARES,
            _("Share of face time so far, with thresholds and where they were crossed (dots)"),
            running_words(record, found),
        ),
    ]
    if found:
        rows = [(clock_text(time_s), emotion.title, f"{percent:.1f} %") for emotion, time_s, percent in found]
        columns = (Column(_("Time")), Column(_("Expression"), 2), Column(_("Share so far"), numeric=True))
        blocks.append(table_of(_("Where a share rose over its threshold"), columns, rows))
    return tuple(blocks)


def _strip_note(record: SessionRecord) -> tuple[Block, ...]:
    if not (course_of(record.timeline).brief >= 0).any():
        return ()
    note = _(
        "The session is longer than the page is wide. The strip above the course, 'brief', shows what led for moments "
        "that the course cannot show."
    )
    return (Paragraph(note, quiet=True),)


def _crossings(record: SessionRecord) -> list[Crossing]:
    return crossings(running_shares(record.timeline, record.info.rule), record.info.rule)


def _segments(record: SessionRecord) -> tuple[Block, ...]:
    if not record.markers:
        return (Paragraph(_("No marker was set in this session.")),)
    note = _(
        "Each segment lasts from its marker to the next. Its figures come from steps of half a second; a step with a "
        "marker in it is divided in proportion. Shares are of the segment's own face time."
    )
    return segment_table(record), Paragraph(note, quiet=True)


def segment_table(record: SessionRecord) -> Table:
    """A row for each stretch between two markers."""
    segments = segments_of(record.timeline, record.markers)
    columns = (
        Column(_("Segment"), 4.4),
        Column(_("From"), 1.3, numeric=True),
        Column(_("Usable"), 1.6, numeric=True),
        *(Column(emotion.title, 1.2, numeric=True, emotion=emotion) for emotion in EMOTIONS),
        Column(_("Verdict"), 3.2),
    )
    # The numbers are those above the chart of the course.
    first = 0 if segments[0].marker is None else 1
    rows = [_segment_row(number, segment, record) for number, segment in enumerate(segments, first)]
    return table_of(_("Share of each expression between markers"), columns, rows)


def _segment_row(number: int, segment: Segment, record: SessionRecord) -> tuple[str, ...]:
    name = segment_name(segment)
    seen = any(segment.seconds.values())
    shares = (percent_text(segment.shares[emotion]) if seen else NOTHING for emotion in EMOTIONS)
    return (
        UserText(f"{number}. {name}") if number else name,
        clock_text(segment.begin_s),
        duration_text(segment.usable_s),
        *shares,
        segment_verdict(segment, record),
    )


def _brief_changes(record: SessionRecord) -> tuple[Block, ...]:
    changes = record.brief_changes
    rates = brief_change_rates(changes, record.statistics, record.baselines)
    unknown = (
        _("The rate of results was too low to tell.")
        if record.statistics.face_duration_s
        else _("There was no usable time.")
    )
    blocks: list[Block] = [
        Facts(
            (
                (_("In this session"), _rate_text(rates.session, unknown)),
                (_("At rest"), _rate_text(rates.baseline, _("No baseline was taken, so there is no rate at rest."))),
            )
        ),
        Paragraph(_(NOTE), quiet=True),
    ]
    if changes:
        columns = (
            Column(_("Time"), 2),
            Column(_("Expression"), 3),
            Column(_("Duration"), 2, numeric=True),
            Column(_("Strength"), 2, numeric=True),
        )
        rows = [
            (clock_text(each.time_s), each.emotion.title, f"{each.duration_s:.2f} s", f"{each.strength:.2f}")
            for each in changes
        ]
        blocks.append(table_of(_("Bursts of another expression shorter than half a second"), columns, rows))
    return tuple(blocks)


def _rate_text(rate: float | None, unknown: str) -> str:
    return unknown if rate is None else _("{rate:.1f} a minute").format(rate=rate)


def _corrections(record: SessionRecord) -> tuple[Block, ...]:
    if not record.corrections:
        return (Paragraph(_("No label was set right by hand.")),)
    columns = (
        Column(_("Time")),
        Column(_("The program named"), 2),
        Column(_("Set right to"), 2),
        Column(_("On"), 2),
        Column(_("Picture of the face"), 2),
    )
    rows = [
        (
            clock_text(each.time_s),
            each.shown.title,
            each.right.title,
            date_text(each.made_at),
            _("kept") if each.crop else _("not kept"),
        )
        for each in record.corrections
    ]
    note = _("They stand beside what the program said: no figure in this report was changed by them.")
    return table_of(_("Labels that a person set right"), columns, rows), Paragraph(note, quiet=True)
