from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emotion_gui.core.consent import Purpose
from emotion_gui.core.nervousness import Verdict
from emotion_gui.core.session import SessionState
from emotion_gui.storage.session_summary import SessionSummary
from emotion_gui.ui.history.filter import COLUMNS, HistoryFilter, Line, chosen_lines, parse_day
from tests.builders import TENSE, make_info, make_record

CALM_STATISTICS, TENSE_STATISTICS = make_record(30, 5).statistics, make_record(30, 5, moods=TENSE).statistics
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def line(candidate: str = "Ada", *, days: int = 0, purpose: Purpose = Purpose.PRACTICE, tense: bool = False) -> Line:
    started = NOON - timedelta(days=days)
    info = make_info(candidate=candidate, started_at=started, purpose=purpose, session_id=f"{abs(days):032x}")
    statistics = TENSE_STATISTICS if tense else CALM_STATISTICS
    return Line(SessionSummary(info, started, SessionState.FINISHED, statistics))


LINES = (
    line("Ada Lovelace"),
    line("Grace  HOPPER", days=1, purpose=Purpose.RESEARCH, tense=True),
    line("ada byron", days=2, tense=True),
)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (HistoryFilter(), ["Ada Lovelace", "Grace  HOPPER", "ada byron"]),
        (HistoryFilter(candidate="ADA"), ["Ada Lovelace", "ada byron"]),
        (HistoryFilter(candidate="hopper grace"), ["Grace  HOPPER"]),
        (HistoryFilter(candidate="nobody"), []),
        (HistoryFilter(begin=date(2026, 11, 20)), ["Ada Lovelace", "Grace  HOPPER"]),
        (HistoryFilter(end=date(2026, 11, 20)), ["Grace  HOPPER", "ada byron"]),
        (HistoryFilter(begin=date(2026, 11, 20), end=date(2026, 11, 20)), ["Grace  HOPPER"]),
        (HistoryFilter(purpose=Purpose.RESEARCH), ["Grace  HOPPER"]),
        (HistoryFilter(verdict=Verdict.NERVOUS), ["Grace  HOPPER", "ada byron"]),
        (HistoryFilter(candidate="ada", verdict=Verdict.NERVOUS), ["ada byron"]),
    ],
)
def test_conditions_combine(wanted: HistoryFilter, names: list[str]) -> None:
    assert [each.session.info.candidate for each in chosen_lines(LINES, wanted, "date", falling=True)] == names


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("falling", [False, True])
def test_every_column_sorts_both_ways(column: str, falling: bool) -> None:
    order = COLUMNS[column].order
    keys = [order(each) for each in chosen_lines(LINES, HistoryFilter(), column, falling=falling)]
    assert keys == sorted(keys, reverse=falling)


def test_equal_lines_stay_newest_first() -> None:
    for falling in (False, True):
        lines = chosen_lines(LINES, HistoryFilter(), "state", falling=falling)
        assert [each.day for each in lines] == sorted((each.day for each in lines), reverse=True)


@pytest.mark.parametrize("text", ["2026-11-21", " 21.11.2026 ", "21/11/2026", "20261121"])
def test_days_are_read_as_people_type_them(text: str) -> None:
    assert parse_day(text) == date(2026, 11, 21)


@pytest.mark.parametrize("text", ["21.13.2026", "yesterday", "2026-11", "1.2.3.4", "99/99/9999", "..", "1//2"])
def test_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_day(text)


@settings(deadline=None, max_examples=25)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_name_is_found_by_any_part_of_itself(name: str, other: str) -> None:
    named = line(f"{name} {other}")
    assert HistoryFilter(candidate=other).fits(named)
    assert "\n" not in named.cells[0]
    assert len(line(name * 500).cells[0]) <= 200


def test_an_empty_session_has_its_cells() -> None:
    empty = line()
    bare = Line(replace(empty.session, statistics=make_record(0).statistics))
    assert "0 %" in bare.cells
    assert bare.verdict is Verdict.NOT_ENOUGH_DATA
