"""One A4 page of a session, to be handed over."""

from __future__ import annotations

from pathlib import Path

from matplotlib.patches import FancyBboxPatch, Rectangle

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.nervousness import CAVEAT, Judgement, NervousnessRule, Verdict
from emotion_gui.core.session import SessionRecord, SessionState
from emotion_gui.export.chart_theme import LIGHT, clock_text, duration_text, percent_text
from emotion_gui.export.course import course_of, session_end_s
from emotion_gui.export.emotion_bars import EmotionBars
from emotion_gui.export.page_text import Page
from emotion_gui.export.pie_chart import PieChart
from emotion_gui.export.running_shares import RunningSharesChart
from emotion_gui.export.timeline_chart import TimelineChart

# A4 at 150 dots per inch.
SIZE_WH, DPI = (1240, 1754), 150
_LEFT, _WIDTH = 92, 1056
_COLUMN = 528
_CARD = "#f5f6f8"
_INK = {Verdict.NERVOUS: "#9a3412", Verdict.NOT_NERVOUS: "#14532d", Verdict.NOT_ENOUGH_DATA: "#3f4650"}
_SIGN = {Verdict.NERVOUS: "\N{BLACK UP-POINTING TRIANGLE}", Verdict.NOT_NERVOUS: "\N{BLACK CIRCLE}"}
_NO_SIGN = "\N{WHITE CIRCLE}"


def write_page(record: SessionRecord, path: Path) -> None:
    """Draw the report as a PNG of 1240 x 1754 pixels.

    Args:
        record: The session; may be empty.
        path: The file.

    Raises:
        OSError: The file cannot be written.
    """
    page = Page(SIZE_WH, DPI)
    _draw_head(page, record)
    _draw_verdict(page, record.judgement, record.info.rule, 306)
    _draw_rule_bar(page, record, 488)
    _draw_shares(page, record, 580)
    _draw_course(page, record, 992)
    _draw_foot(page, record)
    page.figure.savefig(path, format="png", dpi=DPI)


def rule_share(record: SessionRecord) -> float | None:
    """Share of counted face time with an expression that has a threshold, 0 to 1; None while none was counted."""
    rule, seconds = record.info.rule, record.statistics.seconds
    total = sum(seconds[emotion] for emotion in rule.counted)
    watched = sum(seconds[emotion] for emotion in rule.counted if emotion in rule.thresholds)
    return watched / total if total else None


def _draw_head(page: Page, record: SessionRecord) -> None:
    info, statistics = record.info, record.statistics
    page.write(_LEFT, 84, "Expression report", size=10, color=LIGHT.muted)
    page.write_line(_LEFT, 110, info.candidate or "No name given", width=_WIDTH, size=21, weight="bold")
    _rule(page, 178)
    facts = (
        ("Date", info.started_at.astimezone().strftime("%d %B %Y, %H:%M")),
        ("Counted time", duration_text(statistics.duration_s)),
        ("With a face", duration_text(statistics.face_duration_s)),
        ("Source", info.provenance.source),
        ("Session", _state_text(record)),
    )
    lefts, widths = (0, 300, 472, 644, 868), (286, 160, 160, 212, 188)
    for (label, value), left, width in zip(facts, lefts, widths, strict=True):
        page.write(_LEFT + left, 196, label, size=7.5, color=LIGHT.muted)
        page.write_line(_LEFT + left, 217, value, width=width, size=9.5)
    note = f"Note: {info.note}" if info.note.strip() else ""
    page.write_block(_LEFT, 254, note, width=_WIDTH, lines=2, size=8, color=LIGHT.muted)


def _state_text(record: SessionRecord) -> str:
    words = {
        SessionState.FINISHED: "Complete",
        SessionState.INTERRUPTED: "Interrupted",
        SessionState.RUNNING: "Still running",
    }
    return words[record.state]


def _draw_verdict(page: Page, judgement: Judgement, rule: NervousnessRule, top: float) -> None:
    left, bottom, width, height = page.place(_LEFT, top, _WIDTH, 160)
    page.figure.add_artist(
        FancyBboxPatch(
            (left, bottom),
            width,
            height,
            boxstyle="round,pad=0,rounding_size=0.008",
            facecolor=_CARD,
            edgecolor="#d9dce1",
            transform=page.figure.transFigure,
        )
    )
    ink = _INK[judgement.verdict]
    sign = _SIGN.get(judgement.verdict, _NO_SIGN)
    page.write(_LEFT + 28, top + 22, f"{sign}  {judgement.verdict.title}", size=16, weight="bold", color=ink)
    reason = judgement.reason[:1].upper() + judgement.reason[1:]
    page.write_line(_LEFT + 28, top + 72, f"{reason}.", width=_WIDTH - 56, size=9.5)
    if rule.min_face_s and judgement.verdict is Verdict.NOT_ENOUGH_DATA:
        reason = "There is no verdict before that time."
        page.write_line(_LEFT + 28, top + 98, reason, width=_WIDTH - 56, size=8.5, color=LIGHT.muted)
    page.write_line(_LEFT + 28, top + 124, CAVEAT, width=_WIDTH - 56, size=8.5, color=LIGHT.muted, style="italic")


def _draw_rule_bar(page: Page, record: SessionRecord, top: float) -> None:
    """Face time with an expression that has a threshold against the rest."""
    share, rule = rule_share(record), record.info.rule
    names = ", ".join(emotion.value for emotion in EMOTIONS if emotion in rule.thresholds) or "none"
    caption = f"Face time with a nervous expression ({names})"
    page.write_line(_LEFT, top, caption, width=_WIDTH - 330, size=8, color=LIGHT.muted)
    _block(page, top + 26, _WIDTH, LIGHT.track)
    if share is None:
        page.write(_LEFT + 12, top + 33, "No face counted yet", size=8.5, color=LIGHT.muted)
        return
    _block(page, top + 26, _WIDTH * share, "#4b5563")
    figures = f"nervous {percent_text(share)}, not nervous {percent_text(1 - share)}"
    page.write(_LEFT + _WIDTH, top, figures, size=8, ha="right", weight="bold")


def _draw_shares(page: Page, record: SessionRecord, top: float) -> None:
    info, statistics = record.info, record.statistics
    shares = tuple(statistics.shares().values())
    seconds = tuple(statistics.seconds[emotion] for emotion in EMOTIONS)
    _heading(page, top, "Share of face time")
    side = 320
    pie_axes = page.figure.add_axes(page.place(_LEFT + 30, top + 46, side, side))
    PieChart(pie_axes, font_size=8.5, hatches=True).update(shares)
    bars_left = _LEFT + side + 110
    bars_axes = page.figure.add_axes(page.place(bars_left, top + 46, _LEFT + _WIDTH - bars_left, side - 24))
    bars = EmotionBars(bars_axes, font_size=9, hatches=True)
    bars.update(shares, seconds, info.rule.thresholds, uncounted=frozenset(EMOTIONS) - info.rule.counted)
    page.write(bars_left, top + 46 + side - 16, "The line across a bar is its threshold.", size=7.5, color=LIGHT.muted)


def _draw_course(page: Page, record: SessionRecord, top: float) -> None:
    end_s = session_end_s(record.timeline)
    left, width = _LEFT + 56, _WIDTH - 56
    _heading(page, top, "Course: mean probability of each expression")
    _legend(page, top + 36)
    chart = TimelineChart(page.figure.add_axes(page.place(left, top + 66, width, 150)), font_size=7.5)
    chart.show(course_of(record.timeline))
    _heading(page, top + 268, "Share of face time so far, with thresholds and where they were crossed (dots)")
    # Beside the chart stand the names of the thresholds.
    axes = page.figure.add_axes(page.place(left, top + 312, width - 172, 170))
    shares = RunningSharesChart(axes, font_size=7.5)
    shares.draw(record.timeline, record.info.rule, end_s)
    page.write(_LEFT + _WIDTH, top + 512, "Session time", size=7, color=LIGHT.muted, ha="right")


def _draw_foot(page: Page, record: SessionRecord) -> None:
    info, top = record.info, 1552
    _rule(page, top)
    origin = info.provenance
    rule = info.rule
    lines = (
        f"Model {origin.model_name}, SHA-256 {origin.model_sha256[:16]}...; face detector {origin.detector}; "
        f"Emotion GUI {origin.app_version}; session {info.session_id[:12]}.",
        f"Settings: verdict after {rule.min_face_s:g} s with a face; thresholds {_thresholds_text(rule)}; "
        f"{_counted_text(rule)}; smallest face {info.settings.get('min_face_px', '?')} px.",
        "Time is counted, not frames: each result stands for the seconds since the one before it, so fast and slow "
        f"machines agree. Session time {clock_text(session_end_s(record.timeline))}, {record.statistics.frames} "
        "frames analysed.",
    )
    for number, line in enumerate(lines):
        page.write_block(_LEFT, top + 14 + 50 * number, line, width=_WIDTH, lines=2, size=7, color=LIGHT.muted)


def _thresholds_text(rule: NervousnessRule) -> str:
    return ", ".join(f"{e.value} {rule.thresholds[e]:g} %" for e in EMOTIONS if e in rule.thresholds) or "none"


def _counted_text(rule: NervousnessRule) -> str:
    left_out = [emotion.value for emotion in EMOTIONS if emotion not in rule.counted]
    return f"{', '.join(left_out)} not counted" if left_out else "all seven expressions counted"


def _heading(page: Page, top: float, text: str) -> None:
    page.write(_LEFT, top, text, size=10.5, weight="bold")


def _legend(page: Page, top: float) -> None:
    for index, emotion in enumerate(EMOTIONS):
        left = _LEFT + 56 + index * 132
        _swatch(page, left, top, emotion)
        page.write(left + 24, top - 1, emotion.title, size=8)


def _swatch(page: Page, left: float, top: float, emotion: Emotion) -> None:
    x, y, width, height = page.place(left, top, 16, 16)
    page.figure.add_artist(Rectangle((x, y), width, height, facecolor=emotion.color, transform=page.figure.transFigure))


def _block(page: Page, top: float, width: float, color: str) -> None:
    x, y, share, height = page.place(_LEFT, top, width, 34)
    page.figure.add_artist(Rectangle((x, y), share, height, facecolor=color, transform=page.figure.transFigure))


def _rule(page: Page, top: float) -> None:
    x, y, width, height = page.place(_LEFT, top, _WIDTH, 2)
    page.figure.add_artist(Rectangle((x, y), width, height, facecolor="#d9dce1", transform=page.figure.transFigure))
