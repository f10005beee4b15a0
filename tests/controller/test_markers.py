"""Markers: at the moment of the key, in order in the record, and open to change after the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from emotion_gui.controller.markers import MarkerBook
from emotion_gui.controller.record_writer import RecordWriter
from emotion_gui.controller.session_link import SessionLink
from emotion_gui.controller.status import Notice
from emotion_gui.core.markers import Marker
from emotion_gui.core.results import FrameResult
from emotion_gui.core.session import InterviewSession
from emotion_gui.storage.session_store import SessionStore
from tests.builders import make_info


class Desk:
    """A running session with its markers, a real store behind them, and a clock that a test turns."""

    def __init__(self, folder: Path) -> None:
        self.store = SessionStore(folder)
        self.writer = RecordWriter(self.store)
        self.session = InterviewSession(make_info())
        self.id = self.session.info.session_id
        self.running = self.live = True
        self.now = 100.0
        self.told: list[Notice] = []
        link = SessionLink(
            lambda: self.session if self.running else None,
            lambda entry: self.writer.add(self.id, entry),
            self.told.append,
        )
        self.book = MarkerBook(
            link, self.writer, session=lambda: self.session, live=lambda: self.live, clock=lambda: self.now
        )
        self.writer.begin(self.session.info)

    def result_at(self, time_s: float, delay_s: float = 0.04) -> None:
        for entry in self.session.add(FrameResult(0, time_s, 0.1, ())):
            self.writer.add(self.id, entry)
        self.book.note_result(delay_s)

    def stop(self) -> None:
        self.running = False
        self.writer.end(self.id, datetime.now(UTC))

    def kept(self) -> tuple[Marker, ...]:
        assert self.writer.flush()
        return self.store.load(self.id).markers


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.writer.close()
    made.store.close()


def test_a_marker_stands_at_the_moment_it_was_set(desk: Desk) -> None:
    desk.result_at(0.0)
    desk.result_at(12.0, delay_s=0.04)
    desk.now += 0.5
    marker = desk.book.set()
    assert marker is not None
    assert marker.time_s == pytest.approx(12.54)
    # Its text comes later and does not move it.
    desk.now += 20
    desk.book.rename(marker, "question 3")
    assert desk.kept() == desk.book.all == (Marker(marker.time_s, "question 3", marker.marker_id),)


def test_the_time_of_a_held_recording_stands_still(desk: Desk) -> None:
    desk.live = False
    desk.result_at(0.0)
    desk.result_at(3.0)
    desk.now += 60
    marker = desk.book.set()
    assert marker is not None
    assert marker.time_s == 3.0


def test_none_without_a_session_or_before_its_first_picture(desk: Desk) -> None:
    assert desk.book.set() is None
    assert "first picture" in desk.told[0].message
    desk.result_at(0.0)
    desk.running = False
    assert desk.book.set() is None
    assert desk.book.all == desk.kept() == ()


def test_two_hundred_in_a_row(desk: Desk) -> None:
    desk.result_at(0.0)
    for number in range(200):
        desk.now += 0.001
        marker = desk.book.set()
        assert marker is not None
        desk.book.rename(marker, f"question {number}")
    desk.stop()
    kept = desk.kept()
    assert [marker.text for marker in kept] == [f"question {number}" for number in range(200)]
    assert kept == desk.book.all


@pytest.mark.parametrize("text", ["x" * 10_000, "=cmd()\n../", "סימן 😀 سؤال", ""])
def test_any_text_is_kept_as_typed(desk: Desk, text: str) -> None:
    desk.result_at(0.0)
    marker = desk.book.set()
    assert marker is not None
    desk.book.rename(marker, text)
    assert [each.text for each in desk.kept()] == [text]


def test_markers_can_be_changed_after_the_end(desk: Desk) -> None:
    desk.result_at(0.0)
    markers = []
    for time_s in (1.0, 2.0, 3.0):
        desk.result_at(time_s, 0)
        markers.append(desk.book.set())
    first, second, third = markers
    assert first and second and third
    desk.stop()
    desk.book.rename(first, "begin")
    desk.book.remove(second)
    desk.book.remove(second)
    desk.book.rename(second, "gone")
    desk.book.rename(third, "end")
    assert [(marker.time_s, marker.text) for marker in desk.kept()] == [(1.0, "begin"), (3.0, "end")]
    assert desk.book.all == desk.kept()


def test_a_session_deleted_meanwhile_does_not_hold_up_the_others(desk: Desk) -> None:
    desk.result_at(0.0)
    marker = desk.book.set()
    assert marker is not None
    desk.stop()
    assert desk.writer.flush()
    desk.store.delete(desk.id)
    desk.book.rename(marker, "too late")
    desk.book.remove(marker)
    assert desk.writer.flush()
    assert not list(desk.writer.notices())
