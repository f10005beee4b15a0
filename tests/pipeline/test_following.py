"""From single results to persons: who counts, what is smoothed, and what a gap means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from emotion_gui.core.candidate_wish import CandidateWish
from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.results import Appearance, Box, FaceResult, FrameResult
from emotion_gui.pipeline.following import Following, FollowingOptions
from emotion_gui.tracking.candidate import Presence
from tests.builders import make_face
from tests.tracking.scenes import dressed

NEAR, FAR = Box(100, 100, 160, 160), Box(400, 120, 90, 90)
HAPPY, SAD = EMOTIONS.index(Emotion.HAPPY), EMOTIONS.index(Emotion.SAD)


def result(time_s: float, faces: Mapping[Box, Emotion], looks: Mapping[Box, Appearance] | None = None) -> FrameResult:
    found = tuple(
        replace(make_face(mood), face=number, box=box, appearance=(looks or {}).get(box, ()))
        for number, (box, mood) in enumerate(faces.items())
    )
    return FrameResult(round(30 * time_s), time_s, 1 / 30, found, (640, 480))


def play(following: Following, begin_s: float, seconds: float, faces: Mapping[Box, Emotion]) -> FrameResult:
    """The last of so many seconds of results."""
    results = [following.follow(result(begin_s + index / 30, faces)) for index in range(round(30 * seconds))]
    return results[-1]


def candidate(result: FrameResult) -> FaceResult | None:
    return next((face for face in result.faces if face.candidate), None)


@pytest.fixture
def following() -> Following:
    return Following(FollowingOptions(smoothing_s=0.5, away_s=5.0))


def test_only_the_candidate_counts(following: Following) -> None:
    last = play(following, 0, 2, {NEAR: Emotion.HAPPY, FAR: Emotion.SAD})
    assert [face.counts for face in last.faces] == [True, False]
    assert [face.candidate for face in last.faces] == [True, False]


def test_everyone_counts_on_request() -> None:
    following = Following(FollowingOptions(count_everyone=True))
    assert all(face.counts for face in play(following, 0, 1, {NEAR: Emotion.HAPPY, FAR: Emotion.SAD}).faces)


def test_a_click_on_a_face_or_close_to_it_chooses_it(following: Following) -> None:
    both = {NEAR: Emotion.HAPPY, FAR: Emotion.SAD}
    assert not following.choose_at(0.5, 0.5)
    play(following, 0, 1, both)
    assert not following.choose_at(0.98, 0.98)
    x, y = FAR.center
    assert following.choose_at((x + 55) / 640, y / 480)
    last = play(following, 1, 1, both)
    assert [face.candidate for face in last.faces] == [False, True]


@pytest.mark.parametrize(("leftward", "expected"), [(False, [1, 2, 0, 1]), (True, [2, 1, 0, 2])])
def test_a_key_goes_through_the_faces_in_their_order(following: Following, leftward: bool, expected: list[int]) -> None:
    following.choose_next()
    places = [Box(40, 100, 90, 90), Box(240, 100, 80, 80), Box(440, 100, 70, 70)]
    moods = dict.fromkeys(places, Emotion.HAPPY)
    play(following, 0, 1, moods)
    chosen = []
    for number in range(4):
        following.choose_next(leftward=leftward)
        last = play(following, 1 + number, 1, moods)
        by_place = sorted(last.faces, key=lambda face: face.box.x)
        chosen += [index for index, face in enumerate(by_place) if face.candidate]
    assert chosen == expected


def test_the_colors_end_here(following: Following) -> None:
    looks = {NEAR: dressed(1)}
    followed = following.follow(result(0.0, {NEAR: Emotion.HAPPY}, looks))
    assert all(face.appearance == () for face in followed.faces)


def test_what_a_face_showed_before_a_gap_is_forgotten(following: Following) -> None:
    play(following, 0, 3, {NEAR: Emotion.HAPPY})
    short = following.follow(result(3.4, {NEAR: Emotion.SAD}))
    assert short.faces[0].probabilities[HAPPY] > 0.2
    play(following, 3.4, 2, {NEAR: Emotion.HAPPY})
    long = following.follow(result(7.4, {NEAR: Emotion.SAD}))
    assert long.faces[0].probabilities == long.faces[0].raw
    assert long.faces[0].track == short.faces[0].track


def test_a_clock_set_back_starts_the_smoothing_anew(following: Following) -> None:
    play(following, 100, 3, {NEAR: Emotion.HAPPY})
    first = following.follow(result(0.0, {NEAR: Emotion.SAD}))
    assert first.faces[0].probabilities == first.faces[0].raw
    assert candidate(first)
    second = following.follow(result(0.033, {NEAR: Emotion.HAPPY}))
    assert second.faces[0].probabilities[SAD] > 0.5


def test_a_source_that_is_opened_again_keeps_who_was_chosen(following: Following) -> None:
    both = {NEAR: Emotion.HAPPY, FAR: Emotion.SAD}
    following.propose()
    play(following, 0, 1, both)
    x, y = FAR.center
    following.choose_at(x / 640, y / 480)
    following.settle()
    following.begin_anew()
    # What was shown before the source was opened again cannot be clicked any more.
    assert not following.choose_at(x / 640, y / 480)
    last = play(following, 50, 1, both)
    assert [face.candidate for face in last.faces] == [False, True]


def test_nobody_takes_the_place_of_a_candidate_who_left(following: Following) -> None:
    play(following, 0, 2, {NEAR: Emotion.HAPPY})
    seen = [following.presence]
    away = play(following, 2, 4, {FAR: Emotion.SAD})
    seen.append(following.presence)
    gone = play(following, 6, 10, {FAR: Emotion.SAD})
    assert [*seen, following.presence] == [Presence.HERE, Presence.AWAY, Presence.GONE]
    assert not any(face.counts for each in (away, gone) for face in each.faces)


def test_a_candidate_who_comes_in_from_the_side_is_found_once_seen_whole(following: Following) -> None:
    worn, partly = dressed(1), dressed(3)
    for index in range(60):
        following.follow(result(index / 30, {NEAR: Emotion.HAPPY}, {NEAR: worn}))
    for index in range(90):
        back = Box(500 - 2 * index, 200, 120, 120)
        last = following.follow(result(30 + index / 30, {back: Emotion.HAPPY}, {back: partly if index < 20 else worn}))
    assert candidate(last)


def test_a_candidate_who_is_gone_is_found_again_by_colors_elsewhere(following: Following) -> None:
    worn, others = dressed(1), dressed(2)
    for index in range(60):
        following.follow(result(index / 30, {NEAR: Emotion.HAPPY}, {NEAR: worn}))
    for index in range(60):
        following.follow(result(20 + index / 30, {FAR: Emotion.SAD}, {FAR: others}))
    back = Box(450, 250, 140, 140)
    found = following.follow(result(22.0, {back: Emotion.HAPPY, FAR: Emotion.SAD}, {back: worn, FAR: others}))
    assert [face.candidate for face in found.faces] == [True, False]
    assert following.presence is Presence.HERE


def test_a_number_means_the_person_who_had_it_without_a_wish() -> None:
    """The first person leaves for a minute and comes back, as others come and go."""
    looks = {NEAR: dressed(1), FAR: dressed(2)}
    third, third_looks = Box(250, 120, 110, 110), {Box(250, 120, 110, 110): dressed(3)}
    course = [
        *(result(index / 10, {NEAR: Emotion.HAPPY}, looks) for index in range(40)),
        *(result(4 + index / 10, {FAR: Emotion.SAD}, looks) for index in range(600)),
        *(result(64 + index / 10, {NEAR: Emotion.HAPPY}, looks) for index in range(40)),
        *(result(69 + index / 10, {third: Emotion.HAPPY}, third_looks) for index in range(40)),
    ]
    plain = Following(FollowingOptions())
    numbers = [face.track for each in course for face in plain.follow(each).faces]
    assert numbers[0] == numbers[640] == 1
    wished = Following(FollowingOptions(wish=CandidateWish.parse(f"track {numbers[-1]}")))
    followed = [wished.follow(each) for each in course]
    assert [face.track for each in followed for face in each.faces] == numbers
    assert {face.track for each in followed for face in each.faces if face.candidate} == {numbers[-1]}
