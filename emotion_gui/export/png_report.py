"""One A4 page of a session, to be handed over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from matplotlib.patches import Rectangle

from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.session import SessionRecord
from emotion_gui.core.source_spec import shown_source
from emotion_gui.core.translation import _, plural
from emotion_gui.export.chart_theme import LIGHT, clock_text, duration_text, percent_text
from emotion_gui.export.content.blocks import ChartKind, Column, Table
from emotion_gui.export.content.grounds import class_table, figures_note, quality_table
from emotion_gui.export.content.model_excerpt import ModelExcerpt, model_excerpt
from emotion_gui.export.content.outcome import segment_table, verdict_card
from emotion_gui.export.content.wording import (
    baseline_text,
    consent_text,
    counted_text,
    date_text,
    purpose_name,
    smoothing_text,
    state_name,
    thresholds_text,
    usable_text,
)
from emotion_gui.export.course import session_end_s
from emotion_gui.export.page_text import Page
from emotion_gui.export.pdf_table import TableLayout
from emotion_gui.export.report_charts import draw_chart
from emotion_gui.export.verdict_card import CARD_HEIGHT, draw_card

# A4 at 150 dots per inch.
SIZE_WH, DPI = (1240, 1754), 150
_LEFT, _WIDTH = 92, 1056
_FACT_WIDTHS = (190, 150, 150, 190, 212, 164)
# Tables at the foot: widths of the left and the right one, and where they begin and must end.
_LEFT_TABLE, _RIGHT_TABLE = 716.0, 300.0
_TABLES_TOP, _TABLES_END = 1286.0, 1552.0


def write_page(record: SessionRecord, path: Path) -> None:
    """Draw the report as a PNG of 1240 x 1754 pixels.

    One page holds the first few segments; the other reports have all of them.

    Args:
        record: The session; may be empty.
        path: The file.

    Raises:
        OSError: The file cannot be written.
    """
    page = Page(SIZE_WH, DPI)
    excerpt = model_excerpt(record.info.provenance)
    _draw_head(page, record)
    draw_card(page, verdict_card(record), (_LEFT, 272, _WIDTH, CARD_HEIGHT))
    _draw_rule_bar(page, record, 272 + CARD_HEIGHT + 10)
    _draw_charts(page, record)
    _draw_tables(page, record, excerpt)
    _draw_foot(page, record, excerpt)
    page.figure.savefig(path, format="png", dpi=DPI)


def rule_share(record: SessionRecord) -> float | None:
    """Share of counted face time with an expression that has a threshold, 0 to 1; None while none was counted."""
    rule, seconds = record.info.rule, record.statistics.seconds
    total = sum(seconds[emotion] for emotion in rule.counted)
    watched = sum(seconds[emotion] for emotion in rule.counted if emotion in rule.thresholds)
    return watched / total if total else None


def _draw_head(page: Page, record: SessionRecord) -> None:
    info = record.info
    page.write(_LEFT, 60, _("Expression report"), size=10, color=LIGHT.muted)
    page.write_line(_LEFT, 84, info.candidate.strip() or _("No name given"), width=_WIDTH, size=21, weight="bold")
    _rule(page, 150)
    facts = (
        (_("Date"), date_text(info.started_at)),
        (_("Purpose"), purpose_name(info.purpose)),
        (_("Counted time"), duration_text(record.statistics.duration_s)),
        (_("Usable time"), usable_text(record)),
        (_("Source"), shown_source(info.provenance.source)),
        (_("Session"), state_name(record.state)),
    )
    left = float(_LEFT)
    for (label, value), width in zip(facts, _FACT_WIDTHS, strict=True):
        page.write_line(left, 166, label, width=width - 12, size=7.5, color=LIGHT.muted)
        page.write_line(left, 186, value, width=width - 12, size=9)
        left += width
    note = _("Note: {text}").format(text=info.note) if info.note.strip() else ""
    page.write_line(_LEFT, 218, note, width=_WIDTH, size=8, color=LIGHT.muted)
    page.write_line(_LEFT, 244, consent_text(info.consent), width=_WIDTH, size=8)


def _draw_rule_bar(page: Page, record: SessionRecord, top: float) -> None:
    """Face time with an expression that has a threshold against the rest."""
    share, rule = rule_share(record), record.info.rule
    names = ", ".join(emotion.title for emotion in EMOTIONS if emotion in rule.thresholds) or _("none")
    caption = _("Face time with a nervous expression ({names})").format(names=names)
    page.write_line(_LEFT, top, caption, width=_WIDTH - 350, size=8, color=LIGHT.muted)
    _block(page, top + 24, _WIDTH, LIGHT.track)
    if share is None:
        page.write(_LEFT + 12, top + 28, _("No face counted"), size=8, color=LIGHT.muted)
        return
    _block(page, top + 24, _WIDTH * share, "#4b5563")
    figures = _("nervous {share}, not nervous {rest}").format(share=percent_text(share), rest=percent_text(1 - share))
    page.write(_LEFT + _WIDTH, top, figures, size=8, ha="right", weight="bold")


def _draw_charts(page: Page, record: SessionRecord) -> None:
    charts = (
        (_("Share of face time"), ChartKind.SHARES, 498, 240),
        (_("Course: mean probability of each expression"), ChartKind.COURSE, 768, 222),
        (
            _("Share of face time so far, with thresholds and where they were crossed (dots)"),
            ChartKind.RUNNING_SHARES,
            1038,
            190,
        ),
    )
    for title, kind, top, height in charts:
        _heading(page, top, title)
        draw_chart(page, kind, record, (_LEFT, top + 32, _WIDTH, height))


def _draw_tables(page: Page, record: SessionRecord, excerpt: ModelExcerpt) -> None:
    """Segments, or how much was usable where there are none; beside them how good the model is."""
    left = _segment_table(record) if record.markers else quality_table(record)
    _draw_table(page, left, (_LEFT, _LEFT_TABLE))
    right = _LEFT + _WIDTH - _RIGHT_TABLE
    if excerpt.classes:
        _draw_table(page, _class_table(excerpt), (right, _RIGHT_TABLE))
    else:
        text = _("There are no figures on how good this model is.")
        page.write_block(right, _TABLES_TOP, text, width=_RIGHT_TABLE, lines=4, size=8, color=LIGHT.muted)


def _segment_table(record: SessionRecord) -> Table:
    """The table of segments without what a narrow place has no room for: when each began, and why it was judged so."""
    whole = segment_table(record)
    weights = (4.4, 1.8, *(1.3,) * len(EMOTIONS), 3.2)
    columns = (whole.columns[0], *whole.columns[2:])
    narrow = tuple(replace(column, weight=weight) for column, weight in zip(columns, weights, strict=True))
    rows = tuple((row[0], *row[2:-1], row[-1].partition(":")[0]) for row in whole.rows)
    return replace(whole, columns=narrow, rows=rows)


def _class_table(excerpt: ModelExcerpt) -> Table:
    columns = (Column(_("Expression"), 1.6), Column(_("Precision"), numeric=True), Column(_("Recall"), numeric=True))
    return Table(_("Figures of the model"), columns, tuple(row[:3] for row in class_table(excerpt).rows))


def _draw_table(page: Page, table: Table, place: tuple[float, float]) -> None:
    left, width = place
    page.write_line(left, _TABLES_TOP, table.caption, width=width, size=8.5, weight="bold")
    layout = TableLayout(table, place, compact=True)
    top = _TABLES_TOP + 26
    top += layout.draw_head(page, top)
    # The last line is kept for saying that there is more.
    room = int((_TABLES_END - top) / layout.rows[0].height) if layout.rows else 0
    drawn = layout.rows if len(layout.rows) <= room and not table.left_out else layout.rows[: room - 1]
    for row in drawn:
        top += layout.draw_row(page, top, row)
    left_out = len(layout.rows) - len(drawn) + table.left_out
    if left_out:
        more = plural(
            "{count} more row is in the other reports.", "{count} more rows are in the other reports.", left_out
        )
        page.write_line(left, top + 4, more, width=width, size=7, color=LIGHT.muted)


def _draw_foot(page: Page, record: SessionRecord, excerpt: ModelExcerpt) -> None:
    info, top = record.info, 1566
    _rule(page, top)
    origin, rule = info.provenance, info.rule
    method = _("Smoothing: {smoothing} Baseline: {baseline} Verdict after {seconds:g} s of usable time. Thresholds: ")
    lines = (
        method.format(smoothing=smoothing_text(info), baseline=baseline_text(record), seconds=rule.min_face_s)
        + f"{thresholds_text(rule)}. {counted_text(rule) if len(rule.counted) < len(EMOTIONS) else ''}",
        _("Model {name}, SHA-256 {hash}; face detector {detector}; Emotion GUI {version}; session {session}.").format(
            name=origin.model_name,
            hash=f"{origin.model_sha256[:16]}...",
            detector=origin.detector,
            version=origin.app_version,
            session=info.session_id[:12],
        )
        + (f" {figures_note(excerpt)}" if excerpt.classes else ""),
        _("Time is counted, not frames. Session time {time}, {frames} frames analysed.").format(
            time=clock_text(session_end_s(record.timeline)), frames=record.statistics.frames
        ),
    )
    for line, (below, most) in zip(lines, ((8, 3), (72, 3), (136, 1)), strict=True):
        page.write_block(_LEFT, top + below, line, width=_WIDTH, lines=most, size=6.5, color=LIGHT.muted)


def _heading(page: Page, top: float, text: str) -> None:
    page.write_line(_LEFT, top, text, width=_WIDTH, size=10, weight="bold")


def _block(page: Page, top: float, width: float, color: str) -> None:
    x, y, share, height = page.place(_LEFT, top, width, 26)
    page.figure.add_artist(Rectangle((x, y), share, height, facecolor=color, transform=page.figure.transFigure))


def _rule(page: Page, top: float) -> None:
    x, y, width, height = page.place(_LEFT, top, _WIDTH, 2)
    page.figure.add_artist(Rectangle((x, y), width, height, facecolor="#d9dce1", transform=page.figure.transFigure))
