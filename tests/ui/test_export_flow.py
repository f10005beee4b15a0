from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from emotion_gui.controller.status import Level, Notice
from emotion_gui.core.errors import ExportError
from emotion_gui.core.settings import Settings
from emotion_gui.export import EXPORTERS
from emotion_gui.ui.export_flow import ExportFlow
from tests.builders import make_info
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs

INFO = make_info(candidate="../Ada: 100 %?")


@dataclass
class Desk:
    """An export flow with everything that it talks to."""

    controller: FakeController = field(default_factory=FakeController)
    dialogs: FakeDialogs = field(default_factory=FakeDialogs)
    told: list[Notice] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.flow = ExportFlow(self.controller, self.dialogs, self.told.append)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize("key", EXPORTERS)
def test_one_format_goes_where_the_user_says(tmp_path: Path, desk: Desk, key: str) -> None:
    desk.dialogs.file = tmp_path / f"chosen{EXPORTERS[key].suffix}"
    desk.flow.one(INFO, key)
    assert desk.controller.exported == [(key, desk.dialogs.file, False)]
    name, folder = desk.dialogs.file.name, f"In {tmp_path}"
    assert [(told.level, told.message, told.hint) for told in desk.told] == [
        (Level.BUSY, f"Saving {name}...", folder),
        (Level.DONE, f"Saved: {name}", folder),
    ]
    for offer in desk.told[-1].offers:
        offer.do()
    assert (desk.controller.desktop.shown, desk.controller.desktop.opened) == ([desk.dialogs.file],) * 2


def test_a_folder_at_home_is_told_in_short(tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    desk.dialogs.file = tmp_path / "Reports" / "chosen.png"
    desk.dialogs.file.parent.mkdir()
    desk.flow.one(INFO, "png")
    full = sys.platform == "win32"
    assert desk.told[-1].hint == f"In {tmp_path / 'Reports' if full else '~/Reports'}"


def test_the_suggested_name_is_safe(desk: Desk) -> None:
    desk.flow.one(INFO, "png")
    assert "Ada" in desk.dialogs.suggested
    assert desk.dialogs.suggested.endswith(".png")
    assert not set(desk.dialogs.suggested) & set('<>:"/\\|?*')


def test_giving_up_writes_nothing(desk: Desk) -> None:
    desk.flow.one(INFO, "png")
    desk.flow.everything(INFO)
    assert not desk.controller.exported
    assert not desk.told


def test_everything_goes_into_one_folder(tmp_path: Path, desk: Desk) -> None:
    desk.dialogs.folder = tmp_path
    desk.flow.everything(INFO)
    assert [key for key, _, _ in desk.controller.exported] == list(EXPORTERS)
    assert len(list(tmp_path.iterdir())) == len(EXPORTERS)
    told = desk.told[-1]
    assert told.message == f"Saved in {tmp_path}"
    assert all(path.name in told.hint for path in tmp_path.iterdir())
    # All are shown in their folder; which one to open nobody can know.
    [show] = told.offers
    show.do()
    assert sorted(desk.controller.desktop.shown) == sorted(tmp_path.iterdir())


@pytest.mark.parametrize(("answer", "written"), [("Replace", True), ("Cancel", False), (None, False)])
def test_a_file_that_is_there_is_asked_about(tmp_path: Path, desk: Desk, answer: str | None, written: bool) -> None:
    present = tmp_path / "report.png"
    present.write_text("mine", encoding="utf-8")
    desk.dialogs.file, desk.dialogs.answer = present, answer
    desk.flow.one(INFO, "png")
    assert "report.png" in desk.dialogs.asked[-1]
    assert desk.controller.exported == ([("png", present, True)] if written else [])


def test_a_failure_is_told_and_ends_the_rest(tmp_path: Path, desk: Desk) -> None:
    desk.dialogs.folder = tmp_path
    desk.controller.error = ExportError("The disk is full.", "Free some space.")
    desk.flow.everything(INFO)
    told = desk.told[-1]
    assert (told.level, told.message, told.hint) == (Level.ERROR, "The disk is full.", "Free some space.")
    [elsewhere] = told.offers
    desk.controller.error = None
    elsewhere.do()
    assert [path.parent for _, path, _ in desk.controller.exported] == [tmp_path] * len(EXPORTERS)


def test_the_folder_is_remembered_and_offered(tmp_path: Path, desk: Desk) -> None:
    desk.dialogs.folder = tmp_path
    desk.flow.everything(INFO)
    assert desk.controller.settings.export_folder == str(tmp_path)
    desk.flow.one(INFO, "png")
    assert desk.dialogs.asked[-1].endswith(f"in {tmp_path}")


def test_the_users_own_folder_is_offered_for_one_that_is_gone(tmp_path: Path, desk: Desk) -> None:
    desk.controller.settings = replace(Settings(), export_folder=str(tmp_path / "gone"))
    desk.flow.one(INFO, "png")
    assert desk.dialogs.asked[-1].endswith(f"in {Path.home()}")
