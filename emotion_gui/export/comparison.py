"""Several sessions as small multiples: every share on one scale, every course on one time axis."""

from __future__ import annotations

import errno
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from emotion_gui.core.atomic_file import atomic_path
from emotion_gui.core.comparability import reservations, usable_share
from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.errors import ExportError
from emotion_gui.core.nervousness import CAVEAT
from emotion_gui.core.session import SessionRecord
from emotion_gui.core.translation import _
from emotion_gui.export.chart_theme import DARK, LIGHT, ChartTheme, duration_text, percent_text
from emotion_gui.export.course import session_end_s
from emotion_gui.export.page_text import Page
from emotion_gui.export.review_charts import step_columns
from emotion_gui.export.timeline_chart import TimelineChart

MOST_SESSIONS = 8
# Pixels at 100 dots per inch; everything grows with the density.
_BASE_DPI = 100.0
_MARGIN, _NAMES, _GAP = 16, 78, 18
_BAR_PITCH, _HEAD, _COURSE, _COURSE_HEAD = 24, 66, 74, 40
_PERCENT_ROOM = 40
_EXPORT_WIDTH, _EXPORT_DPI = 1800, 150.0


@dataclass(frozen=True)
class _Place:
    """The page that is drawn on, and pixels per unit of the measures above."""

    page: Page
    unit: float

    def px(self, units: float) -> float:
        return units * self.unit

    @property
    def theme(self) -> ChartTheme:
        return self.page.theme

    @property
    def width(self) -> float:
        """Of the page in units."""
        return self.page.size_wh[0] / self.unit

    def write(self, left: float, top: float, text: str, *, width: float, **style: object) -> None:
        """One line of literal text, cut where it is wider than `width` units."""
        if text:
            self.page.write_line(self.px(left), self.px(top), text, width=self.px(width), **style)

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        box = self.page.place(*(self.px(value) for value in (left, top, width, height)))
        return self.page.figure.add_axes(box)


def draw_comparison(
    records: Sequence[SessionRecord], width: int, dpi: float = _BASE_DPI, *, dark: bool = False
) -> NDArray[np.uint8]:
    """Draw sessions beside each other.

    Args:
        records: 1 to `MOST_SESSIONS` sessions, in the order in which they are shown.
        width: Of the picture in pixels, 600 or more; its height follows from the number of sessions.
        dpi: Pixels per inch; text grows with it.
        dark: Whether the picture is for a dark window.

    Returns:
        RGB, uint8 [height, width, 3].
    """
    page = _page(records, (width, dpi), notes=(), theme=DARK if dark else LIGHT)
    canvas = page.figure.canvas
    assert isinstance(canvas, FigureCanvasAgg)
    canvas.draw()  # type: ignore[no-untyped-call]  # matplotlib's canvas has no type information
    rgba = canvas.buffer_rgba()  # type: ignore[no-untyped-call]  # the same
    return np.ascontiguousarray(np.asarray(rgba)[..., :3])


def write_comparison(records: Sequence[SessionRecord], path: Path, *, overwrite: bool = False) -> Path:
    """Write the comparison as a PNG, with what stands against it, whole or not at all.

    Raises:
        ExportError: The file is there and may not be replaced, or it cannot be written.
    """
    if path.exists() and not overwrite:
        raise ExportError(
            _("'{name}' is there already.").format(name=path.name),
            _("Choose another name, or allow it to be replaced."),
        )
    notes = (*reservations(records), _(CAVEAT))
    page = _page(records, (_EXPORT_WIDTH, _EXPORT_DPI), notes=notes, theme=LIGHT)
    try:
        with atomic_path(path) as temporary:
            page.figure.savefig(temporary, format="png", dpi=_EXPORT_DPI)
    except OSError as error:
        full = error.errno == errno.ENOSPC
        raise ExportError(
            _("The disk is full; '{name}' was not written.").format(name=path.name)
            if full
            else _("'{name}' cannot be written there.").format(name=path.name),
            _("Free some space and export again.") if full else _("Choose a folder that you may write to."),
        ) from error
    return path


def _page(
    records: Sequence[SessionRecord], width_dpi: tuple[int, float], *, notes: Sequence[str], theme: ChartTheme
) -> Page:
    width, dpi = width_dpi
    unit = dpi / _BASE_DPI
    shares_top = _MARGIN
    courses_top = shares_top + _HEAD + len(EMOTIONS) * _BAR_PITCH + 26
    notes_top = courses_top + _COURSE_HEAD + len(records) * _COURSE + 26
    height = notes_top + len(notes) * 20 + (12 if notes else 0)
    place = _Place(Page((width, round(height * unit)), dpi, theme), unit)
    _draw_shares(place, records, shares_top)
    _draw_courses(place, records, courses_top)
    for number, note in enumerate(notes):
        place.write(_MARGIN, notes_top + number * 20, note, width=place.width - 2 * _MARGIN, size=8, color=theme.muted)
    return place.page


def _draw_shares(place: _Place, records: Sequence[SessionRecord], top: float) -> None:
    """A column of bars for each session; the same length means the same share in all of them."""
    pitch = (place.width - 2 * _MARGIN - _NAMES + _GAP) / max(1, len(records))
    shares = [tuple(record.statistics.shares().values()) for record in records]
    # The next full tenth, so that short bars can be told apart; the heading says where the scale ends.
    longest = math.ceil(10 * max([0.1, *(share for each in shares for share in each)]) - 1e-9) / 10
    heading = _("Share of face time; a full bar is {percent:.0f} %").format(percent=100 * longest)
    place.write(_MARGIN, top, heading, width=700, size=10, weight="bold")
    for index, emotion in enumerate(EMOTIONS):
        y = top + _HEAD + index * _BAR_PITCH
        place.write(_MARGIN, y + 2, _(emotion.title), width=_NAMES - 6, size=8.5)
    for number, (record, each) in enumerate(zip(records, shares, strict=True)):
        left = _MARGIN + _NAMES + number * pitch
        _draw_heading(place, record, (left, top + 22), pitch - _GAP)
        box = (left, top + _HEAD, pitch - _GAP, len(EMOTIONS) * _BAR_PITCH)
        _draw_bars(place, each, box, longest)


def _draw_heading(place: _Place, record: SessionRecord, place_at: tuple[float, float], width: float) -> None:
    left, top = place_at
    place.write(left, top, _name(record), width=width, size=9, weight="bold")
    place.write(left, top + 18, _(record.judgement.verdict.title), width=width, size=8, color=place.theme.muted)


def _draw_bars(place: _Place, shares: Sequence[float], box: tuple[float, float, float, float], longest: float) -> None:
    left, top, width, _height = box
    room = width - _PERCENT_ROOM
    for index, (emotion, share) in enumerate(zip(EMOTIONS, shares, strict=True)):
        y = top + index * _BAR_PITCH
        _block(place, (left, y, room, 16), place.theme.track)
        _block(place, (left, y, room * share / longest, 16), emotion.color)
        place.write(left + room + 6, y + 2, percent_text(share), width=_PERCENT_ROOM, size=8)


def _draw_courses(place: _Place, records: Sequence[SessionRecord], top: float) -> None:
    """One row for each session; a second has the same width in all of them."""
    place.write(_MARGIN, top, _("Course: mean probability of each expression"), width=700, size=10, weight="bold")
    longest_s = max(session_end_s(record.timeline) for record in records)
    label = 168
    # The last time label stands half beyond its axis.
    room = place.width - 2 * _MARGIN - label - 12
    for number, record in enumerate(records):
        y = top + _COURSE_HEAD + number * _COURSE
        end_s = session_end_s(record.timeline)
        _draw_label(place, record, y, label - 12)
        width = max(8.0, room * end_s / longest_s)
        axes = place.axes(_MARGIN + label, y, width, _COURSE - 26)
        ticks = max(1, int(8 * end_s / longest_s))
        chart = TimelineChart(axes, theme=place.theme, font_size=7, max_ticks=ticks, textures=True)
        chart.update(step_columns(record.timeline, (0.0, end_s), int(place.px(width))), (0.0, end_s))
        axes.yaxis.set_visible(False)


def _draw_label(place: _Place, record: SessionRecord, top: float, width: float) -> None:
    date = record.info.started_at.astimezone().strftime("%Y-%m-%d %H:%M")
    usable = _("{duration}, {share:.0f} % usable").format(
        duration=duration_text(record.statistics.duration_s), share=100 * usable_share(record)
    )
    place.write(_MARGIN, top - 2, _name(record), width=width, size=8.5)
    place.write(_MARGIN, top + 15, date, width=width, size=7.5, color=place.theme.muted)
    place.write(_MARGIN, top + 30, usable, width=width, size=7.5, color=place.theme.muted)


def _name(record: SessionRecord) -> str:
    return record.info.candidate.strip() or _("No name given")


def _block(place: _Place, box: tuple[float, float, float, float], color: str) -> None:
    x, y, width, height = place.page.place(*(place.px(value) for value in box))
    figure = place.page.figure
    figure.add_artist(Rectangle((x, y), width, height, facecolor=color, transform=figure.transFigure))
