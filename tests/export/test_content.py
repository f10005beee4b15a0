"""What a report says, before anyone draws it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from emotion_gui.core import translation
from emotion_gui.core.consent import AskedOf, Consent
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.markers import Marker
from emotion_gui.core.session import SessionEvent, SessionRecord
from emotion_gui.core.timeline import Timeline
from emotion_gui.export.content.blocks import MOST_ROWS, Block, Table
from emotion_gui.export.content.chart_words import course_words, shares_words
from emotion_gui.export.content.report import report_of
from emotion_gui.export.content.wording import baseline_text, consent_text, event_details, smoothing_text
from tests.builders import make_face, make_info, make_record
from tests.export.sessions import full_record, watched_record

_AGREED = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)


def _table(blocks: tuple[Block, ...]) -> Table:
    return next(block for block in blocks if isinstance(block, Table))


def _section(title: str, record: SessionRecord) -> tuple[Block, ...]:
    report = report_of(record)
    return next(section.blocks for section in report.sections if section.title == title)


@pytest.mark.parametrize(
    ("consent", "words"),
    [
        (None, "Nobody was asked"),
        (Consent(_AGREED, "", "en", asked_of=AskedOf.NOBODY), "Nobody was asked"),
        (Consent(_AGREED, "3", "de"), "The candidate agreed on"),
        (Consent(_AGREED, "3", "de", asked_of=AskedOf.USER), "The user of the program confirmed"),
    ],
)
def test_the_consent_line_says_who_agreed(consent: Consent | None, words: str) -> None:
    assert words in consent_text(consent)


def test_the_text_version_and_its_language_are_named() -> None:
    assert "version 3 of the consent text (de)" in consent_text(Consent(_AGREED, "3", "de"))


@pytest.mark.parametrize(
    ("settings", "words"), [({}, "Not known"), ({"smoothing_ms": 0}, "None:"), ({"smoothing_ms": 350}, "350 ms")]
)
def test_smoothing_is_told_as_it_was(settings: dict[str, int], words: str) -> None:
    assert words in smoothing_text(make_info(settings=settings))


def test_a_baseline_is_said_to_be_used_or_not() -> None:
    assert "Not used" in baseline_text(make_record(1))
    assert "Used from 0 s on" in baseline_text(full_record(5.0))


def test_quality_adds_up_to_the_counted_time() -> None:
    rows = _table(_section("How much of the time was usable", watched_record())).rows
    assert rows == (
        ("Usable: a face that counts", "8.0 s", "80 %"),
        ("Turned away", "2.0 s", "20 %"),
        ("No face that could count", "0 s", "0 %"),
        ("Counted time", "10 s", "100 %"),
    )


def test_each_segment_has_its_verdict_or_is_too_short() -> None:
    record = replace(make_record(60), markers=(Marker(20.0, "long"), Marker(58.0, "short"), Marker(59.0, " ")))
    rows = _table(_section("Markers and segments", record)).rows
    assert [row[0] for row in rows] == ["Before the first marker", "1. long", "2. short", "3. Marker without a text"]
    assert rows[1][-1].startswith(("Nervous", "Not nervous"))
    assert rows[2][-1] == "Too short to say"


def test_a_table_of_hundreds_of_rows_says_how_many_more_there_are() -> None:
    events = tuple(SessionEvent(float(second), "paused") for second in range(1000))
    table = _table(_section("Events", make_record(1, events=events)))
    assert (len(table.rows), table.left_out) == (MOST_ROWS, 1000 - MOST_ROWS)


def test_the_course_in_words_names_what_led_when() -> None:
    timeline = Timeline()
    for second in range(1, 101):
        timeline.add(float(second), 1.0, [make_face(Emotion.HAPPY)] if second <= 40 else [make_face(Emotion.SAD)])
    words = course_words(replace(make_record(0), timeline=timeline))
    assert "0:00\N{EN DASH}0:20: Happy 100 %" in words
    assert "1:20\N{EN DASH}1:40: Sad 100 %" in words


def test_shares_in_words_begin_with_the_longest() -> None:
    record = make_record(60)
    shares = record.statistics.shares()
    longest = max(shares, key=shares.__getitem__)
    assert f": {longest.title} " in shares_words(record)
    assert shares_words(make_record(0)).startswith("No face was counted")


@pytest.fixture
def _german() -> Iterator[None]:
    translation.set_language("de")
    yield
    translation.set_language(translation.DEFAULT_LANGUAGE)


@pytest.mark.usefixtures("_german")
@pytest.mark.parametrize(("kind", "kept", "shown"), [
    ("candidate chosen", "person 2", "Person 2"),
    ("candidate back", "person 2 after 3.4 s", "Person 2 nach 3.4 s"),
    ("clock set back", "by about 3 min; the session's own times are right",
     "um etwa 3 min; die Zeiten der Sitzung stimmen"),
    ("rescued from a damaged file",
     "3 of 90 results could not be read; some events, markers or corrections could not be read",
     "3 von 90 Messwerten waren nicht lesbar; einige Ereignisse, Markierungen oder Korrekturen waren nicht lesbar"),
    ("settings changed", "threshold_angry: 25.0 -> None, count_everyone: False -> True",
     "Wütend über: 25.0 -> keine, Alle zählen: aus -> an"),
    ("settings changed", "export_folder: /True/x: y -> z", "export_folder: /True/x: y -> z"),
    ("source lost", "The cable is out.", "The cable is out."),
    ("snapshot taken", "snapshot 1.png", "snapshot 1.png"),
    ("stopped", "", ""),
])  # fmt: skip
def test_what_stands_beside_an_event_is_told_in_the_users_language(kind: str, kept: str, shown: str) -> None:
    assert event_details(kind, kept) == shown
