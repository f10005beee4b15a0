"""A session as a report: the one place that decides what stands in it and in which order."""

from __future__ import annotations

from emotion_gui.core.session import SessionRecord
from emotion_gui.core.source_spec import shown_source
from emotion_gui.core.translation import _
from emotion_gui.export.chart_theme import duration_text
from emotion_gui.export.content.blocks import Facts, Report, UserText
from emotion_gui.export.content.grounds import grounds_sections
from emotion_gui.export.content.outcome import outcome_sections
from emotion_gui.export.content.wording import (
    consent_text,
    date_text,
    purpose_name,
    shortened,
    state_name,
    usable_text,
)

_LONGEST_NAME, _LONGEST_NOTE = 200, 2000


def report_of(record: SessionRecord) -> Report:
    """What a person is told about a session."""
    info = record.info
    name = UserText(shortened(info.candidate, _LONGEST_NAME)) if info.candidate.strip() else _("No name given")
    pairs = [
        (_("Date"), date_text(info.started_at)),
        (_("Purpose"), purpose_name(info.purpose)),
        (_("Source"), UserText(shown_source(info.provenance.source))),
        (_("Session"), state_name(record.state)),
        (_("Counted time"), duration_text(record.statistics.duration_s)),
        (_("Usable time"), usable_text(record)),
    ]
    if info.note.strip():
        pairs.append((_("Note"), UserText(shortened(info.note, _LONGEST_NOTE))))
    return Report(
        kind=_("Expression report"),
        title=name,
        facts=Facts(tuple(pairs)),
        consent=consent_text(info.consent),
        sections=(*outcome_sections(record), *grounds_sections(record)),
    )
