"""How long sessions are kept, and what goes with one that is deleted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from emotion_gui.core.errors import StorageError
from emotion_gui.core.session import SessionState
from emotion_gui.storage.corrections_folder import CorrectionsFolder
from emotion_gui.storage.session_files import session_folder
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.storage.session_summary import FOR_EVER
from tests.builders import make_info

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def add(store: SessionStore, candidate: str, days_ago: float, state: SessionState = SessionState.FINISHED) -> str:
    info = make_info(candidate=candidate, started_at=NOW - timedelta(days=days_ago, minutes=5))
    store.create(info)
    if state is not SessionState.RUNNING:
        store.finish(info.session_id, NOW - timedelta(days=days_ago), state)
    return info.session_id


def over(store: SessionStore, keep_days: int = 90, now: datetime = NOW) -> list[str]:
    return [summary.info.candidate for summary in store.upkeep.expired(keep_days, now)]


def test_only_ended_sessions_past_their_time_are_over(tmp_path: Path) -> None:
    with SessionStore(tmp_path) as store:
        add(store, "new", 1)
        add(store, "just inside", 89.9)
        add(store, "just over", 90.1)
        add(store, "interrupted", 100, SessionState.INTERRUPTED)
        add(store, "running", 100, SessionState.RUNNING)
        assert over(store) == ["just over", "interrupted"]
        assert over(store, keep_days=0) == []
        assert over(store, now=NOW - timedelta(days=400)) == [], "a clock that went backwards lets nothing expire"
        assert len(store.list()) == 5, "finding them deletes nothing"


def test_what_is_kept_longer_is_not_over(tmp_path: Path) -> None:
    with SessionStore(tmp_path) as store:
        ids = [add(store, name, 100) for name in ("ever", "week", "plain")]
        store.keep_until(ids[:1], FOR_EVER)
        store.keep_until(ids[1:2], NOW + timedelta(days=7))
        assert over(store) == ["plain"]
        assert over(store, now=NOW + timedelta(days=8)) == ["plain", "week"]
        assert [summary.info.candidate for summary in store.list() if summary.kept_for_ever] == ["ever"]
        store.keep_until(ids[:1], None)
        assert set(over(store)) == {"plain", "ever"}
    with SessionStore(tmp_path) as store:
        assert set(over(store)) == {"plain", "ever"}


def test_files_and_corrected_faces_go_with_the_session(tmp_path: Path) -> None:
    with SessionStore(tmp_path) as store:
        ids = [add(store, name, 1) for name in ("gone", "kept")]
        for session_id in ids:
            folder = session_folder(tmp_path, session_id)
            folder.mkdir(parents=True)
            (folder / "video.mp4").write_bytes(b"film")
            face = tmp_path / "corrections" / "sad" / f"{session_id}-{'a' * 32}.png"
            face.parent.mkdir(parents=True, exist_ok=True)
            face.write_bytes(b"face")
        store.delete(ids[0])
        assert not session_folder(tmp_path, ids[0]).exists()
        assert session_folder(tmp_path, ids[1]).exists()
        corrections = CorrectionsFolder(tmp_path)
        assert [len(corrections.of_session(session_id)) for session_id in ids] == [0, 1]


def test_a_session_whose_video_is_held_stays_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held_by_a_player(_: Path) -> None:
        raise PermissionError("in use")

    with SessionStore(tmp_path) as store:
        session_id = add(store, "Ada", 1)
        session_folder(tmp_path, session_id).mkdir(parents=True)
        with monkeypatch.context() as patched:
            patched.setattr("shutil.rmtree", held_by_a_player)
            with pytest.raises(StorageError, match="cannot be deleted"):
                store.delete(session_id)
        assert len(store.list()) == 1
        store.delete(session_id)
        assert store.list() == ()
