"""Whose face counts, and who may take that place."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from emotion_gui.core.candidate_wish import LARGEST, CandidateWish, WishKind
from emotion_gui.core.results import Box, FaceResult
from emotion_gui.tracking.candidate import CandidateChoice, Presence


def faces(sides: Mapping[int, float]) -> list[FaceResult]:
    """Faces by number and side in pixels."""
    return [FaceResult(0, Box(0, 0, side, side), 0.9, (1.0,), track=track) for track, side in sides.items()]


def play(choice: CandidateChoice, seconds: float, sides: Mapping[int, float], begin_s: float = 0.0) -> list[int]:
    return [choice.update(begin_s + index / 10, faces(sides)) for index in range(round(10 * seconds))]


def test_the_largest_face_is_taken_and_kept() -> None:
    choice = CandidateChoice()
    assert set(play(choice, 2, {1: 60, 2: 100})) == {2}
    assert set(play(choice, 60, {1: 300, 2: 90}, 2.0)) == {2}


def test_the_first_second_may_still_find_a_larger_one() -> None:
    choice = CandidateChoice()
    play(choice, 0.5, {1: 60})
    assert set(play(choice, 3, {1: 60, 2: 120}, 0.5)) == {2}


def test_a_false_face_at_the_start_is_not_waited_for() -> None:
    choice = CandidateChoice()
    play(choice, 0.1, {1: 60})
    assert play(choice, 3, {2: 100}, 0.1)[-1] == 2


def test_in_a_session_nobody_takes_the_place_of_one_who_left() -> None:
    choice = CandidateChoice(away_s=10.0)
    play(choice, 3, {1: 100})
    assert set(play(choice, 9, {2: 200}, 3.0)) == {1}
    seen = [choice.presence]
    assert set(play(choice, 300, {2: 200}, 12.0)) == {1}
    seen.append(choice.presence)
    choice.choose(2, 312.0)
    assert set(play(choice, 1, {2: 200}, 312.0)) == {2}
    seen.append(choice.presence)
    assert seen == [Presence.AWAY, Presence.GONE, Presence.HERE]


def test_flicker_is_no_absence() -> None:
    choice = CandidateChoice()
    play(choice, 3, {1: 100})
    play(choice, 0.8, {}, 3.0)
    assert choice.presence is Presence.HERE


def test_before_a_session_the_largest_is_proposed() -> None:
    choice = CandidateChoice()
    choice.propose()
    assert choice.presence is Presence.NOBODY
    assert play(choice, 5, {1: 100, 2: 90})[-1] == 1
    # Two of a size do not take turns; one who comes much nearer is proposed.
    assert play(choice, 5, {1: 100, 2: 105}, 5.0)[-1] == 1
    assert play(choice, 5, {1: 100, 2: 130}, 10.0)[-1] == 2
    assert play(choice, 5, {1: 100}, 15.0)[-1] == 1


def test_who_was_chosen_before_a_session_stays_in_it() -> None:
    choice = CandidateChoice()
    choice.propose()
    play(choice, 2, {1: 100, 2: 60})
    choice.choose(2, 2.0)
    assert set(play(choice, 5, {1: 200, 2: 60}, 2.0)) == {2}
    choice.settle()
    # The recording begins again, and the time with it.
    assert set(play(choice, 5, {1: 200, 2: 60})) == {2}


def test_who_was_only_proposed_is_chosen_anew_at_the_start() -> None:
    choice = CandidateChoice()
    choice.propose()
    play(choice, 2, {1: 100})
    choice.settle()
    assert set(play(choice, 5, {1: 60, 2: 100})) == {2}
    # A source that is opened again in the session is no new start.
    choice.settle()
    assert set(play(choice, 5, {1: 60}, 5.0)) == {2}


def row(places: Mapping[int, float]) -> list[FaceResult]:
    """Faces of 100 pixels by number and left edge."""
    return [FaceResult(0, Box(x, 0, 100, 100), 0.9, (1.0,), track=track) for track, x in places.items()]


def test_the_face_on_the_left_is_taken_and_kept_when_it_moves() -> None:
    choice = CandidateChoice(wish=CandidateWish(WishKind.LEFT))
    assert [choice.update(time / 10, row({1: 300, 2: 20})) for time in range(20)] == [2] * 20
    assert [choice.update(2 + time / 10, row({1: 10, 2: 400})) for time in range(20)] == [2] * 20


def test_the_first_second_may_still_find_one_further_left() -> None:
    choice = CandidateChoice(wish=CandidateWish(WishKind.LEFT))
    assert choice.update(0.0, row({1: 300})) == 1
    assert choice.update(0.1, row({1: 300, 2: 280})) == 1
    assert choice.update(0.2, row({1: 300, 2: 100})) == 2


def test_a_person_named_by_number_is_waited_for_and_nobody_stands_in() -> None:
    choice = CandidateChoice(wish=CandidateWish(WishKind.TRACK, 3))
    assert set(play(choice, 30, {1: 100, 2: 300})) == {3}
    seen = [choice.presence]
    assert set(play(choice, 3, {1: 100, 3: 30}, 30.0)) == {3}
    seen.append(choice.presence)
    assert seen == [Presence.GONE, Presence.HERE]


@pytest.mark.parametrize("text", ["largest", "left", "track 3", "track:12"])
def test_a_wish_is_read_as_it_is_told(text: str) -> None:
    assert str(CandidateWish.parse(text)) == text.replace(":", " ")
    assert CandidateWish.parse("largest") == LARGEST


@pytest.mark.parametrize("text", ["track", "track 0", "track -1", "ANNA", "right", "track 1.5"])
def test_no_other_wish_is_taken(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        CandidateWish.parse(text)
