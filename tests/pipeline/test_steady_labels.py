"""From frames to labels that hold: smoothing, what cannot be judged, and a resting face that is not sad."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from face_warp import FaceWarp, Pose
from make_demo_clip import EXPRESSIONS, find_landmarks
from numpy.typing import NDArray

from emotion_gui.core.emotions import Emotion
from emotion_gui.core.quality import QualityLimits
from emotion_gui.core.resting_face import RestingFace
from emotion_gui.core.results import FaceQuality, FaceResult, FrameResult
from emotion_gui.core.smoothing import Smoother
from emotion_gui.pipeline.analyzer import FrameAnalyzer
from emotion_gui.pipeline.following import Following, FollowingOptions
from emotion_gui.vision.classifiers import load_classifier, shipped_model
from emotion_gui.vision.face_detectors import create_detector
from emotion_gui.vision.frame import Frame
from tests.builders import make_face
from tests.vision.portraits import portrait

_LIMITS = QualityLimits(48, 30, 235, 15, 0.6, 0.5)
_RATE = 5


def _frame(index: int, label: Emotion, light: float = 128) -> FrameResult:
    face = replace(make_face(label), quality=FaceQuality(128, light, 100, 0.0))
    return FrameResult(index, index / 30, 1 / 30, (face,), (640, 480))


def test_raw_and_smoothed_probabilities_are_both_kept() -> None:
    following, smoother = Following(FollowingOptions(0.4)), Smoother(0.4)
    for index, label in enumerate([Emotion.SAD] * 5 + [Emotion.HAPPY] * 5):
        result = _frame(index, label)
        (face,) = following.follow(result).faces
        assert face.raw == result.faces[0].probabilities
        assert face.smoothed == pytest.approx(smoother.update(result.time_s, face.raw))


def test_what_cannot_be_judged_leaves_no_trace_in_what_is_counted() -> None:
    following = Following(FollowingOptions(0.4, limits=_LIMITS))
    dark = [_frame(index, Emotion.FEAR, light=10) for index in range(5, 10)]
    calm = [_frame(index, Emotion.NEUTRAL) for index in (*range(5), 10)]
    faces = [following.follow(result).faces[0] for result in (*calm[:5], *dark, calm[5])]
    assert [face.counts for face in faces] == [True] * 5 + [False] * 5 + [True]
    assert faces[-1].probabilities == pytest.approx(make_face(Emotion.NEUTRAL).probabilities)


@pytest.fixture(scope="module")
def course() -> list[FaceResult]:
    """Six seconds of a face that rests with its mouth's corners down, then three in which it smiles."""
    warp = FaceWarp(portrait(), find_landmarks(portrait()), EXPRESSIONS)
    analyzer = FrameAnalyzer(create_detector("blazeface"), load_classifier(shipped_model()))
    following = Following(FollowingOptions(0.4))
    frames = (Frame(index, index / _RATE, 1 / _RATE, _picture(warp, index / _RATE)) for index in range(9 * _RATE))
    return [following.follow(analyzer.analyze(frame)).faces[0] for frame in frames]


def _picture(warp: FaceWarp, time_s: float) -> NDArray[np.uint8]:
    rows, columns = np.mgrid[0:600, 0:512].astype(np.float32)
    smile = float(time_s >= 6)
    shares = {"sad": 0.35 * (1 - 0.7 * smile) * (1 + 0.2 * math.sin(2.5 * time_s)), "smile": smile}
    return warp.render(Pose(shares, (5 * math.sin(2 * time_s), 0.0), math.sin(1.3 * time_s)), columns, rows)


@pytest.mark.slow
def test_a_resting_face_read_as_sad_becomes_neutral_and_its_smile_stays_happy(course: list[FaceResult]) -> None:
    resting = RestingFace()
    for index, face in enumerate(course[: 6 * _RATE]):
        resting.add(index / _RATE, face)
    following = Following(FollowingOptions(0.4))
    following.set_baseline(resting.baseline())
    corrected = [
        following.follow(FrameResult(index, index / _RATE, 1 / _RATE, (face,), (512, 600))).faces[0].label
        for index, face in enumerate(replace(face, probabilities=face.raw) for face in course)
    ]
    # The labels need a moment to follow the smile.
    at_rest, smiling = slice(0, 6 * _RATE), slice(6 * _RATE + 4, None)
    assert Counter(face.label for face in course[at_rest]) == {Emotion.SAD: 30}
    assert Counter(corrected[at_rest]) == {Emotion.NEUTRAL: 30}
    assert Counter(face.label for face in course[smiling]) == {Emotion.HAPPY: 11}
    assert Counter(corrected[smiling]) == {Emotion.HAPPY: 11}
