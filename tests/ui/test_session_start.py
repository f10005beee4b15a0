"""What is asked before a session starts, and what a no leaves: nothing."""

from __future__ import annotations

import tkinter as tk

import pytest

from emotion_gui.controller.status import Phase, SourceState, SourceStatus
from emotion_gui.core.consent import AskedOf, Consent, Purpose
from emotion_gui.core.consent_texts import PURPOSES, ConsentQuestion, consent_question, recruitment_notice
from emotion_gui.core.errors import AppError
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.ui.session.panel import SessionPanel
from emotion_gui.ui.session.start import SessionStart
from tests.ui.fake_controller import FakeController
from tests.ui.fake_dialogs import FakeDialogs

CAMERA, CLIP, DEMO = SourceSpec("camera", "0"), SourceSpec("file", "talk.mp4"), SourceSpec("demo")
ASKS_CANDIDATE, ASKS_USER, NOTICE = "Before the camera opens", "Before this recording is analysed", "Recruitment"


@pytest.fixture
def asking(controller: FakeController, dialogs: FakeDialogs) -> SessionStart:
    controller.source = SourceStatus(SourceState.WAITING, CAMERA)
    return SessionStart(controller, dialogs)


@pytest.mark.parametrize("spec", [CAMERA, CLIP])
def test_agreement_starts_the_session(
    controller: FakeController, dialogs: FakeDialogs, asking: SessionStart, spec: SourceSpec
) -> None:
    controller.source = SourceStatus(SourceState.PLAYING, spec)
    assert asking.start("Ada", "note", Purpose.COACHING) == ""
    assert dialogs.asked == [ASKS_CANDIDATE if spec is CAMERA else ASKS_USER]
    assert controller.session is not None
    info = controller.session.info
    assert (info.candidate, info.note, info.purpose) == ("Ada", "note", Purpose.COACHING)
    assert info.consent is not None
    assert info.consent.asked_of is (AskedOf.CANDIDATE if spec is CAMERA else AskedOf.USER)
    assert info.consent.text_version == consent_question(spec, controller.settings.keep_days).text.version
    assert info.consent.notice_version == ""


@pytest.mark.parametrize("spec", [CAMERA, CLIP])
def test_a_no_starts_nothing_and_is_said(
    controller: FakeController, dialogs: FakeDialogs, asking: SessionStart, spec: SourceSpec
) -> None:
    controller.source = SourceStatus(SourceState.PLAYING, spec)
    dialogs.agrees = False
    assert asking.start("Ada", "", Purpose.PRACTICE).startswith("Not started")
    assert controller.session is None
    assert controller.phase is Phase.IDLE


def test_the_demo_asks_nothing(controller: FakeController, dialogs: FakeDialogs, asking: SessionStart) -> None:
    controller.source = SourceStatus(SourceState.PLAYING, DEMO)
    assert asking.start("Demo", "", Purpose.PRACTICE) == ""
    assert not dialogs.asked
    assert controller.session is not None
    assert controller.session.info.consent is None


def test_nobody_is_asked_for_what_cannot_start(
    controller: FakeController, dialogs: FakeDialogs, asking: SessionStart
) -> None:
    controller.error = AppError("The model is not ready yet.", "Wait.")
    with pytest.raises(AppError):
        asking.start("Ada", "", Purpose.PRACTICE)
    assert not dialogs.asked


def test_recruitment_shows_its_notice_first_and_once(
    controller: FakeController, dialogs: FakeDialogs, asking: SessionStart
) -> None:
    assert asking.start("Ada", "", Purpose.RECRUITMENT) == ""
    assert dialogs.asked == [NOTICE, ASKS_CANDIDATE]
    controller.stop()
    assert asking.start("Grace", "", Purpose.RECRUITMENT) == ""
    assert dialogs.asked == [NOTICE, ASKS_CANDIDATE, ASKS_CANDIDATE]
    assert controller.session is not None
    consent = controller.session.info.consent
    assert consent is not None
    assert consent.notice_version == recruitment_notice().version


def test_recruitment_on_the_demo_keeps_the_acknowledgement_alone(
    controller: FakeController, dialogs: FakeDialogs, asking: SessionStart
) -> None:
    controller.source = SourceStatus(SourceState.PLAYING, DEMO)
    asking.start("Demo", "", Purpose.RECRUITMENT)
    assert dialogs.asked == [NOTICE]
    assert controller.session is not None
    consent = controller.session.info.consent
    assert consent is not None
    assert (consent.given, consent.notice_version) == (False, recruitment_notice().version)


def test_without_the_acknowledgement_nobody_is_asked_further(
    controller: FakeController, dialogs: FakeDialogs, asking: SessionStart
) -> None:
    dialogs.agrees = False
    assert asking.start("Ada", "", Purpose.RECRUITMENT)
    assert dialogs.asked == [NOTICE]
    assert controller.session is None


@pytest.fixture
def panel(window: tk.Toplevel, controller: FakeController, dialogs: FakeDialogs) -> SessionPanel:
    controller.source = SourceStatus(SourceState.WAITING, CAMERA)
    panel = SessionPanel(window, controller, dialogs)
    panel.pack(fill="x")
    panel.candidate.insert(0, "Ada")
    return panel


def _pick(panel: SessionPanel, purpose: Purpose) -> None:
    panel.purpose.box.current(list(PURPOSES).index(purpose))
    panel.purpose.box.event_generate("<<ComboboxSelected>>")


@pytest.mark.gui
def test_the_chosen_purpose_stands_in_the_record(panel: SessionPanel, controller: FakeController) -> None:
    assert panel.purpose.box.get() == "Practice"
    _pick(panel, Purpose.RESEARCH)
    panel.start_button.invoke()
    assert controller.session is not None
    assert controller.session.info.purpose is Purpose.RESEARCH


@pytest.mark.gui
@pytest.mark.parametrize(("agrees", "shown"), [(True, "Recruitment"), (False, "Practice")])
def test_choosing_recruitment_shows_the_notice_at_once(
    panel: SessionPanel, dialogs: FakeDialogs, agrees: bool, shown: str
) -> None:
    dialogs.agrees = agrees
    _pick(panel, Purpose.RECRUITMENT)
    assert dialogs.asked == [NOTICE]
    assert panel.purpose.box.get() == shown


@pytest.mark.gui
def test_a_refusal_is_read_in_the_panel(panel: SessionPanel, dialogs: FakeDialogs, window: tk.Toplevel) -> None:
    dialogs.agrees = False
    panel.start_button.invoke()
    window.update()
    assert "nobody agreed" in panel.problem.cget("text")
    assert panel.problem.winfo_viewable()


@pytest.mark.gui
def test_the_program_can_be_closed_over_the_question(window: tk.Toplevel, controller: FakeController) -> None:
    class Closing(FakeDialogs):
        def ask_consent(self, question: ConsentQuestion) -> Consent | None:
            window.destroy()
            return None

    panel = SessionPanel(window, controller, Closing())
    controller.source = SourceStatus(SourceState.WAITING, CAMERA)
    panel.candidate.insert(0, "Ada")
    panel.start_button.invoke()
    assert controller.session is None


@pytest.mark.gui
def test_remembered_recruitment_is_acknowledged_anew_in_every_run(window: tk.Toplevel, dialogs: FakeDialogs) -> None:
    controller = FakeController(settings=Settings(purpose="recruitment", candidate="Ada"))
    panel = SessionPanel(window, controller, dialogs)
    assert panel.purpose.box.get() == "Recruitment"
    panel.start_button.invoke()
    assert dialogs.asked[0] == NOTICE


@pytest.mark.gui
def test_an_unknown_purpose_is_practice(window: tk.Toplevel, dialogs: FakeDialogs) -> None:
    controller = FakeController(settings=Settings(purpose="surveillance"))
    assert SessionPanel(window, controller, dialogs).purpose.purpose is Purpose.PRACTICE


@pytest.mark.gui
def test_a_running_session_keeps_its_purpose(panel: SessionPanel, controller: FakeController) -> None:
    controller.phase = Phase.RUNNING
    panel.refresh()
    assert panel.purpose.box.instate(["disabled"])
