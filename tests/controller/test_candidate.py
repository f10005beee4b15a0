"""Who counts when there are two, through the controller that a window talks to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from emotion_gui.controller.interview import InterviewController
from emotion_gui.controller.status import ModelState
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.tracking.candidate import Presence
from tests.builders import CONSENT
from tests.fakes import UNLIMITED
from tests.two_people import RIGHT, SIZE_WH, two_people
from tests.waiting import wait_for


@pytest.fixture
def controller(tmp_path: Path) -> Iterator[InterviewController]:
    with SessionStore(tmp_path / "sessions") as store:
        made = InterviewController(store, Settings(**UNLIMITED), tmp_path / "settings.json", two_people())
        made.load_model(None)
        made.open_source(SourceSpec.parse("camera:0"))
        wait_for(lambda: made.poll() is None or made.model.state is ModelState.READY, "the model")
        yield made
        closed: list[int] = []
        made.close(closed.append)
        wait_for(lambda: made.poll() is None or closed, "the end")


def _until(controller: InterviewController, mood: Emotion) -> None:
    def is_candidate() -> bool:
        controller.poll()
        return any(face.candidate and face.label is mood for face in controller.faces)

    wait_for(is_candidate, f"a candidate who is {mood.value}")


@pytest.mark.parametrize("mirror", [True, False])
def test_a_click_means_the_face_under_it_in_a_mirror_too(controller: InterviewController, mirror: bool) -> None:
    controller.apply_settings(replace(controller.settings, mirror=mirror))
    assert not controller.candidate.at(0.5, 0.5)
    controller.start("Ada", "", consent=CONSENT)
    _until(controller, Emotion.HAPPY)
    assert controller.presence is Presence.HERE
    x, y = RIGHT.center[0] / SIZE_WH[0], RIGHT.center[1] / SIZE_WH[1]
    assert controller.candidate.at(1 - x if mirror else x, y)
    _until(controller, Emotion.SAD)


@pytest.mark.parametrize("mirror", [True, False])
def test_a_key_goes_from_face_to_face(controller: InterviewController, mirror: bool) -> None:
    controller.apply_settings(replace(controller.settings, mirror=mirror))
    controller.candidate.next()
    controller.start("Ada", "", consent=CONSENT)
    _until(controller, Emotion.HAPPY)
    for mood in (Emotion.SAD, Emotion.HAPPY):
        controller.candidate.next()
        _until(controller, mood)


def test_the_next_session_knows_nobody_of_the_last(controller: InterviewController) -> None:
    controller.start("Ada", "", consent=CONSENT)
    _until(controller, Emotion.HAPPY)
    x, y = RIGHT.center[0] / SIZE_WH[0], RIGHT.center[1] / SIZE_WH[1]
    assert controller.candidate.at(1 - x, y)
    _until(controller, Emotion.SAD)
    controller.stop()
    assert controller.presence is Presence.NOBODY
    controller.start("Grace", "", consent=CONSENT)
    _until(controller, Emotion.HAPPY)


def test_everyone_counts_on_request(controller: InterviewController) -> None:
    controller.apply_settings(replace(controller.settings, count_everyone=True))
    controller.start("Ada", "", consent=CONSENT)
    session = controller.session
    assert session

    def both_counted() -> bool:
        controller.poll()
        return bool(session.statistics.counts[Emotion.HAPPY] and session.statistics.counts[Emotion.SAD])

    wait_for(both_counted, "both")
