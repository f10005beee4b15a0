"""Retention through the controller: told, asked, and only then deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from emotion_gui.controller.status import Level
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.storage.session_summary import SessionSummary
from tests.builders import make_info
from tests.controller.conftest import Bench


def old_session(store: SessionStore, candidate: str) -> str:
    info = make_info(candidate=candidate, started_at=datetime.now(UTC) - timedelta(days=100))
    store.create(info)
    store.finish(info.session_id, info.started_at)
    return info.session_id


def expired(bench: Bench) -> list[str]:
    found: list[tuple[SessionSummary, ...]] = []
    bench.controller.retention.expired(found.append)
    bench.poll_until(lambda: found, "what has expired")
    return [summary.info.candidate for summary in found[0]]


def test_sessions_go_by_a_decision_only(bench: Bench) -> None:
    retention = bench.controller.retention
    ids = [old_session(bench.store, name) for name in ("ever", "later", "gone")]
    assert set(expired(bench)) == {"ever", "later", "gone"}
    done: list[int] = []
    retention.keep_for_ever(ids[:1])
    retention.ask_again_later(ids[1:2])
    retention.delete(ids[2:], done.append)
    bench.poll_until(lambda: done, "the end of one")
    assert done == [1]
    assert expired(bench) == []
    assert {summary.info.candidate for summary in bench.store.list()} == {"ever", "later"}
    kept: list[bool] = []
    retention.keep_as_set(ids[:1], lambda: kept.append(True))
    bench.poll_until(lambda: kept, "the change")
    assert expired(bench) == ["ever"]


def test_the_setting_decides(bench: Bench) -> None:
    old_session(bench.store, "Ada")
    for days, found in ((0, []), (99, ["Ada"]), (101, [])):
        bench.controller.settings = replace(bench.controller.settings, keep_days=days)
        assert expired(bench) == found


def test_the_check_tells_what_it_found(bench: Bench) -> None:
    checked: list[bool] = []
    bench.controller.retention.check_store(lambda: checked.append(True))
    bench.poll_until(lambda: checked, "the check")
    assert bench.notices == []
    note = bench.store.folder / "sessions.damaged-20261121-120000.sqlite3.rescue"
    note.touch()
    bench.controller.retention.check_store(lambda: checked.append(True))
    bench.poll_until(lambda: len(checked) == 2 and bench.notices, "the news")
    (notice,) = bench.notices
    assert notice.level is Level.ERROR
    assert "No session could be read out of the damaged file" in notice.message
    assert not note.exists()
