"""The store through its public methods: what goes in comes out, whole and exact."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emotion_gui.core.emotions import Emotion
from emotion_gui.core.errors import StorageError
from emotion_gui.core.nervousness import NervousnessRule, Verdict
from emotion_gui.core.results import Box, FaceResult
from emotion_gui.core.session import SessionEvent, SessionFrame, SessionState, summarize
from emotion_gui.storage.session_rows import SELECT_FRAMES
from emotion_gui.storage.session_store import SessionStore
from tests.builders import STARTED_AT, make_face, make_frames, make_info, same_totals

ENDED_AT = STARTED_AT + timedelta(minutes=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SessionStore]:
    with SessionStore(tmp_path / "sessions") as opened:
        yield opened


def test_session_comes_back_as_it_was(store: SessionStore) -> None:
    info = make_info(candidate="=SUM(A1) Łukasz 李雷 \ud83d", rule=NervousnessRule({Emotion.FEAR: 12.5}))
    frames = tuple(make_frames(30, faces=2))
    events = (SessionEvent(4.0, "paused"), SessionEvent(6.0, "source lost", "The camera was pulled out."))
    store.create(info)
    store.append(info.session_id, (*frames[:200], *events[:1]))
    store.append(info.session_id, (*frames[200:], *events[1:]))
    store.finish(info.session_id, ENDED_AT)

    record = store.load(info.session_id)

    assert record.info == replace(info, candidate="=SUM(A1) Łukasz 李雷 ?")
    assert (record.state, record.ended_at) == (SessionState.FINISHED, ENDED_AT)
    assert tuple(record.frames) == frames
    assert tuple(record.frames) == frames, "a second reading must give the same"
    assert record.events == events
    statistics, timeline = summarize(frames)
    assert same_totals(record.statistics, statistics)
    assert list(record.timeline) == list(timeline)


def test_where_a_session_stands_is_told_without_reading_it(store: SessionStore) -> None:
    info = make_info()
    assert store.state_of(info.session_id) is None
    store.create(info)
    seen = [store.state_of(info.session_id)]
    store.finish(info.session_id, ENDED_AT)
    seen.append(store.state_of(info.session_id))
    assert seen == [SessionState.RUNNING, SessionState.FINISHED]


def test_a_note_and_a_rule_can_be_changed_later(store: SessionStore) -> None:
    info = make_info()
    store.create(info)
    changed = replace(info, note="Asked again.", rule=replace(info.rule, thresholds={Emotion.FEAR: 12.0}))
    store.update(changed)
    assert store.load(info.session_id).info == changed


def test_a_session_that_is_gone_cannot_be_changed(store: SessionStore) -> None:
    with pytest.raises(StorageError):
        store.update(make_info())


def test_frames_without_faces_are_kept(store: SessionStore) -> None:
    info = make_info()
    frames = (SessionFrame(0, 0.0, 0.1, ()), SessionFrame(1, 0.1, 0.1, (make_face(),)), SessionFrame(2, 0.2, 0.1, ()))
    store.create(info)
    store.append(info.session_id, frames)
    assert tuple(store.load(info.session_id).frames) == frames


unit = st.floats(0, 1, allow_subnormal=True)
faces = st.builds(FaceResult, st.integers(0, 9), st.builds(Box, unit, unit, unit, unit), unit, st.tuples(*[unit] * 7))


@given(st.lists(st.builds(SessionFrame, st.integers(0, 2**53), unit, unit, st.tuples(faces)), max_size=5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_numbers_are_exact(store: SessionStore, frames: list[SessionFrame]) -> None:
    info = make_info()
    store.create(info)
    store.append(info.session_id, frames)
    assert list(store.load(info.session_id).frames) == frames


def test_list_has_newest_first_with_totals_that_match_the_frames(store: SessionStore) -> None:
    frames = tuple(make_frames(30, faces=2))
    infos = [make_info(started_at=STARTED_AT + timedelta(hours=hours)) for hours in (1, 3, 2)]
    for info in infos:
        store.create(info)
        for start in range(0, len(frames), 30):
            store.append(info.session_id, frames[start : start + 30])

    summaries = store.list()

    assert [s.session_id for s in summaries] == [infos[1].session_id, infos[2].session_id, infos[0].session_id]
    record = store.load(infos[0].session_id)
    for summary in summaries:
        totals, exact = summary.statistics, record.statistics
        assert (totals.counts, totals.frames, totals.frames_with_face) == (
            exact.counts,
            exact.frames,
            exact.frames_with_face,
        )
        assert totals.seconds == pytest.approx(exact.seconds)
        assert math.isclose(summary.duration_s, 30.0)
        assert math.isclose(summary.face_duration_s, exact.face_duration_s)
        assert summary.judgement.verdict is record.judgement.verdict is Verdict.NOT_NERVOUS


def test_delete_removes_the_session_from_the_disk(tmp_path: Path) -> None:
    folder = tmp_path / "sessions"
    kept, gone = make_info(candidate="Kept"), make_info(candidate="Q7-SECRET-NAME", note="private note")
    with SessionStore(folder) as store:
        for info in (kept, gone):
            store.create(info)
            store.append(info.session_id, tuple(make_frames(20)))
            store.finish(info.session_id, ENDED_AT)
            store.delete(make_info().session_id)
        size_before = (folder / "sessions.sqlite3").stat().st_size
        store.delete(gone.session_id)
        store.delete(gone.session_id)

        assert [s.session_id for s in store.list()] == [kept.session_id]
        assert len(tuple(store.load(kept.session_id).frames)) == 300
        stored = b"".join(path.read_bytes() for path in folder.glob("sessions.sqlite3*"))
        assert b"Q7-SECRET-NAME" not in stored
        assert b"private note" not in stored
        assert (folder / "sessions.sqlite3").stat().st_size < 0.8 * size_before
        with pytest.raises(StorageError, match="no longer there"):
            store.load(gone.session_id)


def test_a_session_deleted_while_it_is_read_is_told(store: SessionStore) -> None:
    info = make_info()
    store.create(info)
    store.append(info.session_id, tuple(make_frames(5)))
    store.finish(info.session_id, ENDED_AT)
    record = store.load(info.session_id)
    store.delete(info.session_id)
    with pytest.raises(StorageError, match="no longer there"):
        tuple(record.frames)


def test_only_running_sessions_take_frames(store: SessionStore) -> None:
    info = make_info()
    with pytest.raises(StorageError):
        store.append(info.session_id, (SessionFrame(0, 0.0, 0.1, ()),))
    store.create(info)
    store.finish(info.session_id, ENDED_AT)
    with pytest.raises(StorageError):
        store.append(info.session_id, ())
    with pytest.raises(StorageError):
        store.finish(info.session_id, ENDED_AT)


def test_session_without_an_end_ends_when_it_was_last_written(store: SessionStore) -> None:
    info = make_info(started_at=datetime.now(UTC))
    store.create(info)
    before = datetime.now(UTC)
    store.append(info.session_id, (SessionFrame(0, 0.0, 0.1, ()),))
    assert before <= store.list()[0].ended_at <= datetime.now(UTC)


def test_a_running_session_cannot_be_deleted(store: SessionStore) -> None:
    info = make_info()
    store.create(info)
    with pytest.raises(StorageError, match="still running"):
        store.delete(info.session_id)


def test_the_same_session_cannot_begin_twice(store: SessionStore, tmp_path: Path) -> None:
    info = make_info()
    store.create(info)
    with SessionStore(tmp_path / "sessions") as other, pytest.raises(StorageError, match="another window"):
        other.create(info)


def test_rows_of_a_frame_reading_need_no_sorting(store: SessionStore, tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "sessions" / "sessions.sqlite3")
    plan = connection.execute(f"EXPLAIN QUERY PLAN {SELECT_FRAMES}", (1, 2)).fetchall()
    connection.close()
    assert len(plan) == 2
    assert not any("TEMP B-TREE" in row[3] or row[3].startswith("SCAN") for row in plan), plan
