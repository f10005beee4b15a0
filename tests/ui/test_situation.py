"""What a person meets, as a table: every situation comes about, in a fixed order, with words of its own."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import ttkbootstrap as ttk

from emotion_gui.controller.status import Keeping, Level, ModelState, ModelStatus, Phase, SourceState, SourceStatus
from emotion_gui.core.results import Box, FaceResult, QualityProblem
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.tracking.candidate import Presence
from emotion_gui.ui.card_words import Act, CardWords, card_words
from emotion_gui.ui.line_words import LineStory
from emotion_gui.ui.situation import TOLD, Sight, Situation, hindrance, of_picture, of_session, of_video
from emotion_gui.ui.situation_looks import LOOKS
from tests.builders import make_face

CAMERA, FILE = SourceSpec("camera", "0"), SourceSpec("file", "/clips/talk.mp4")
PLAYING = Sight(SourceStatus(SourceState.PLAYING, CAMERA, seen=True), has_session=True)
CANDIDATE = replace(make_face(), track=1, candidate=True)
OTHER = replace(make_face(face=1), track=2, watched=False)
RUNNING = replace(PLAYING, phase=Phase.RUNNING, presence=Presence.HERE, faces=(CANDIDATE,))


def _with_source(state: SourceState, spec: SourceSpec | None = CAMERA, *, seen: bool = False) -> Sight:
    return replace(PLAYING, source=SourceStatus(state, spec, "It is gone.", "Plug it in.", 12.5, seen))


PICTURES = {
    Situation.NO_SOURCE: _with_source(SourceState.CLOSED, None),
    Situation.SOURCE_OFF: _with_source(SourceState.WAITING),
    Situation.OPENING: _with_source(SourceState.OPENING),
    Situation.NO_CAMERA: _with_source(SourceState.LOST),
    Situation.NO_PICTURE: _with_source(SourceState.FAILED, FILE),
    Situation.LOST: _with_source(SourceState.LOST, seen=True),
    Situation.ENDED: _with_source(SourceState.ENDED, FILE),
    Situation.PAUSED: replace(RUNNING, phase=Phase.PAUSED),
    Situation.LOADING_MODEL: replace(PLAYING, model=ModelStatus(ModelState.LOADING)),
    Situation.NO_MODEL: replace(PLAYING, model=ModelStatus(ModelState.MISSING)),
    Situation.PREVIEW: replace(PLAYING, previews=True, analyzed=False),
    Situation.LOOKING: replace(PLAYING, analyzed=False),
    Situation.CALIBRATING: replace(RUNNING, calibrating=True),
    Situation.UNSEEN: replace(RUNNING, presence=Presence.AWAY, faces=()),
    Situation.SOMEBODY_ELSE: replace(RUNNING, presence=Presence.AWAY, faces=(OTHER,)),
    Situation.AWAY: replace(RUNNING, presence=Presence.GONE, faces=()),
    Situation.CLICK_NEEDED: replace(RUNNING, presence=Presence.GONE, faces=(OTHER,)),
    Situation.NOT_USABLE: replace(RUNNING, faces=(replace(CANDIDATE, problem=QualityProblem.TOO_DARK),)),
    Situation.NO_FACE: PLAYING,
    Situation.ONE_FACE: RUNNING,
    Situation.CANDIDATE_AMONG_OTHERS: replace(RUNNING, faces=(CANDIDATE, OTHER)),
    Situation.EVERYONE: replace(RUNNING, faces=(CANDIDATE, replace(OTHER, watched=True))),
}
SESSIONS = {
    Situation.COUNTING: RUNNING,
    Situation.WAITING: replace(_with_source(SourceState.LOST, seen=True), phase=Phase.RUNNING),
    Situation.RESTING: replace(RUNNING, calibrating=True),
    Situation.SESSION_PAUSED: replace(RUNNING, phase=Phase.PAUSED),
    Situation.SAVING: replace(PLAYING, keeping=Keeping.SAVING),
    Situation.SAVED: PLAYING,
    Situation.NOT_SAVED: replace(PLAYING, keeping=Keeping.HELD_UP),
}
VIDEOS = {
    Situation.RECORDING: of_video(RUNNING, paused=False),
    Situation.RECORDING_PAUSED: of_video(RUNNING, paused=True),
    Situation.RECORDING_WAITING: of_video(_with_source(SourceState.LOST), paused=False),
}


@pytest.mark.parametrize("situation", PICTURES)
def test_each_picture_comes_about(situation: Situation) -> None:
    assert of_picture(PICTURES[situation]) is situation


@pytest.mark.parametrize("situation", SESSIONS)
def test_each_stand_of_the_session_comes_about(situation: Situation) -> None:
    assert of_session(SESSIONS[situation]) is situation


def test_nothing_is_left_out() -> None:
    assert {situation: situation for situation in VIDEOS} == VIDEOS
    assert set(TOLD) == set(Level)
    assert {*PICTURES, *SESSIONS, *VIDEOS, *TOLD.values()} == set(Situation) == set(LOOKS)


def test_without_a_session_there_is_nothing_to_say_of_it() -> None:
    assert of_session(replace(PLAYING, has_session=False)) is None


@pytest.mark.parametrize(
    ("first", "sight"),
    [
        # A lost camera is worth more than the pause, a missing model than a missing face, ...
        (Situation.LOST, replace(_with_source(SourceState.LOST, seen=True), phase=Phase.PAUSED)),
        (Situation.PAUSED, replace(PICTURES[Situation.LOADING_MODEL], phase=Phase.PAUSED)),
        (Situation.LOADING_MODEL, replace(PICTURES[Situation.PREVIEW], model=ModelStatus(ModelState.LOADING))),
        (Situation.CALIBRATING, replace(PICTURES[Situation.UNSEEN], calibrating=True)),
        (Situation.SOMEBODY_ELSE, replace(PICTURES[Situation.NOT_USABLE], presence=Presence.AWAY)),
        # ... and nobody is waited for without a session, nor where everyone counts.
        (Situation.NO_FACE, replace(PICTURES[Situation.AWAY], phase=Phase.IDLE)),
        (Situation.NO_FACE, replace(PICTURES[Situation.AWAY], everyone=True)),
    ],
)
def test_what_matters_more_goes_first(first: Situation, sight: Sight) -> None:
    assert of_picture(sight) is first


def _said(situation: Situation) -> tuple[str, str]:
    card = card_words(PICTURES[situation], 10.0)
    if card:
        return card.title, card.look.icon
    line = LineStory().update(PICTURES[situation], 10.0)
    assert line.look
    return line.text, line.look.icon


def test_each_picture_has_a_sentence_and_a_look_of_its_own() -> None:
    said = {situation: _said(situation) for situation in PICTURES if situation is not Situation.NO_PICTURE}
    assert all(text and "{" not in text for text, _ in said.values())
    assert len({text for text, _ in said.values()}) == len(said)
    looks = [(LOOKS[situation].icon, LOOKS[situation].role) for situation in PICTURES]
    # The candidate who is away is one look in its two stages.
    assert len(set(looks)) == len(PICTURES)


@pytest.mark.parametrize("table", [SESSIONS, VIDEOS, set(TOLD.values())])
def test_each_other_situation_has_a_look_of_its_own(table: set[Situation]) -> None:
    assert len({LOOKS[situation].icon for situation in table}) == len(table)
    sentences = {LOOKS[situation].sentence for situation in table}
    assert len(sentences) == len(table) or sentences == {""}


def test_every_icon_is_in_the_font() -> None:
    glyphs = json.loads((Path(ttk.__file__).parent / "assets/icons/glyphmap.json").read_text(encoding="utf-8"))
    assert {look.icon for look in LOOKS.values()} <= set(glyphs)


def _face(side: float, problem: QualityProblem | None, *, watched: bool = True) -> FaceResult:
    return replace(make_face(), box=Box(0, 0, side, side), problem=problem, watched=watched)


def test_only_those_who_count_are_hindered() -> None:
    other = _face(300, QualityProblem.TOO_BRIGHT, watched=False)
    assert hindrance([other, _face(100, None)]) is None
    assert hindrance([other, _face(100, QualityProblem.TOO_DARK)]) is QualityProblem.TOO_DARK
    assert hindrance([other]) is None
    assert hindrance([]) is None


def test_where_everyone_counts_the_largest_face_is_hindered() -> None:
    small, large = _face(40, QualityProblem.TOO_SMALL), _face(200, QualityProblem.TURNED_AWAY)
    assert hindrance([small, large]) is QualityProblem.TURNED_AWAY
    assert hindrance([small, _face(200, None)]) is None


def _card(sight: Sight) -> CardWords:
    card = card_words(sight, 10.0)
    assert card
    return card


@pytest.mark.parametrize(("kind", "title"), [("camera", "The camera is off."), ("stream", "The stream is off.")])
def test_a_source_that_is_off_says_when_it_opens(kind: str, title: str) -> None:
    card = _card(_with_source(SourceState.WAITING, SourceSpec(kind, "0")))
    assert (card.title, card.acts) == (title, ((Act.START, "Start a session"),))
    assert "after the candidate has agreed" in card.hint


def test_a_missing_camera_says_when_it_is_tried_again() -> None:
    card = _card(PICTURES[Situation.NO_CAMERA])
    assert (card.title, card.hint) == ("It is gone.", "Plug it in.\nTrying again in 3 s.")


def test_a_camera_that_was_there_is_lost() -> None:
    card = _card(PICTURES[Situation.LOST])
    assert (card.title, card.hint) == ("The camera is lost.", "It is gone. Plug it in.\nTrying again in 3 s.")


@pytest.mark.parametrize("state", [SourceState.LOST, SourceState.FAILED])
def test_a_running_session_keeps_its_source(state: SourceState) -> None:
    idle = _with_source(state)
    assert [act for act, _ in _card(idle).acts] == [Act.RETRY, Act.DEMO]
    # Another try brings the same source back; the demo would be another one.
    assert [act for act, _ in _card(replace(idle, phase=Phase.RUNNING)).acts] == [Act.RETRY]


def test_a_pause_says_whether_the_picture_waits() -> None:
    live, recorded = PICTURES[Situation.PAUSED], replace(RUNNING, phase=Phase.PAUSED)
    recorded = replace(recorded, source=SourceStatus(SourceState.PLAYING, FILE))
    assert "camera stays on" in _card(live).hint
    assert "recording waits" in _card(recorded).hint
    assert _card(live).veils
    assert not _card(PICTURES[Situation.LOST]).veils
