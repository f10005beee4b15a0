"""Persons and retention without a store: they remember what they were told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from emotion_gui.core.candidate_names import CandidateCodes, person_key
from emotion_gui.core.errors import AppError
from emotion_gui.storage.session_summary import SessionSummary

Failed = Callable[[AppError], None]


@dataclass
class FakeProgress:
    done: int = 1
    total: int = 4
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


@dataclass
class FakePersons:
    """Sessions in a list; an export ends when the test calls `finish` or `fail`."""

    sessions: list[SessionSummary] = field(default_factory=list)
    codes: CandidateCodes = field(default_factory=CandidateCodes)
    progress: FakeProgress = field(default_factory=FakeProgress)
    exported: list[tuple[list[str], Path]] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    saved_codes: list[Path] = field(default_factory=list)
    finish: Callable[[], None] = lambda: None
    fail: Failed = lambda _: None

    def sessions_of(self, session_id: str, done: Callable[[tuple[SessionSummary, ...]], None], failed: Failed) -> None:
        name = next(each.info.candidate for each in self.sessions if each.session_id == session_id)
        done(tuple(each for each in self.sessions if person_key(each.info.candidate) == person_key(name)))

    def export_held(
        self, session_ids: Sequence[str], path: Path, *, done: Callable[[], None], failed: Failed
    ) -> FakeProgress:
        self.exported.append((list(session_ids), path))
        self.finish, self.fail = done, failed
        return self.progress

    def replace_name(self, session: SessionSummary, done: Callable[[str, int], None], failed: Failed) -> None:
        self.replaced.append(session.session_id)
        done("P-7K3Q", len(self.sessions))

    def delete_all(self, sessions: Sequence[SessionSummary], done: Callable[[int], None], failed: Failed) -> None:
        self.deleted += [session.session_id for session in sessions]
        done(len(sessions))

    def save_codes(self, path: Path, *, done: Callable[[], None], failed: Failed) -> None:
        self.saved_codes.append(path)
        done()


@dataclass
class FakeRetention:
    """What has expired is a list; every decision is remembered."""

    over: tuple[SessionSummary, ...] = ()
    checked: int = 0
    kept: list[str] = field(default_factory=list)
    as_set: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)

    def check_store(self, done: Callable[[], None] = lambda: None) -> None:
        self.checked += 1
        done()

    def expired(self, done: Callable[[tuple[SessionSummary, ...]], None]) -> None:
        done(self.over)

    def keep_for_ever(self, session_ids: Sequence[str], done: Callable[[], None] = lambda: None) -> None:
        self.kept += session_ids
        done()

    def keep_as_set(self, session_ids: Sequence[str], done: Callable[[], None] = lambda: None) -> None:
        self.as_set += session_ids
        done()

    def ask_again_later(self, session_ids: Sequence[str]) -> None:
        self.later += session_ids

    def delete(self, session_ids: Sequence[str], done: Callable[[int], None]) -> None:
        self.deleted += session_ids
        done(len(session_ids))
