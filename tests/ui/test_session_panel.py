from __future__ import annotations

import tkinter as tk
from dataclasses import replace

import pytest

from emotion_gui.controller.status import Keeping, Phase, SourceState, SourceStatus
from emotion_gui.core.errors import AppError
from emotion_gui.core.results import QualityProblem
from emotion_gui.core.settings import Settings
from emotion_gui.ui.session.panel import SessionPanel
from tests.builders import make_face, make_frames
from tests.keys import press_key
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs

pytestmark = pytest.mark.gui


@pytest.fixture
def panel(window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs) -> SessionPanel:
    panel = SessionPanel(window, controller, dialogs)
    panel.pack(fill="x")
    panel.refresh()
    window.update()
    return panel


def test_starts_with_what_was_typed(panel: SessionPanel, controller: FakeController) -> None:
    panel.candidate.insert(0, "  Ada ")
    panel.note.insert(0, "first round")
    panel.start_button.invoke()
    assert controller.session is not None
    assert (controller.session.info.candidate, controller.session.info.note) == ("Ada", "first round")


def test_asks_for_a_name_first(window: tk.Toplevel, panel: SessionPanel, controller: FakeController) -> None:
    panel.candidate.insert(0, "   ")
    panel.start_button.invoke()
    window.update()
    assert controller.session is None
    assert "name or a code" in panel.problem.cget("text")
    assert panel.problem.winfo_viewable()
    panel.candidate.insert(0, "A")
    window.update()
    assert not panel.problem.winfo_viewable()


def test_says_why_it_cannot_start(panel: SessionPanel, controller: FakeController) -> None:
    controller.error = AppError("The model is not ready yet.", "Wait a moment.")
    panel.start_for("Ada")
    assert panel.problem.cget("text") == "The model is not ready yet. Wait a moment."
    controller.error = None
    panel.start()
    assert panel.problem.cget("text") == ""


def test_remembers_the_last_candidate_and_purpose(window: tk.Toplevel, dialogs: FakeDialogs) -> None:
    controller = FakeController(settings=replace(Settings(), candidate="Code 17", purpose="research"))
    panel = SessionPanel(window, controller, dialogs)
    assert panel.candidate.get() == "Code 17"
    assert panel.purpose.box.get() == "Research"


@pytest.mark.parametrize(
    ("phase", "alive"),
    [
        (Phase.IDLE, {"start"}),
        (Phase.RUNNING, {"pause", "stop"}),
        (Phase.PAUSED, {"pause", "stop"}),
    ],
)
def test_only_what_is_possible_can_be_pressed(
    panel: SessionPanel, controller: FakeController, phase: Phase, alive: set[str]
) -> None:
    controller.phase = phase
    panel.refresh()
    buttons = {"start": panel.start_button, "pause": panel.pause_button, "stop": panel.stop_button}
    assert {name for name, button in buttons.items() if button.instate(["!disabled"])} == alive


def test_pause_becomes_resume_and_back(panel: SessionPanel, controller: FakeController) -> None:
    panel.start_for("Ada")
    seen = []
    for _ in range(3):
        panel.refresh()
        seen.append((controller.phase, panel.pause_button.cget("text")))
        panel.pause_button.invoke()
    assert seen == [(Phase.RUNNING, "Pause"), (Phase.PAUSED, "Resume"), (Phase.RUNNING, "Pause")]


def test_figures_follow_the_session(panel: SessionPanel, controller: FakeController) -> None:
    panel.start_for("Ada")
    assert controller.session is not None
    for frame in make_frames(95, rate=15):
        controller.session.statistics.add(frame.duration_s, frame.faces)
        controller.session.time_s = frame.time_s
    dark = replace(make_face(), problem=QualityProblem.TOO_DARK)
    controller.session.statistics.add(5.5, [dark])
    panel.refresh()
    assert panel.elapsed.cget("text") == "1:40"
    # Of the first 95 s four times three without a face.
    assert (panel.usable.cget("text"), panel.unusable.cget("text")) == ("1:23", "0:17")


def test_says_whether_it_counts(panel: SessionPanel, controller: FakeController) -> None:
    panel.start_for("Ada")
    shown = []
    for state, phase in (
        (SourceState.PLAYING, Phase.RUNNING),
        (SourceState.LOST, Phase.RUNNING),
        (SourceState.PLAYING, Phase.PAUSED),
        (SourceState.ENDED, Phase.IDLE),
    ):
        controller.source, controller.phase = SourceStatus(state), phase
        panel.refresh()
        shown.append(panel.progress.cget("text"))
    assert shown == ["counting", "waiting", "paused", "saved"]


def test_says_saved_only_once_it_is(panel: SessionPanel, controller: FakeController) -> None:
    panel.start_for("Ada")
    panel.stop()
    looks = {}
    for keeping in Keeping:
        controller.keeping.state = keeping
        panel.refresh()
        looks[str(panel.progress.cget("text"))] = str(panel.progress.cget("style"))
    assert list(looks) == ["saved", "saving...", "not saved yet"]
    assert len(set(looks.values())) == len(looks)


def test_export_wakes_when_a_session_has_ended(panel: SessionPanel, controller: FakeController) -> None:
    assert panel.export_button.instate(["disabled"])
    panel.start_for("Ada")
    panel.refresh()
    assert panel.export_button.instate(["disabled"])
    panel.stop_button.invoke()
    panel.refresh()
    assert panel.export_button.instate(["!disabled"])
    assert panel.progress.cget("text") == "saved"


def test_a_panel_that_is_built_anew_keeps_the_note(
    panel: SessionPanel, controller: FakeController, dialogs: FakeDialogs, window: tk.Toplevel
) -> None:
    panel.note.insert(0, "first round")
    panel.start_for("Ada")
    anew = SessionPanel(window, controller, dialogs)
    assert anew.note.get() == "first round"
    anew.stop()
    assert controller.session
    assert controller.session.info.note == "first round"


def test_a_note_typed_while_it_runs_is_kept(panel: SessionPanel, controller: FakeController) -> None:
    panel.start_for("Ada")
    panel.note.insert(0, "looked away often")
    panel.stop()
    assert controller.session is not None
    assert controller.session.info.note == "looked away often"


def test_return_in_the_name_field_starts(window: tk.Toplevel, panel: SessionPanel, controller: FakeController) -> None:
    panel.candidate.insert(0, "Ada")
    press_key(panel.candidate, "<Return>")
    assert controller.phase is Phase.RUNNING


def test_no_text_is_cut(window: tk.Toplevel, panel: SessionPanel, controller: FakeController) -> None:
    controller.phase = Phase.PAUSED
    panel.refresh()
    window.update()
    for button in (panel.start_button, panel.pause_button, panel.stop_button):
        assert button.winfo_width() >= button.winfo_reqwidth()
