"""A store of the first version in the hands of this one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from emotion_gui.core.consent import Purpose
from emotion_gui.core.errors import StorageError
from emotion_gui.core.session import SessionEvent, SessionState, summarize
from emotion_gui.storage.session_store import SessionStore
from tests.builders import make_frames, make_info, same_totals
from tests.storage.old_store import write_old_store

FRAMES = tuple(make_frames(60, rate=10, faces=2))
OLD = [(make_info(candidate="Ada"), FRAMES), (make_info(candidate="Grace"), FRAMES[:200])]


def _version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_sessions_of_the_first_version_are_whole(tmp_path: Path) -> None:
    write_old_store(tmp_path, OLD)
    with SessionStore(tmp_path) as store:
        assert store.notice == ""
        for info, frames in OLD:
            record = store.load(info.session_id)
            statistics, timeline = summarize(frames)
            assert (record.info.candidate, record.info.purpose, record.info.consent) == (
                info.candidate,
                Purpose.OTHER,
                None,
            )
            assert record.state is SessionState.FINISHED
            assert tuple(record.frames) == frames
            assert same_totals(record.statistics, statistics)
            assert list(record.timeline) == list(timeline)
            assert record.events == (SessionEvent(1.5, "paused"),)


def test_courses_that_were_not_kept_are_added_behind_the_window(tmp_path: Path) -> None:
    path = write_old_store(tmp_path, OLD)
    with SessionStore(tmp_path) as store:
        before = [list(store.load(info.session_id).timeline) for info, _ in OLD]
        assert store.upkeep.check(store) == ""
        with closing(sqlite3.connect(path)) as connection:
            (kept,) = connection.execute("SELECT count(DISTINCT session_key) FROM steps").fetchone()
        assert kept == len(OLD)
        assert [list(store.load(info.session_id).timeline) for info, _ in OLD] == before


def test_a_copy_is_kept_from_before_the_upgrade(tmp_path: Path) -> None:
    old = tmp_path / "sessions.backup-v0.sqlite3"
    old.write_bytes(b"older")
    write_old_store(tmp_path, OLD)
    with SessionStore(tmp_path) as store:
        (copy,) = tmp_path.glob("*.backup-*")
        assert _version(copy) == 1
        with closing(sqlite3.connect(copy)) as connection:
            names = [name for (name,) in connection.execute("SELECT candidate FROM sessions ORDER BY key")]
        assert names == ["Ada", "Grace"]
        # What is deleted must not live on in the copy.
        store.delete(OLD[0][0].session_id)
        assert list(tmp_path.glob("*.backup-*")) == []
    with SessionStore(tmp_path):
        assert list(tmp_path.glob("*.backup-*")) == []


def test_without_room_for_the_copy_nothing_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_old_store(tmp_path, OLD)

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full_disk)
        with pytest.raises(StorageError, match="could not be copied") as caught:
            SessionStore(tmp_path)
    assert "space" in caught.value.hint
    assert _version(path) == 1
    assert list(tmp_path.glob("*backup*")) == []
    with SessionStore(tmp_path) as store:
        assert len(store.list()) == len(OLD)


def test_a_store_without_the_tables_of_its_version_is_damaged(tmp_path: Path) -> None:
    path = write_old_store(tmp_path, OLD)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 2")
    with SessionStore(tmp_path) as store:
        assert "damaged" in store.notice
        assert "2 of 2 sessions" in store.upkeep.check(store)
        assert {summary.info.candidate for summary in store.list()} == {"Ada", "Grace"}
