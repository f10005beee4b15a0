"""Damage of every kind: never a traceback, and never a loss that nobody is told of."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from emotion_gui.core.corrections import Correction
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.errors import AppError, StorageError
from emotion_gui.core.markers import Marker
from emotion_gui.core.session import SessionEvent, SessionState
from emotion_gui.storage import opening
from emotion_gui.storage.rescue import RESCUED
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.storage.session_summary import FOR_EVER
from tests.builders import STARTED_AT, make_frames, make_info
from tests.storage.old_store import write_old_store

FRAMES = tuple(make_frames(60, rate=10))
INFOS = [make_info(candidate=f"Person {n}", started_at=STARTED_AT + timedelta(days=n)) for n in range(4)]
PAGE = 4096


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with four sessions; copied, never changed."""
    folder = tmp_path_factory.mktemp("healthy")
    with SessionStore(folder) as store:
        for info in INFOS:
            store.create(info)
            store.append(info.session_id, [*FRAMES, SessionEvent(3.0, "paused"), Marker(4.0, "question")])
            store.put_correction(info.session_id, Correction(5.0, Emotion.SAD, Emotion.NEUTRAL))
            store.finish(info.session_id, info.started_at + timedelta(minutes=1))
        store.keep_until([INFOS[2].session_id], FOR_EVER)
    return folder


@pytest.fixture
def folder(healthy: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(healthy, tmp_path / "store"))


def test_a_healthy_store_has_nothing_to_tell(folder: Path) -> None:
    with SessionStore(folder) as store:
        assert store.notice == store.upkeep.check(store) == ""


def test_a_damaged_file_is_read_into_the_new_one(folder: Path) -> None:
    with SessionStore(folder) as store:
        before = {info.session_id: store.load(info.session_id) for info in INFOS}
        parts = {key: tuple(record.frames) for key, record in before.items()}
    (folder / "sessions.sqlite3.damaged").touch()
    with SessionStore(folder) as store:
        assert "damaged" in store.notice
        assert store.list() == ()
        assert store.upkeep.check(store).startswith("4 of 4 sessions were rescued")
        for session_id, record in before.items():
            after = store.load(session_id)
            assert tuple(after.frames) == parts[session_id]
            for part in ("info", "state", "ended_at", "events", "markers", "corrections"):
                assert getattr(after, part) == getattr(record, part)
            assert list(after.timeline) == list(record.timeline)
        assert [summary.info for summary in store.list() if summary.kept_for_ever] == [INFOS[2]]
    with SessionStore(folder) as store:
        assert store.notice == store.upkeep.check(store) == ""


def test_a_hole_in_the_middle_costs_what_was_in_it_and_says_so(folder: Path) -> None:
    path = folder / "sessions.sqlite3"
    pages = bytearray(path.read_bytes())
    middle = len(pages) // PAGE // 2
    pages[middle * PAGE : (middle + 2) * PAGE] = bytes(2 * PAGE)
    path.write_bytes(pages)
    with SessionStore(folder) as store:
        assert "damaged" in store.notice
        told = store.upkeep.check(store)
        assert "4 of 4 sessions" in told
        assert "not whole" in told
        records = [store.load(info.session_id) for info in INFOS]
        kept = [tuple(record.frames) for record in records]
        assert 0 < sum(map(len, kept)) < 4 * len(FRAMES)
        for record, frames in zip(records, kept, strict=True):
            assert set(frames) <= set(FRAMES)
            assert record.statistics.frames == len(frames)
            events = [event for event in record.events if event.kind == RESCUED]
            assert bool(events) == (len(frames) < len(FRAMES))
            for event in events:
                assert f"{len(FRAMES) - len(frames)} of {len(FRAMES)} results could not be read" in event.text


@pytest.mark.parametrize("seed", range(12))
def test_flipped_bytes_end_in_sentences(folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = folder / "sessions.sqlite3"
    pages = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 8, 64))):
        page = chance.randrange(len(pages) // PAGE)
        # The head of a page steers how the rest is read.
        place = page * PAGE + chance.choice((chance.randrange(12), chance.randrange(PAGE)))
        pages[place] ^= 1 << chance.randrange(8)
    path.write_bytes(pages)
    told: list[str] = []
    for _ in range(2):
        try:
            with SessionStore(folder) as store:
                told += [store.notice, store.upkeep.check(store)]
                kept = [store.load(summary.session_id) for summary in store.list()]
                lost = len(kept) < len(INFOS) or any(len(tuple(r.frames)) < len(FRAMES) for r in kept)
                assert not lost or any(told), "a loss that nobody was told of"
        except AppError as error:
            told.append(error.message)


def test_damage_in_a_large_file_is_found_behind_the_window(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "CHECKED_AT_ONCE_BYTES", 0)
    with closing(sqlite3.connect(folder / "sessions.sqlite3")) as connection:
        connection.execute("UPDATE faces SET problem = 'too sm\x01ll' WHERE session_key = 3 AND position = 7")
        connection.commit()
    with SessionStore(folder) as store:
        assert store.notice == ""
        assert "damaged in places" in store.upkeep.check(store)
        with SessionStore(folder) as other:
            assert len(other.list()) == 4, "it is not taken away from a window that has it open"
    with SessionStore(folder) as store:
        told = store.upkeep.check(store)
        assert "4 of 4 sessions" in told
        assert "1 of them" in told
        assert store.load(INFOS[2].session_id).events[-1].text == f"1 of {len(FRAMES)} results could not be read"


def test_what_is_found_in_reading_is_mended_at_the_next_start(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "CHECKED_AT_ONCE_BYTES", 0)
    with closing(sqlite3.connect(folder / "sessions.sqlite3")) as connection:
        connection.execute("UPDATE sessions SET provenance = '{' WHERE key = 1")
        connection.commit()
    with SessionStore(folder) as store, pytest.raises(StorageError, match="damaged"):
        store.list()
    with SessionStore(folder) as store:
        assert "3 of 4 sessions" in store.upkeep.check(store)
        assert len(store.list()) == 3


def test_half_a_file_gives_what_is_in_it(folder: Path) -> None:
    path = folder / "sessions.sqlite3"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 // PAGE * PAGE])
    with SessionStore(folder) as store:
        assert "damaged" in store.notice
        assert "damaged file" in store.upkeep.check(store)
        store.create(make_info())


def test_an_overwritten_head_costs_nothing(folder: Path) -> None:
    path = folder / "sessions.sqlite3"
    harmed = b"\xff" * 100 + path.read_bytes()[100:]
    path.write_bytes(harmed)
    with SessionStore(folder) as store:
        assert "damaged" in store.notice
        assert "4 of 4 sessions" in store.upkeep.check(store)
        assert all(tuple(store.load(info.session_id).frames) == FRAMES for info in INFOS)
    (kept,) = folder.glob("*.damaged-*.sqlite3")
    assert kept.read_bytes() == harmed


def test_a_damaged_file_is_not_taken_from_another_window(folder: Path) -> None:
    with SessionStore(folder) as store:
        (folder / "sessions.sqlite3").write_bytes(b"\xff" * PAGE)
        with pytest.raises(StorageError, match="damaged") as caught:
            SessionStore(folder)
        assert "Close all windows" in caught.value.hint
        assert list(folder.glob("*.damaged-*")) == []
        assert store.notice == ""


def test_a_rescue_that_was_cut_off_begins_anew(folder: Path) -> None:
    (folder / "sessions.sqlite3.damaged").touch()
    with SessionStore(folder) as store:
        # As a kill in mid-rescue leaves it: a part of a session, and the note that there is work to do.
        store.create(INFOS[1])
        store.append(INFOS[1].session_id, FRAMES[:50])
    with SessionStore(folder) as store:
        assert "4 of 4 sessions" in store.upkeep.check(store)
        assert tuple(store.load(INFOS[1].session_id).frames) == FRAMES
        assert store.interrupted() == ()


def test_a_damaged_file_of_the_first_version_is_rescued_too(tmp_path: Path) -> None:
    info = make_info(candidate="Ada")
    write_old_store(tmp_path, [(info, FRAMES)])
    (tmp_path / "sessions.sqlite3.damaged").touch()
    with SessionStore(tmp_path) as store:
        assert "1 of 1 sessions" in store.upkeep.check(store)
        record = store.load(info.session_id)
        assert tuple(record.frames) == FRAMES
        assert (record.state, record.events) == (SessionState.FINISHED, (SessionEvent(1.5, "paused"),))
