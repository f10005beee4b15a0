"""The real question before a real camera: nothing opens before a yes, and a no leaves nothing."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from emotion_gui.controller.status import Phase, SourceState
from emotion_gui.core.consent import Consent, Purpose
from emotion_gui.core.consent_texts import PURPOSES, AgreementText, ConsentQuestion, recruitment_notice
from emotion_gui.core.paths import assets_folder
from emotion_gui.ui.card_words import Act
from emotion_gui.ui.session.consent_window import AgreementWindow, ConsentWindow, NoticeWindow
from emotion_gui.ui.tk_dialogs import TkDialogs
from tests.e2e.program import Program
from tests.keys import press_key
from tests.mjpeg_server import MjpegServer, frames_of_clip
from tests.ui.fake_dialogs import FakeDialogs

pytestmark = pytest.mark.gui


class Asking(FakeDialogs):
    """Asks for consent on the screen; all other questions are answered beforehand."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__()
        self._screen = TkDialogs(parent)

    def ask_consent(self, question: ConsentQuestion) -> Consent | None:
        return self._screen.ask_consent(question)

    def ask_acknowledgement(self, notice: AgreementText) -> bool:
        return self._screen.ask_acknowledgement(notice)


@pytest.fixture
def asking(window: tk.Toplevel, tmp_path: Path) -> Iterator[Program]:
    made = Program(window, tmp_path / "data", dialogs=Asking(window))
    made.start()
    yield made
    made.close()


@pytest.fixture
def camera() -> Iterator[MjpegServer]:
    with MjpegServer(frames_of_clip(assets_folder() / "demo.mp4", 60), 20.0) as server:
        yield server


def _answer(program: Program, kind: type[AgreementWindow], how: Callable[[AgreementWindow], None]) -> None:
    """Answer the next question of a kind as soon as it is on the screen."""
    top = program.main.root

    def answer() -> None:
        shown = program.find(kind)
        if shown is None or not shown.winfo_viewable():
            top.after(10, answer)
            return
        how(shown)

    top.after(10, answer)


def _say_no(asked: AgreementWindow) -> None:
    press_key(asked.text, "<Escape>")


def _say_yes(asked: AgreementWindow) -> None:
    if isinstance(asked, NoticeWindow):
        press_key(asked.box, "<space>")
    press_key(asked.ok_button, "<space>")


def _choose(program: Program, purpose: Purpose) -> None:
    box = program.main.session_panel.purpose.box
    box.current(list(PURPOSES).index(purpose))
    box.event_generate("<<ComboboxSelected>>")


def test_no_means_no_camera_and_yes_is_on_record(asking: Program, camera: MjpegServer) -> None:
    main, controller = asking.main, asking.controller
    asking.dialogs.text = camera.url
    asking.press("<Control-l>")
    asking.wait_until_ready()
    asking.wait(main.video.card.buttons[Act.START].winfo_viewable, "the card with its Start button")
    asking.type_into(main.session_panel.candidate, "P 07")

    _answer(asking, ConsentWindow, _say_no)
    main.video.card.buttons[Act.START].invoke()
    assert (controller.phase, controller.session) == (Phase.IDLE, None)
    assert camera.visits == 0
    assert not asking.store.list()

    _answer(asking, NoticeWindow, _say_no)
    _choose(asking, Purpose.RECRUITMENT)
    assert main.session_panel.purpose.box.get() == "Practice"
    _answer(asking, NoticeWindow, _say_yes)
    _choose(asking, Purpose.RECRUITMENT)
    assert main.session_panel.purpose.box.get() == "Recruitment"

    before = datetime.now(UTC).replace(microsecond=0)
    _answer(asking, ConsentWindow, _say_yes)
    main.video.card.buttons[Act.START].invoke()
    assert controller.phase is Phase.RUNNING
    asking.wait_for_face()
    asking.count_for(0.5)
    main.session_panel.stop_button.invoke()
    asking.wait(lambda: not camera.watched, "the camera's release")
    assert controller.source.state is SourceState.WAITING

    info = asking.record().info
    assert info.purpose is Purpose.RECRUITMENT
    assert info.consent is not None
    assert before <= info.consent.agreed_at <= info.started_at
    assert info.consent.text_version.startswith("1-")
    assert info.consent.notice_version == recruitment_notice().version
