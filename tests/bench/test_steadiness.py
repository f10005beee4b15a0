"""Figures of steady labels on courses whose answers are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_gui.bench.footage_bench import frames, watch
from emotion_gui.bench.footage_labels import Stretch
from emotion_gui.bench.steadiness import Course, steadiness
from emotion_gui.bench.steadiness_report import steadiness_dict, steadiness_lines
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.settings import Settings
from emotion_gui.vision.classifiers import load_classifier, shipped_model
from tests.builders import make_face

_RATE = 30


def _course(*moods: tuple[Emotion | None, float]) -> Course:
    labels = [label for label, seconds in moods for _ in range(round(seconds * _RATE))]
    moments = [(index / _RATE, make_face(label, 0.9)) for index, label in enumerate(labels) if label]
    return Course("a.mp4", moments)


_SMILE = _course((Emotion.NEUTRAL, 2), (Emotion.HAPPY, 2))
_FLICKER = _course(*[(Emotion.NEUTRAL, 0.4), (Emotion.SURPRISE, 1 / _RATE)] * 10)


def test_a_smile_is_one_change_with_its_delay() -> None:
    raw, shown = steadiness([_SMILE], 0.0), steadiness([_SMILE], 0.4)
    assert (raw.changes, shown.changes) == (1, 1)
    assert raw.delays_s == (0.0,)
    # Half of the weight is reached after T ln 2, 277 ms; the first result of the smile stands for the time before it.
    assert shown.delay_s == pytest.approx(0.277 - 1 / _RATE, abs=1.1 / _RATE)


def test_flicker_is_gone_when_it_is_smoothed() -> None:
    raw, shown = steadiness([_FLICKER], 0.0), steadiness([_FLICKER], 0.4)
    assert raw.changes_per_s == pytest.approx(19 / _FLICKER.seconds)
    assert shown.changes == 0
    assert (raw.delay_s, raw.longest_s) == (None, None)


def test_the_time_without_the_face_is_left_out() -> None:
    gap = _course((Emotion.NEUTRAL, 1), (None, 5), (Emotion.HAPPY, 1))
    assert gap.seconds == pytest.approx(2, abs=0.1)
    assert steadiness([gap], 0.4).changes == 0


def test_an_expression_that_is_never_shown_is_missed() -> None:
    short = _course((Emotion.NEUTRAL, 2), (Emotion.HAPPY, 0.6), (Emotion.NEUTRAL, 2))
    found = steadiness([short], 2.0)
    assert (found.changes, found.delays_s, found.missed) == (0, (), 1)


def test_clips_are_added_up() -> None:
    both = steadiness([_SMILE, _SMILE], 0.4)
    assert (both.changes, len(both.delays_s)) == (2, 2)
    assert both.seconds == pytest.approx(2 * _SMILE.seconds)


def test_tables_and_json_have_raw_beside_shown() -> None:
    text = "\n".join(steadiness_lines([_SMILE]))
    assert "a.mp4" in text
    assert f"{Settings().smoothing_ms} ms" in text
    found = steadiness_dict([_SMILE, _FLICKER])
    assert [clip["raw"]["changes_per_s"] > clip["shown"]["changes_per_s"] for clip in found["clips"]] == [False, True]
    assert found["time_constants"]["0"]["delay_s"] == 0
    assert list(steadiness_lines([])) == []


@pytest.mark.media
@pytest.mark.slow
def test_the_real_clips_reach_the_aims(media: Path) -> None:
    smile, talk = "video/single_face_smile.mp4", "video/talking_woman.mp4"
    (result,) = watch(media, [Stretch(smile), Stretch(talk)], {"shipped": load_classifier(shipped_model())}, rate=30)
    courses = {course.file: course for course in result.courses}
    assert len(courses[smile].moments) == sum(1 for _ in frames(media / smile, 30))
    settled = Settings().smoothing_ms / 1000
    assert steadiness([courses[talk]], 0.0).changes_per_s > 2
    assert steadiness([courses[talk]], settled).changes_per_s <= 1
    assert len(steadiness([courses[smile]], settled).delays_s) == 1
    assert (steadiness([courses[smile]], settled).longest_s or 1) <= 0.3
    assert courses[smile].brief_changes == 0, "a calm face and a smile that stays are no bursts"
