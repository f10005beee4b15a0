"""Taking a personal baseline in a real window, with a calibration whose state the test sets."""

from __future__ import annotations

import tkinter as tk
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from emotion_gui.controller.calibration import CalibrationState, CalibrationStatus
from emotion_gui.controller.status import SourceState, SourceStatus
from emotion_gui.core.baseline import Baseline
from emotion_gui.core.errors import AppError
from emotion_gui.core.results import QualityProblem
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.ui.main_window import MainWindow
from emotion_gui.ui.session.calibration_window import CalibrationWindow
from emotion_gui.ui.session.calibration_wording import outcome, since_words
from tests.keys import press_key
from tests.ui.conftest import WaitUntil
from tests.ui.fake_calibration import FakeCalibration
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs

_NOW = datetime.now(UTC)
SAD = Baseline((0.005, 0.0, 0.015, 0.0, 0.82, 0.0, 0.16), 15.0, 1, _NOW)
MIXED = Baseline((0.2, 0.1, 0.1, 0.1, 0.2, 0.1, 0.2), 15.0, 1, _NOW)
CALM = Baseline((0.0, 0.0, 0.0, 0.05, 0.0, 0.0, 0.95), 15.0, 0, _NOW)
MEASURING = CalibrationStatus(CalibrationState.MEASURING, 0.5)


def test_what_came_out_is_told_in_words() -> None:
    assert "'sad' is shown only as far as it goes beyond" in outcome(SAD)
    assert "changes next to nothing" in outcome(CALM)


def test_the_day_stands_with_the_time_where_it_was_another() -> None:
    local = _NOW.astimezone()
    assert since_words(SAD) == f"Baseline in use since {local:%H:%M}"
    before = (_NOW - timedelta(days=3)).astimezone()
    assert since_words(replace(SAD, taken_at=before)) == f"Baseline in use since {before:%Y-%m-%d %H:%M}"


@pytest.fixture
def calibration() -> FakeCalibration:
    return FakeCalibration()


@pytest.fixture
def shown(window: tk.Toplevel, calibration: FakeCalibration) -> CalibrationWindow:
    shown = CalibrationWindow(window, calibration)
    shown.update()
    return shown


def _show(shown: CalibrationWindow, calibration: FakeCalibration, status: CalibrationStatus) -> None:
    calibration.status = status
    shown.refresh()
    shown.update()


@pytest.mark.gui
def test_says_what_it_is_for_and_can_be_skipped(shown: CalibrationWindow) -> None:
    assert "15 seconds" in shown.text.cget("text")
    assert "do not count" in shown.text.cget("text")
    assert shown.close_button.cget("text") == "Skip"
    assert not shown.progress.winfo_viewable()
    assert not shown.remove_button.winfo_viewable()
    shown.close_button.invoke()
    assert not shown.winfo_exists()


@pytest.mark.gui
def test_measures_and_can_be_cancelled(shown: CalibrationWindow, calibration: FakeCalibration) -> None:
    shown.start_button.invoke()
    _show(shown, calibration, MEASURING)
    assert shown.title_label.cget("text") == "Ask the candidate to look at the camera and rest."
    assert "7 of 15 seconds" in shown.text.cget("text")
    assert shown.progress.winfo_viewable()
    assert float(shown.progress.cget("value")) == 0.5
    assert not shown.start_button.winfo_viewable()
    assert shown.close_button.cget("text") == "Cancel"
    shown.close_button.invoke()
    assert calibration.status.state is CalibrationState.IDLE


@pytest.mark.gui
@pytest.mark.parametrize(
    ("change", "told"),
    [({"seen": False}, "not in the picture"), ({"problem": QualityProblem.TOO_DARK}, "too dark")],
)
def test_says_why_it_does_not_go_on(
    shown: CalibrationWindow, calibration: FakeCalibration, change: dict[str, object], told: str
) -> None:
    _show(shown, calibration, replace(MEASURING, **change))  # type: ignore[arg-type]  # a table
    assert told in shown.text.cget("text")


@pytest.mark.gui
def test_shows_what_came_out_and_can_remove_it(shown: CalibrationWindow, calibration: FakeCalibration) -> None:
    _show(shown, calibration, CalibrationStatus(CalibrationState.DONE, 1.0, baseline=SAD))
    assert shown.bars.texts == ["Sad 82 %", "Neutral 16 %", "Fear 2 %"]
    assert shown.bars.fills == pytest.approx([0.82, 0.16, 0.015], abs=0.01)
    assert shown.since.cget("text").startswith("Baseline in use since")
    assert shown.start_button.cget("text") == "Calibrate again"
    assert shown.close_button.cget("text") == "Close"
    shown.remove_button.invoke()
    shown.update()
    assert calibration.status.baseline is None
    assert not shown.since.winfo_viewable()


@pytest.mark.gui
def test_a_failure_is_told_and_can_be_tried_again(shown: CalibrationWindow, calibration: FakeCalibration) -> None:
    failed = CalibrationStatus(CalibrationState.FAILED, 0.2, message="The face moved.", hint="Try again.")
    _show(shown, calibration, failed)
    assert (shown.title_label.cget("text"), shown.text.cget("text")) == ("The face moved.", "Try again.")
    shown.start_button.invoke()
    assert calibration.status.state is CalibrationState.MEASURING


@pytest.mark.gui
def test_a_refusal_is_told_until_something_changes(shown: CalibrationWindow, calibration: FakeCalibration) -> None:
    calibration.error = AppError("There is no face to watch yet.", "Start the session first.")
    shown.start_button.invoke()
    shown.refresh()
    assert shown.title_label.cget("text") == "There is no face to watch yet."
    calibration.error = None
    shown.start_button.invoke()
    assert shown.title_label.cget("text").startswith("Ask the candidate")


@pytest.mark.gui
@pytest.mark.parametrize(
    "status",
    [
        CalibrationStatus(),
        replace(MEASURING, problem=QualityProblem.TURNED_AWAY),
        CalibrationStatus(CalibrationState.DONE, 1.0, baseline=SAD),
        CalibrationStatus(CalibrationState.FAILED, 0.1, baseline=MIXED, message="No. " * 20, hint="Do. " * 20),
    ],
)
def test_nothing_is_cut(shown: CalibrationWindow, calibration: FakeCalibration, status: CalibrationStatus) -> None:
    _show(shown, calibration, status)
    for widget in (shown.title_label, shown.text, shown.start_button, shown.close_button, shown.remove_button):
        if widget.winfo_viewable():
            assert widget.winfo_width() >= widget.winfo_reqwidth()
            assert widget.winfo_rootx() + widget.winfo_width() <= shown.winfo_rootx() + shown.winfo_width()
            assert widget.winfo_rooty() + widget.winfo_height() <= shown.winfo_screenheight()


@pytest.mark.gui
def test_opens_from_the_main_window_and_follows_there(
    window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs, wait_until: WaitUntil
) -> None:
    main = MainWindow(window, controller, dialogs)
    main.start()
    window.focus_force()
    window.update()
    press_key(window, "<Control-b>")
    press_key(window, "<Control-b>")
    opened = [child for child in window.winfo_children() if isinstance(child, CalibrationWindow)]
    assert opened == [main.calibration.window]
    controller.calibration.status = CalibrationStatus(CalibrationState.DONE, 1.0, baseline=SAD)
    wait_until(lambda: opened[0].bars.texts)
    wait_until(lambda: "Baseline in use since" in main.status_bar.baseline.cget("text"))
    controller.calibration.status = CalibrationStatus()
    wait_until(lambda: not main.status_bar.baseline.cget("text"))


@pytest.mark.gui
def test_the_session_says_that_the_time_does_not_count(
    window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs, wait_until: WaitUntil
) -> None:
    main = MainWindow(window, controller, dialogs)
    main.start()
    main.session_panel.start_for("Ada")
    controller.source = SourceStatus(SourceState.PLAYING, SourceSpec("camera", "0"))
    wait_until(lambda: "counting" in main.session_panel.progress.cget("text"))
    controller.calibration.start()
    wait_until(lambda: "calibrating" in main.session_panel.progress.cget("text"))
