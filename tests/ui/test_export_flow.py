from __future__ import annotations

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
    assert desk.told == [Notice(Level.INFO, f"Saved {desk.dialogs.file}")]


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
    assert len(desk.told) == 1
    assert str(tmp_path) in desk.told[0].message


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
    assert desk.told == [Notice(Level.ERROR, "The disk is full.", "Free some space.")]


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
