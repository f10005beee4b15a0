"""The line under the picture over time: what it says can be read and acted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.controller.status import Phase, SourceState, SourceStatus
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.results import FaceResult, QualityProblem
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.tracking.candidate import Presence
from emotion_gui.ui.line_words import LineStory
from emotion_gui.ui.situation import Sight
from emotion_gui.ui.situation_looks import Role
from emotion_gui.ui.steady import Steady
from tests.builders import make_face

CANDIDATE = replace(make_face(Emotion.HAPPY), track=1, candidate=True)
OTHER = replace(make_face(Emotion.SAD, face=1), track=2, watched=False)
DARK = replace(CANDIDATE, problem=QualityProblem.TOO_DARK)
RUNNING = Sight(SourceStatus(SourceState.PLAYING, SourceSpec("camera", "0")), phase=Phase.RUNNING)
_BEAT_S = 0.1

Faces = tuple[FaceResult, ...]


def _told(seen: Sequence[Faces]) -> list[str]:
    """What is said of each result, ten a second."""
    story = LineStory()
    return [story.update(replace(RUNNING, faces=faces), n * _BEAT_S).text for n, faces in enumerate(seen)]


def test_a_face_that_is_missed_for_a_moment_is_not_missing() -> None:
    told = _told([*[(CANDIDATE,)] * 20, *[()] * 8, *[(CANDIDATE,)] * 20])
    assert {text.split()[1] for text in told} == {"face:"}


def test_after_a_second_without_a_face_it_is_said_what_to_do() -> None:
    told = _told([(CANDIDATE,)] * 10 + [()] * 30)
    assert [text.startswith("No face") for text in told].index(True) == 10 + 10


def test_a_face_that_comes_and_goes_does_not_flicker() -> None:
    assert len(set(_told([(CANDIDATE,), ()] * 40))) == 1


@given(st.lists(st.sampled_from([(CANDIDATE,), (), (DARK,), (CANDIDATE, OTHER)]), max_size=120))
def test_every_warning_stays_long_enough_to_be_read(seen: list[Faces]) -> None:
    story = LineStory()
    lines = [story.update(replace(RUNNING, faces=faces), n * _BEAT_S) for n, faces in enumerate(seen)]
    runs = [(look, len(list(run))) for look, run in groupby(lines, lambda line: line.look)]
    assert all(beats >= 14 for look, beats in runs[:-1] if look and look.role is Role.WARNING)


def test_a_bad_picture_is_told_within_half_a_second_and_goes_again() -> None:
    told = _told([(CANDIDATE,)] * 5 + [(DARK,)] * 30 + [(CANDIDATE,)] * 30)
    assert told[5 + 5].startswith("Not counted: too dark")
    assert told[-1] == "1 face: happy 70 %"


@pytest.mark.parametrize(
    ("presence", "faces", "words"),
    [
        (Presence.AWAY, (), "look into the camera"),
        (Presence.AWAY, (OTHER,), "other faces do not count"),
        (Presence.GONE, (OTHER,), "click the face or press N"),
        (Presence.GONE, (), "nothing is counted meanwhile"),
    ],
)
def test_an_absence_says_what_it_means_and_what_to_do(presence: Presence, faces: Faces, words: str) -> None:
    line = LineStory().update(replace(RUNNING, presence=presence, faces=faces), 0.0)
    assert words in line.text
    assert line.look
    assert line.look.role is Role.WARNING


def test_the_return_is_said_for_a_moment() -> None:
    story = LineStory()
    away, back = (
        replace(RUNNING, presence=Presence.AWAY),
        replace(RUNNING, presence=Presence.HERE, faces=(CANDIDATE,)),
    )
    story.update(away, 0.0)
    assert story.update(back, 1.0).text == "The candidate is back"
    assert story.update(back, 3.0).text == "The candidate is back"
    assert story.update(back, 4.0).text == "1 face: happy 70 %"


def test_among_others_it_is_said_who_counts_and_how_to_change_that() -> None:
    line = LineStory().update(replace(RUNNING, faces=(CANDIDATE, OTHER)), 0.0)
    assert line.text == "2 faces: only the candidate counts (happy 70 %) - click another to change"
    # It stands in one line under a picture that may be 520 pixels wide.
    assert len(line.text) <= 80


def test_where_everyone_counts_all_are_named() -> None:
    everyone = (CANDIDATE, replace(OTHER, watched=True))
    assert LineStory().update(replace(RUNNING, faces=everyone), 0.0).text == "2 faces: happy 70 %, sad 70 %"


def test_a_click_beside_every_face_is_answered() -> None:
    story = LineStory()
    story.missed(10.0)
    assert story.update(replace(RUNNING, faces=(CANDIDATE,)), 10.1).text.startswith("No face there")


@pytest.mark.parametrize(
    "sight",
    [replace(RUNNING, phase=Phase.PAUSED, faces=(CANDIDATE,)), replace(RUNNING, source=SourceStatus())],
    ids=["paused", "no picture"],
)
def test_where_a_card_speaks_the_line_is_silent(sight: Sight) -> None:
    assert LineStory().update(sight, 0.0).text == ""


def test_a_value_is_shown_once_it_lasts_and_for_as_long_as_it_needs() -> None:
    steady: Steady[str] = Steady({"a": 0.0, "b": 1.0}.__getitem__, {"a": 0.0, "b": 2.0}.__getitem__)
    shown = [
        steady.update(value, time) for value, time in (("a", 0), ("b", 1), ("b", 1.9), ("b", 2), ("a", 3), ("a", 4))
    ]
    assert shown == ["a", "a", "a", "b", "b", "a"]
