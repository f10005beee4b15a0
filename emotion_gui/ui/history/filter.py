"""Which of the stored sessions are shown, and in which order; no widgets here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from emotion_gui.core.consent import Purpose
from emotion_gui.core.consent_texts import PURPOSES
from emotion_gui.core.nervousness import Verdict
from emotion_gui.core.translation import N_, _
from emotion_gui.ui.review.wording import STATES
from emotion_gui.ui.wording import clock, moment

if TYPE_CHECKING:
    from emotion_gui.storage.session_summary import SessionSummary


@dataclass(frozen=True)
class Line:
    """One session as the list shows it; what takes time is worked out once."""

    session: SessionSummary

    @property
    def key(self) -> str:
        return self.session.session_id

    @cached_property
    def verdict(self) -> Verdict:
        return self.session.judgement.verdict

    @cached_property
    def day(self) -> date:
        """Of the start, in the user's own time zone."""
        return self.session.info.started_at.astimezone().date()

    @cached_property
    def searched(self) -> str:
        """The candidate's name as it is searched in: any case, any spacing."""
        return " ".join(self.session.info.candidate.casefold().split())

    @cached_property
    def usable_share(self) -> float:
        """Share of the counted time in which a face could be judged, 0 to 1."""
        counted_s = self.session.duration_s
        return self.session.face_duration_s / counted_s if counted_s else 0.0

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The texts of its columns."""
        return tuple(column.text(self) for column in COLUMNS.values())


@dataclass(frozen=True)
class Column:
    """One column of the list.

    Attributes:
        title: Its heading.
        width: In pixels at 96 dots per inch.
        text: What it shows.
        order: What it is sorted by.
        falls: Whether the largest comes first when it is first chosen.
    """

    title: str
    width: int
    text: Callable[[Line], str]
    order: Callable[[Line], Any]
    falls: bool = False


def _candidate(line: Line) -> str:
    # A line break or ten thousand characters must not break the row.
    return " ".join(line.session.info.candidate.split())[:200] or _("No name given")


COLUMNS: Mapping[str, Column] = {
    "candidate": Column(N_("Candidate"), 200, _candidate, lambda line: line.searched),
    "date": Column(
        N_("Date"),
        140,
        lambda line: moment(line.session.info.started_at),
        lambda line: line.session.info.started_at,
        falls=True,
    ),
    "purpose": Column(
        N_("Purpose"),
        110,
        lambda line: _(PURPOSES[line.session.info.purpose]),
        lambda line: _(PURPOSES[line.session.info.purpose]),
    ),
    "duration": Column(
        N_("Duration"),
        90,
        lambda line: clock(line.session.duration_s),
        lambda line: line.session.duration_s,
        falls=True,
    ),
    "usable": Column(
        N_("Usable"), 80, lambda line: f"{100 * line.usable_share:.0f} %", lambda line: line.usable_share, falls=True
    ),
    "verdict": Column(
        N_("Verdict"), 150, lambda line: _(line.verdict.title), lambda line: list(Verdict).index(line.verdict)
    ),
    "state": Column(
        N_("State"), 120, lambda line: _(STATES[line.session.state]), lambda line: line.session.state.value
    ),
}


def parse_day(text: str) -> date | None:
    """A day as it was typed: '2026-11-21', '21.11.2026' or '21/11/2026'; None for an empty text.

    Raises:
        ValueError: It is no day.
    """
    stripped = text.strip()
    if not stripped:
        return None
    for separator in (".", "/"):
        if stripped.count(separator) == 2:
            day, month, year = stripped.split(separator)
            return date(int(year), int(month), int(day))
    return date.fromisoformat(stripped)


@dataclass(frozen=True)
class HistoryFilter:
    """What a session must have to be shown; the conditions combine.

    Attributes:
        candidate: Words that must all be part of the candidate's name, in any case.
        begin: First day; None for no limit.
        end: Last day; None for no limit.
        purpose: None for any.
        verdict: None for any.
    """

    candidate: str = ""
    begin: date | None = None
    end: date | None = None
    purpose: Purpose | None = None
    verdict: Verdict | None = None

    def fits(self, line: Line) -> bool:
        """Whether a session is shown."""
        return (
            all(word in line.searched for word in self.candidate.casefold().split())
            and (self.begin is None or line.day >= self.begin)
            and (self.end is None or line.day <= self.end)
            and (self.purpose is None or line.session.info.purpose is self.purpose)
            and (self.verdict is None or line.verdict is self.verdict)
        )


def chosen_lines(lines: Iterable[Line], wanted: HistoryFilter, column: str, *, falling: bool) -> Sequence[Line]:
    """The sessions to show, sorted by a column; those that are equal in it stay newest first."""
    fitting = sorted(
        (line for line in lines if wanted.fits(line)), key=lambda line: line.session.info.started_at, reverse=True
    )
    # Python's sort keeps equal ones in place also when it is reversed.
    return sorted(fitting, key=COLUMNS[column].order, reverse=falling)
