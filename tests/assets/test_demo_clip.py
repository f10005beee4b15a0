"""The demo clip: a face that the program finds and names, made by a generator that anyone can run again."""

from __future__ import annotations

import numpy as np
import pytest
from face_warp import FaceWarp, Pose
from make_demo_clip import EXPRESSIONS, find_landmarks, light_at, pose_at
from numpy.typing import NDArray

from emotion_gui.core.session import InterviewSession
from emotion_gui.core.source_spec import DEMO, SourceSpec
from emotion_gui.pipeline.analyzer import FrameAnalyzer
from emotion_gui.pipeline.batch import analyze_recording
from emotion_gui.pipeline.selection import Selection
from emotion_gui.vision.classifiers import load_classifier, shipped_model
from emotion_gui.vision.face_detectors import create_detector
from emotion_gui.vision.sources import open_source
from tests.builders import make_info
from tests.vision.portraits import portrait

# Middle of her lips in the portrait, in pixels.
MOUTH = (268, 275)


@pytest.fixture(scope="module")
def warp() -> FaceWarp:
    return FaceWarp(portrait(), find_landmarks(portrait()), EXPRESSIONS)


def _render(warp: FaceWarp, pose: Pose) -> NDArray[np.uint8]:
    height, width = portrait().shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    return warp.render(pose, columns, rows)


def test_the_clip_shows_a_face_and_three_expressions() -> None:
    source = open_source(SourceSpec(DEMO))
    analyzer = FrameAnalyzer(create_detector("blazeface"), load_classifier(shipped_model()))
    session = InterviewSession(make_info())
    for result in analyze_recording(source, analyzer, selection=Selection(max_rate=12.5)):
        session.add(result)
    source.close()
    statistics = session.statistics
    assert statistics.duration_s == pytest.approx(20, abs=0.3)
    assert statistics.frames_with_face >= 0.95 * statistics.frames
    named = {emotion.value for emotion, seconds in statistics.seconds.items() if seconds >= 1.0}
    assert len(named) >= 3
    assert {"neutral", "happy", "surprise"} <= named


def test_a_face_at_rest_is_the_portrait(warp: FaceWarp) -> None:
    difference = _render(warp, Pose()).astype(int) - portrait()
    assert np.abs(difference).max() <= 2


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_an_expression_moves_the_face_and_leaves_the_shoulders(warp: FaceWarp, name: str) -> None:
    moved = np.abs(_render(warp, Pose({name: 1.0})).astype(int) - portrait()).max(axis=2)
    assert moved[100:360, 150:380].max() > 40
    assert moved[480:].max() <= 2


def test_an_open_mouth_is_dark_inside(warp: FaceWarp) -> None:
    shut, opened = _render(warp, Pose()), _render(warp, Pose({"surprise": 1.0}))
    below = (slice(MOUTH[1] + 12, MOUTH[1] + 20), slice(MOUTH[0] - 8, MOUTH[0] + 8))
    assert opened[below].mean() < 0.6 * shut[below].mean()


def test_the_script_can_be_looped() -> None:
    begin, end = pose_at(0.0), pose_at(20.0)
    assert begin.shares == end.shares == {}
    assert begin.shift == pytest.approx(end.shift, abs=1e-9)
    assert light_at(0.0) == pytest.approx(light_at(20.0))
