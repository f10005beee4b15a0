"""What can be done for one person, in a real window, for names of every kind."""

from __future__ import annotations

import tkinter as tk
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from emotion_gui.controller.held_export import CancelledError
from emotion_gui.controller.status import Level, Notice
from emotion_gui.core.session import SessionState, summarize
from emotion_gui.storage.session_summary import FOR_EVER, SessionSummary
from emotion_gui.ui.history.person_actions import PersonButton, PersonView
from emotion_gui.ui.history.person_words import shown_name
from emotion_gui.ui.history.progress_window import ProgressWindow
from tests.builders import STARTED_AT, make_frames, make_info
from tests.ui.conftest import WaitUntil
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs

pytestmark = pytest.mark.gui

HOSTILE = ("Ada\nLovelace", "دانيال\u202e gpj", "🙂‍↔️ 李雷", "../../etc/passwd", "=cmd|'/C calc'!A0", "x" * 10_000)


def summary_of(candidate: str, days: int = 0, **changes: Any) -> SessionSummary:
    statistics, _ = summarize(make_frames(30, rate=2))
    info = make_info(candidate=candidate, started_at=STARTED_AT + timedelta(days=days))
    made = SessionSummary(info, info.started_at + timedelta(seconds=30), SessionState.FINISHED, statistics)
    return replace(made, **changes)


class Bench:
    """A button over a list of sessions whose first one is selected."""

    def __init__(self, window: tk.Toplevel, sessions: list[SessionSummary]) -> None:
        self.controller, self.dialogs = FakeController(), FakeDialogs()
        self.persons, self.retention = self.controller.persons, self.controller.retention
        self.persons.sessions = sessions
        self.told: list[Notice] = []
        self.changes: list[bool] = []
        view = PersonView(
            lambda: sessions[0] if sessions else None, self.told.append, lambda: self.changes.append(True)
        )
        self.button = PersonButton(window, self.controller, self.dialogs, view)
        widget: tk.Widget = self.button
        widget.pack()
        window.update()

    def press(self, label: str) -> None:
        (menu,) = (child for child in self.button.winfo_children() if isinstance(child, tk.Menu))
        self.button.tk.eval(str(menu.cget("postcommand")))
        index = next(i for i in range((menu.index("end") or 0) + 1) if self._label(menu, i).startswith(label))
        assert menu.entrycget(index, "state") == "normal", f"'{label}' cannot be chosen"
        menu.invoke(index)
        self.button.update()

    def can(self, label: str) -> bool:
        try:
            self.press(label)
        except AssertionError:
            return False
        return True

    @staticmethod
    def _label(menu: tk.Menu, index: int) -> str:
        return "" if menu.type(index) == "separator" else str(menu.entrycget(index, "label"))


@pytest.fixture
def bench(window: tk.Toplevel) -> Bench:
    return Bench(window, [summary_of("Ada"), summary_of("ada ", 3), summary_of("Grace", 4)])


def test_export_shows_how_far_it_is_and_says_where(bench: Bench, tmp_path: Path, wait_until: WaitUntil) -> None:
    bench.dialogs.file = tmp_path / "ada.zip"
    bench.press("Export everything held")
    assert bench.persons.exported == [([s.session_id for s in bench.persons.sessions[:2]], tmp_path / "ada.zip")]
    progress = bench.button.actions.progress
    assert isinstance(progress, ProgressWindow)
    wait_until(lambda: progress.count.cget("text") == "1 of 4 files")
    bench.persons.finish()
    assert not progress.winfo_exists()
    assert (bench.told[-1].level, bench.told[-1].message) == (Level.DONE, "Saved: ada.zip")
    assert [offer.label for offer in bench.told[-1].offers] == ["Show in folder", "Open"]
    assert bench.controller.settings.export_folder == str(tmp_path)


def test_an_export_can_be_cancelled(bench: Bench, tmp_path: Path) -> None:
    bench.dialogs.file = tmp_path / "ada.zip"
    bench.press("Export everything held")
    progress = bench.button.actions.progress
    assert progress
    progress.cancel_button.invoke()
    assert bench.persons.progress.cancelled
    bench.persons.fail(CancelledError())
    assert not progress.winfo_exists()
    assert "cancelled" in bench.told[0].message


def test_a_file_is_replaced_only_when_asked(bench: Bench, tmp_path: Path) -> None:
    bench.dialogs.file = tmp_path / "ada.zip"
    bench.dialogs.file.touch()
    bench.press("Export everything held")
    assert bench.persons.exported == []
    bench.dialogs.answer = "Replace"
    bench.press("Export everything held")
    assert len(bench.persons.exported) == 1


def test_delete_says_how_much_and_waits_for_a_yes(bench: Bench) -> None:
    bench.press("Delete everything")
    assert "2 sessions of Ada, ada from 2026-11-21" in bench.dialogs.asked[-1]
    assert bench.persons.deleted == []
    bench.dialogs.answer = "Delete everything"
    bench.press("Delete everything")
    assert len(bench.persons.deleted) == 2
    assert bench.told == [Notice(Level.INFO, "2 sessions are deleted.")]
    assert bench.changes


def test_a_name_gives_way_to_a_code(bench: Bench, tmp_path: Path) -> None:
    bench.press("Replace the name")
    assert "In 2 sessions, a code takes the place of the name Ada:" in bench.dialogs.asked[-1]
    assert bench.persons.replaced == []
    bench.dialogs.answer = "Replace"
    bench.press("Replace the name")
    assert len(bench.persons.replaced) == 1
    bench.button.update()
    assert "Ada is P-7K3Q in 3 sessions now" in bench.dialogs.asked[-1]
    assert not bench.can("Save the list")
    bench.persons.codes.code_for("Ada")
    bench.dialogs.file = tmp_path / "codes.csv"
    bench.press("Save the list")
    assert bench.persons.saved_codes == [tmp_path / "codes.csv"]


@pytest.mark.parametrize("candidate", ["P-7K3Q", "", " \u200b"])
def test_a_code_and_nobody_have_no_name_to_replace(window: tk.Toplevel, candidate: str) -> None:
    assert not Bench(window, [summary_of(candidate)]).can("Replace the name")


def test_a_running_session_is_only_exported(window: tk.Toplevel) -> None:
    bench = Bench(window, [summary_of("Ada", state=SessionState.RUNNING)])
    for label in ("Replace", "Delete", "Keep"):
        assert not bench.can(label)
    assert bench.can("Export")


def test_without_a_session_nothing_can_be_done(window: tk.Toplevel) -> None:
    bench = Bench(window, [])
    for label in ("Export", "Replace", "Delete", "Keep"):
        assert not bench.can(label)


@pytest.mark.parametrize(("until", "expected"), [(None, (1, 0)), (FOR_EVER, (0, 1))])
def test_a_session_is_kept_for_ever_or_not(window: tk.Toplevel, until: object, expected: tuple[int, int]) -> None:
    bench = Bench(window, [summary_of("Ada", keep_until=until)])
    bench.press("Keep this session")
    assert (len(bench.retention.kept), len(bench.retention.as_set)) == expected


@pytest.mark.parametrize("candidate", HOSTILE)
def test_any_name_fits_into_a_question(window: tk.Toplevel, candidate: str) -> None:
    bench = Bench(window, [summary_of(candidate)])
    for label in ("Delete everything", "Replace the name"):
        bench.press(label)
        assert shown_name(candidate) in bench.dialogs.asked[-1]
        assert len(bench.dialogs.asked[-1]) < 500
    bench.press("Export everything held")
    assert bench.dialogs.suggested.endswith(".zip")
    assert "/" not in bench.dialogs.suggested
    assert len(bench.dialogs.suggested) < 130


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada\nLovelace\t", "Ada Lovelace"),
        ("\u202eevil", "evil"),
        ("دانيال", "\u2068دانيال\u2069"),
        ("\x00\x07", "no name"),
    ],
)
def test_names_are_shown_on_one_line(name: str, expected: str) -> None:
    assert shown_name(name) == expected
