"""Who is who from frame to frame: crossings, gaps, flicker, people who leave and return."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from emotion_gui.core.results import Box
from emotion_gui.tracking.track import Sighting
from emotion_gui.tracking.tracker import Tracker
from tests.tracking.scenes import Path, Scene, dressed, nobody_mixed_up, numbers_given

RATES = [30.0, 10.0]
LOOKS = [dressed(seed) for seed in range(4)]
# As people move before a camera, in sides of the face and in seconds.
phases, periods = st.floats(0, 2 * math.pi), st.floats(2.5, 12)


def still(x: float, y: float, side: float = 100.0) -> Path:
    return lambda _: (x, y, side)


def walking(begin: tuple[float, float], end: tuple[float, float], seconds: float, side: float = 100.0) -> Path:
    def path(time_s: float) -> tuple[float, float, float]:
        part = min(1.0, time_s / seconds)
        return begin[0] + part * (end[0] - begin[0]), begin[1] + part * (end[1] - begin[1]), side

    return path


def there(path: Path, *stretches: tuple[float, float]) -> Path:
    """In the picture only from when to when, in seconds."""
    return lambda time_s: path(time_s) if any(begin <= time_s < end for begin, end in stretches) else None


def conditions(most_missed: float) -> st.SearchStrategy[dict[str, Any]]:
    """A detector's rate, misses and trembling."""
    return st.fixed_dictionaries(
        {"rate": st.sampled_from(RATES), "miss": st.floats(0, most_missed), "seed": st.integers(0, 99)}
    )


@st.composite
def swaying(draw: st.DrawFn, x: float, y: float, reach: float) -> Path:
    """A smooth path around a place, at most `reach` pixels from it, with a size that changes as well."""
    waves = [(draw(phases), draw(periods)) for _ in range(3)]

    def path(time_s: float) -> tuple[float, float, float]:
        dx, dy, grows = (math.sin(phase + 2 * math.pi * time_s / period) for phase, period in waves)
        return x + reach * dx, y + reach * dy, 100.0 * (1 + 0.15 * grows)

    return path


@settings(max_examples=25, deadline=None)
@given(
    st.tuples(*(swaying(200 + 260 * person, 300, 60) for person in range(3))),
    conditions(0.4),
    st.lists(st.tuples(st.floats(1, 8), st.floats(0.1, 0.6)), max_size=3),
)
def test_people_side_by_side_are_never_mixed_up(
    paths: tuple[Path, ...], camera: dict[str, Any], gaps: list[tuple[float, float]]
) -> None:
    scene = Scene(paths, gaps=[(begin, begin + length) for begin, length in gaps], **camera)
    assert nobody_mixed_up(numbers_given(scene, 8.0))


@settings(max_examples=25, deadline=None)
@given(st.tuples(*(swaying(400, 300, 250) for _ in range(3))), conditions(0.3))
def test_people_in_other_clothes_may_cross_as_they_like(paths: tuple[Path, ...], camera: dict[str, Any]) -> None:
    assert nobody_mixed_up(numbers_given(Scene(paths, LOOKS, **camera), 8.0))


@settings(max_examples=25, deadline=None)
@given(st.floats(1.5, 6), st.floats(-60, 60), conditions(0.15))
# Both are missed in the middle, and whoever is seen first stands nearer to where the other one should be.
@example(6.0, 0.0, {"rate": 10.0, "miss": 0.125, "seed": 21})
@example(4.597, 0.0, {"rate": 10.0, "miss": 0.1105, "seed": 1})
# One is seen before the other, whose place it would be if they had turned round.
@example(4.839, 39.36, {"rate": 10.0, "miss": 0.0906, "seed": 99})
# At full speed to the end, and there at rest.
@example(1.5, 59.0, {"rate": 10.0, "miss": 0.15, "seed": 31})
def test_two_in_the_same_clothes_cross_by_their_movement(seconds: float, height: float, camera: dict[str, Any]) -> None:
    paths = [walking((100, 300), (900, 300), seconds), walking((900, 300 + height), (100, 300 - height), seconds)]
    assert nobody_mixed_up(numbers_given(Scene(paths, **camera), seconds + 1))


@pytest.mark.parametrize("rate", RATES)
def test_somebody_walks_behind_the_candidate(rate: float) -> None:
    paths = [still(500, 300, 150), walking((0, 280), (1000, 280), 4.0, 70)]
    assert nobody_mixed_up(numbers_given(Scene(paths, rate=rate), 4.0))
    assert nobody_mixed_up(numbers_given(Scene(paths, LOOKS, rate=rate), 4.0))


@pytest.mark.parametrize("rate", RATES)
def test_somebody_walks_before_the_candidate(rate: float) -> None:
    paths = [walking((0, 280), (1000, 280), 4.0, 180), still(500, 300, 120)]
    assert nobody_mixed_up(numbers_given(Scene(paths, rate=rate), 4.0))
    assert nobody_mixed_up(numbers_given(Scene(paths, LOOKS, rate=rate), 4.0))


@pytest.mark.parametrize("looks", [[], LOOKS], ids=["no colours", "colours"])
def test_a_head_that_turns_away_keeps_its_number(looks: list[tuple[tuple[float, ...], ...]]) -> None:
    turned = there(still(500, 300), (0, 3), (12, 20))
    beside = still(750, 320)
    assert nobody_mixed_up(numbers_given(Scene([turned, beside], looks), 20.0))


@pytest.mark.parametrize("rate", RATES)
def test_somebody_who_comes_back_elsewhere_is_found_again(rate: float) -> None:
    def leaving(time_s: float) -> tuple[float, float, float] | None:
        if time_s < 3:
            return 500 - 150 * time_s, 300, 100
        return None if time_s < 6 else (1400 - 100 * (time_s - 6), 350, 120)

    other = still(800, 300)
    assert nobody_mixed_up(numbers_given(Scene([other, leaving], LOOKS, rate=rate), 9.0))


def test_another_person_in_the_same_place_is_another_person() -> None:
    paths = [there(still(500, 300), (0, 3)), there(still(500, 300), (4, 8))]
    assert nobody_mixed_up(numbers_given(Scene(paths, LOOKS), 8.0))


def test_somebody_in_the_same_clothes_as_a_neighbour_is_not_guessed() -> None:
    twins = [dressed(1), dressed(1)]
    paths = [still(800, 300), there(still(200, 300), (0, 2)), there(still(1300, 300), (3, 5))]
    given = numbers_given(Scene(paths, [*twins, dressed(1)]), 5.0)
    assert given[2][0] not in given[0] + given[1]


def test_who_is_held_is_found_by_colours_after_any_time() -> None:
    tracker = Tracker(10.0)
    (number,) = tracker.update(0.0, [Sighting(Box(100, 100, 80, 80), LOOKS[0])])
    tracker.held = frozenset({number})
    for second in range(1, 700):
        assert number not in tracker.update(float(second), [Sighting(Box(100, 100, 80, 80), LOOKS[1])])
    assert tracker.update(700.0, [Sighting(Box(900, 300, 95, 90), LOOKS[0])]) == [number]


def test_who_is_held_is_not_found_by_the_place_alone_after_that_time() -> None:
    tracker = Tracker(10.0)
    (number,) = tracker.update(0.0, [Sighting(Box(100, 100, 80, 80))])
    tracker.held = frozenset({number})
    assert tracker.update(60.0, [Sighting(Box(100, 100, 80, 80))]) != [number]


def test_a_false_face_for_a_moment_changes_nobody() -> None:
    tracker = Tracker(10.0)
    numbers = set()
    for index in range(300):
        faces = [Sighting(Box(100, 100, 80, 80))] + [Sighting(Box(130, 120, 30, 30))] * (index % 7 == 0)
        numbers.add(tracker.update(index / 30, faces)[0])
    assert numbers == {1}


def test_a_source_that_begins_anew_keeps_who_looks_the_same() -> None:
    tracker = Tracker(10.0)
    first = tracker.update(50.0, [Sighting(Box(100, 100, 80, 80), LOOKS[0]), Sighting(Box(400, 100, 80, 80), LOOKS[1])])
    again = tracker.update(0.0, [Sighting(Box(420, 110, 80, 80), LOOKS[0]), Sighting(Box(90, 130, 80, 80), LOOKS[1])])
    assert again == first


@pytest.mark.parametrize("steps", [[0.0, 0.0, 0.0], [5.0, 1.0, 1.1], [0.0, 1e6, 2e6]], ids=["still", "back", "long"])
def test_any_clock_does(steps: list[float]) -> None:
    tracker = Tracker(2.0)
    for time_s in steps:
        assert len(tracker.update(time_s, [Sighting(Box(1, 1, 40, 40)), Sighting(Box(300, 1, 0, 0))])) == 2


@settings(deadline=None)
@given(
    st.lists(st.lists(st.builds(Box, *[st.floats(-500, 2000)] * 2, *[st.floats(0, 900)] * 2), max_size=5), max_size=9)
)
def test_any_boxes_get_different_numbers_and_the_same_again(frames: list[list[Box]]) -> None:
    def numbers() -> list[list[int]]:
        tracker = Tracker(2.0)
        return [tracker.update(index / 5, [Sighting(box) for box in boxes]) for index, boxes in enumerate(frames)]

    given_numbers = numbers()
    assert given_numbers == numbers()
    assert all(len(set(some)) == len(some) == len(boxes) for some, boxes in zip(given_numbers, frames, strict=True))
