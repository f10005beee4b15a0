"""What the window says of the candidate."""

from __future__ import annotations

from dataclasses import replace

import pytest

from emotion_gui.core.emotions import Emotion
from emotion_gui.core.results import FaceResult
from emotion_gui.tracking.candidate import Presence
from emotion_gui.ui.candidate_line import CandidateLine
from emotion_gui.ui.wording import ATTENTION
from tests.builders import make_face

CANDIDATE = replace(make_face(Emotion.HAPPY), track=1, candidate=True)
OTHER = replace(make_face(Emotion.SAD, face=1), track=2, watched=False)


@pytest.mark.parametrize(
    ("presence", "faces", "words"),
    [
        (Presence.AWAY, (), "look into the camera"),
        (Presence.AWAY, (OTHER,), "other faces do not count"),
        (Presence.GONE, (OTHER,), "click the face to go on"),
        (Presence.GONE, (), "nothing is counted meanwhile"),
    ],
)
def test_an_absence_says_what_it_means_and_what_to_do(
    presence: Presence, faces: tuple[FaceResult, ...], words: str
) -> None:
    line = CandidateLine().update(presence, faces, 0.0, running=True)
    assert line.startswith(ATTENTION)
    assert words in line
    # Without a session nobody is waited for.
    assert CandidateLine().update(presence, faces, 0.0, running=False) == ""


def test_the_return_is_said_for_a_moment() -> None:
    line = CandidateLine()
    line.update(Presence.AWAY, (), 0.0, running=True)
    assert line.update(Presence.HERE, (CANDIDATE,), 1.0, running=True) == "The candidate is back"
    assert line.update(Presence.HERE, (CANDIDATE,), 3.0, running=True) == "The candidate is back"
    assert line.update(Presence.HERE, (CANDIDATE,), 4.0, running=True) == ""


def test_among_others_the_candidate_is_named() -> None:
    line = CandidateLine().update(Presence.HERE, (CANDIDATE, OTHER), 0.0, running=True)
    assert line.startswith("Candidate: Happy 70 % - click a face")


def test_where_everyone_counts_nothing_is_said() -> None:
    everyone = (CANDIDATE, replace(OTHER, watched=True))
    assert CandidateLine().update(Presence.HERE, everyone, 0.0, running=False) == ""


def test_a_click_beside_every_face_is_answered() -> None:
    line = CandidateLine()
    line.missed(10.0)
    assert line.update(Presence.HERE, (CANDIDATE,), 10.1, running=False).startswith("No face there")
