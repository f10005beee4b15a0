"""What goes wrong around a store: killed processes, full disks, damaged files, other windows, newer versions."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from emotion_gui.core.errors import StorageError
from emotion_gui.core.markers import Marker
from emotion_gui.core.session import SessionEvent, SessionState, summarize
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.storage.sqlite_errors import told_plainly
from tests.builders import STARTED_AT, make_frames, make_info, same_totals

ENDED_AT = STARTED_AT + timedelta(minutes=1)
ROOT = Path(__file__).parents[2]


def test_killed_process_loses_nothing_that_it_appended(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.storage.writer_process", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        session_id = process.stdout.readline().strip()
        appended = [int(process.stdout.readline()) for _ in range(20)][-1]
        with SessionStore(tmp_path) as other_window:
            assert other_window.interrupted() == (), "it still runs"
            with pytest.raises(StorageError, match="still running"):
                other_window.delete(session_id)
        process.kill()
        process.wait()

    with SessionStore(tmp_path) as store:
        (cut_off,) = store.interrupted()
        assert (cut_off.session_id, cut_off.state) == (session_id, SessionState.RUNNING)
        record = store.load(session_id)
        stored = tuple(record.frames)
        # The process may have gone on between our reading of its last line and its end.
        assert len(stored) >= appended
        assert len(stored) % 30 == 0
        assert stored == tuple(make_frames(900, rate=30))[: len(stored)]
        # What came in one piece is there in one piece, in every table.
        statistics, timeline = summarize(stored)
        assert same_totals(record.statistics, statistics)
        assert list(record.timeline) == list(timeline)
        seconds = [float(second) for second in range(len(stored) // 30)]
        for kept_beside in (record.events, record.markers, record.brief_changes):
            assert [each.time_s for each in kept_beside] == seconds
        store.keep(session_id)
        store.keep(session_id)
        (kept,) = store.list()
        assert (kept.state, kept.ended_at, store.interrupted()) == (SessionState.INTERRUPTED, cut_off.ended_at, ())
        assert list((tmp_path / "running").glob("*")) == []


def test_closed_store_leaves_its_running_session_to_the_next(tmp_path: Path) -> None:
    info = make_info()
    with SessionStore(tmp_path) as first:
        first.create(info)
        assert first.interrupted() == ()
    with SessionStore(tmp_path) as second:
        assert [summary.session_id for summary in second.interrupted()] == [info.session_id]


def test_full_disk_loses_nothing_and_goes_on_when_there_is_space(tmp_path: Path) -> None:
    frames = tuple(make_frames(60, rate=30))
    old, new = make_info(), make_info()
    with SessionStore(tmp_path, max_bytes=700_000) as store:
        store.create(old)
        store.append(old.session_id, frames)
        store.finish(old.session_id, ENDED_AT)
        store.create(new)
        appended = 0
        with pytest.raises(StorageError, match="disk is full") as caught:
            for start in range(0, 100_000, 30):
                store.append(new.session_id, frames[start % 1800 : start % 1800 + 30])
                appended += 30
        assert "space" in caught.value.hint
        assert len(tuple(store.load(new.session_id).frames)) == store.list()[0].statistics.frames == appended

        store.delete(old.session_id)
        store.append(new.session_id, frames[:30])
        assert len(tuple(store.load(new.session_id).frames)) == appended + 30


@pytest.mark.parametrize("content", [b"this is no database" * 1000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_damaged_file_is_set_aside_and_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "sessions.sqlite3").write_bytes(content)
    with SessionStore(tmp_path) as store:
        assert "damaged" in store.notice
        store.create(make_info())
        assert len(store.list()) == 1
    (kept,) = tmp_path.glob("*.damaged-*.sqlite3")
    assert kept.read_bytes() == content
    assert kept.name in store.notice
    with SessionStore(tmp_path) as store:
        assert store.notice == ""


def test_cut_file_is_set_aside_and_told(tmp_path: Path) -> None:
    info = make_info()
    with SessionStore(tmp_path) as store:
        store.create(info)
        store.append(info.session_id, tuple(make_frames(30)))
    path = tmp_path / "sessions.sqlite3"
    path.write_bytes(path.read_bytes()[:9000])
    with SessionStore(tmp_path) as store:
        assert "damaged" in store.notice
        assert store.list() == ()


def test_newer_store_is_refused_untouched(tmp_path: Path) -> None:
    with SessionStore(tmp_path):
        pass
    path = tmp_path / "sessions.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StorageError, match="newer version"):
        SessionStore(tmp_path)
    assert path.read_bytes() == before


def test_another_writer_is_told(tmp_path: Path) -> None:
    with SessionStore(tmp_path, busy_timeout_s=0.05) as store:
        other = sqlite3.connect(tmp_path / "sessions.sqlite3", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="Another program"):
            store.create(make_info())
        assert store.list() == ()
        other.execute("ROLLBACK")
        other.close()
        store.create(make_info())
        assert len(store.list()) == 1


def test_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    with pytest.raises(StorageError, match="cannot be used"):
        SessionStore(tmp_path / "taken")


def test_write_protected_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "plain.sqlite3"
    sqlite3.connect(path).execute("CREATE TABLE t (x)").connection.close()
    connection = sqlite3.connect(f"file:{path.as_posix()}?mode=ro", uri=True)
    with pytest.raises(StorageError, match="write-protected"), told_plainly():
        connection.execute("INSERT INTO t VALUES (1)")
    connection.close()


def test_two_windows_and_many_threads_write_at_once(tmp_path: Path) -> None:
    frames = tuple(make_frames(10))
    errors: list[Exception] = []

    def write(store: SessionStore) -> None:
        info = make_info()
        try:
            store.create(info)
            for start in range(0, len(frames), 10):
                marker = Marker(frames[start].time_s, "question")
                store.append(info.session_id, [*frames[start : start + 10], SessionEvent(1.0, "paused"), marker])
                store.put_marker(info.session_id, Marker(marker.time_s, "edited", marker.marker_id))
            store.finish(info.session_id, ENDED_AT)
        except StorageError as error:
            errors.append(error)

    with SessionStore(tmp_path) as one, SessionStore(tmp_path) as two:
        threads = [threading.Thread(target=write, args=(store,)) for store in (one, two, one, two)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        summaries = two.list()
        assert len(summaries) == 4
        for record in (one.load(summary.session_id) for summary in summaries):
            assert tuple(record.frames) == frames
            assert list(record.timeline) == list(summarize(frames)[1])
            assert [marker.text for marker in record.markers] == ["edited"] * 15
            assert len(record.events) == 15
