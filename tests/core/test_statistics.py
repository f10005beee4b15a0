"""Counting by time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.results import QualityProblem
from emotion_gui.core.statistics import STATISTICS, EmotionStatistics
from tests.builders import make_face

_FRAMES = st.lists(st.tuples(st.floats(0, 1), st.lists(st.sampled_from(EMOTIONS), max_size=3)), max_size=40)


def _counted(frames: list[tuple[float, list[Emotion]]]) -> EmotionStatistics:
    statistics = EmotionStatistics()
    for duration_s, labels in frames:
        statistics.add(duration_s, [make_face(label) for label in labels])
    return statistics


@given(_FRAMES)
def test_totals_add_up(frames: list[tuple[float, list[Emotion]]]) -> None:
    statistics = _counted(frames)
    assert statistics.frames == len(frames)
    assert statistics.frames_with_face == sum(bool(labels) for _, labels in frames)
    assert sum(statistics.counts.values()) == sum(len(labels) for _, labels in frames)
    assert statistics.duration_s == pytest.approx(sum(duration_s for duration_s, _ in frames))
    assert sum(statistics.seconds.values()) == pytest.approx(sum(d * len(labels) for d, labels in frames))
    assert statistics.face_duration_s <= statistics.duration_s


@given(_FRAMES, st.sets(st.sampled_from(EMOTIONS)))
def test_shares_are_parts_of_one(frames: list[tuple[float, list[Emotion]]], among: set[Emotion]) -> None:
    statistics = _counted(frames)
    shares = statistics.shares(among)
    assert set(shares) == among
    expected = 1.0 if any(statistics.seconds[emotion] for emotion in among) else 0.0
    assert sum(shares.values()) == pytest.approx(expected)
    assert all(0 <= share <= 1 for share in shares.values())


def test_shares_go_by_time_and_not_by_count() -> None:
    statistics = _counted([(0.9, [Emotion.SAD]), (0.05, [Emotion.HAPPY]), (0.05, [Emotion.HAPPY])])
    assert statistics.counts[Emotion.HAPPY] == 2
    assert statistics.shares()[Emotion.SAD] == pytest.approx(0.9)


def test_before_a_face_was_seen_all_shares_are_nothing() -> None:
    assert not any(_counted([(1.0, [])]).shares().values())
    assert not any(EmotionStatistics().shares().values())


def test_a_copy_is_independent() -> None:
    statistics = _counted([(1.0, [Emotion.SAD])])
    copy = statistics.copy()
    statistics.add(1.0, [make_face(Emotion.HAPPY)])
    assert copy == _counted([(1.0, [Emotion.SAD])])


@given(_FRAMES)
def test_every_figure_of_the_table_works_on_any_session(frames: list[tuple[float, list[Emotion]]]) -> None:
    figures = {statistic.key: statistic.function(_counted(frames)) for statistic in STATISTICS}
    assert len(figures) == len(STATISTICS)
    assert all(value >= 0 for value in figures.values())
    assert figures["face_share"] <= 100.0001


def test_time_that_cannot_be_judged_is_told_by_its_problem() -> None:
    statistics = _counted([(1.0, [Emotion.SAD]), (4.0, [])])
    for problem, seconds in zip(QualityProblem, range(1, 7), strict=True):
        statistics.add(seconds, [replace(make_face(), problem=problem)])
    # Another person's face is neither usable nor refused.
    statistics.add(4.0, [replace(make_face(), problem=QualityProblem.TOO_DARK, watched=False)])
    figures = {statistic.key: statistic.function(statistics) for statistic in STATISTICS}
    assert [figures[f"{problem.name.lower()}_s"] for problem in QualityProblem] == [1, 2, 3, 4, 5, 6]
    assert (figures["duration_s"], figures["seen_duration_s"], figures["face_duration_s"]) == (30, 22, 1)
    assert figures["usable_share"] == pytest.approx(100 / 30)
    assert statistics.seconds == _counted([(1.0, [Emotion.SAD])]).seconds
