"""Sessions for tests, made by a small seeded generator: faces that come and go, moods that change over time."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from emotion_gui.core.consent import Consent
from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.results import Box, FaceResult
from emotion_gui.core.session import (
    Provenance,
    SessionEvent,
    SessionFrame,
    SessionInfo,
    SessionRecord,
    SessionState,
    summarize,
)
from emotion_gui.core.settings import Settings
from emotion_gui.core.statistics import EmotionStatistics

STARTED_AT = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)
PROVENANCE = Provenance("0.1.0", "emotion-small", "4f1c" * 16, "blazeface", "Camera 0")
CONSENT = Consent(STARTED_AT, "1-0123456789ab", "en")
CALM: Mapping[Emotion, float] = {Emotion.NEUTRAL: 3.0, Emotion.HAPPY: 2.0, Emotion.SURPRISE: 1.0}
TENSE: Mapping[Emotion, float] = {Emotion.FEAR: 3.0, Emotion.SAD: 1.5, Emotion.ANGRY: 1.0, Emotion.NEUTRAL: 1.5}


def make_info(**changes: Any) -> SessionInfo:
    """The fixed part of a session, with the default settings and their rule; `changes` as for `replace`."""
    settings = Settings()
    info = SessionInfo(
        candidate="Ada Lovelace",
        note="Practice interview, second round.",
        rule=settings.rule,
        provenance=PROVENANCE,
        settings=settings.to_dict(),
        started_at=STARTED_AT,
    )
    return replace(info, **changes)


def make_face(label: Emotion = Emotion.HAPPY, confidence: float = 0.7, face: int = 0) -> FaceResult:
    """A face whose probabilities are `confidence` for its label and equal shares for the rest."""
    rest = (1.0 - confidence) / (len(EMOTIONS) - 1)
    probabilities = tuple(confidence if emotion is label else rest for emotion in EMOTIONS)
    return FaceResult(face, Box(210.5 + 150 * face, 120.25, 128.0, 130.5), 0.93, probabilities)


def make_frames(
    duration_s: float, rate: float = 15.0, *, moods: Mapping[Emotion, float] = CALM, faces: int = 1, seed: int = 1
) -> Iterator[SessionFrame]:
    """Frames of a session in which the face is away for three seconds of every twenty-three.

    Args:
        duration_s: Session time in seconds.
        rate: Results a second.
        moods: Weight of each emotion; they wax and wane at their own pace.
        faces: Faces in a frame that has any.
        seed: Makes two runs equal.
    """
    chance = random.Random(seed)
    phases = {emotion: chance.uniform(0, 2 * math.pi) for emotion in EMOTIONS}
    periods_s = {emotion: chance.uniform(9, 40) for emotion in EMOTIONS}
    for index in range(round(duration_s * rate)):
        time_s = index / rate
        weights = [
            0.05
            + moods.get(e, 0.1) * math.exp(1.2 * math.sin(2 * math.pi * time_s / periods_s[e] + phases[e]))
            + chance.uniform(0, 0.3)
            for e in EMOTIONS
        ]
        probabilities = tuple(weight / sum(weights) for weight in weights)
        count = 0 if time_s % 23 > 20 else faces
        found = tuple(
            FaceResult(face, Box(200.0 + 150 * face, 120.0, 130.0, 130.0), 0.9, probabilities) for face in range(count)
        )
        yield SessionFrame(2 * index, time_s, 1 / rate, found)


def make_record(
    duration_s: float = 60.0,
    rate: float = 15.0,
    *,
    info: SessionInfo | None = None,
    events: tuple[SessionEvent, ...] = (),
    **frames: Any,
) -> SessionRecord:
    """A finished session of `duration_s` seconds; `frames` as for `make_frames`."""
    counted = tuple(make_frames(duration_s, rate, **frames))
    fixed = info or make_info()
    statistics, timeline = summarize(counted)
    return SessionRecord(
        info=fixed,
        ended_at=fixed.started_at + timedelta(seconds=duration_s),
        state=SessionState.FINISHED,
        frames=counted,
        events=events,
        statistics=statistics,
        timeline=timeline,
    )


def same_totals(first: EmotionStatistics, second: EmotionStatistics) -> bool:
    """Whether two totals are the same but for the order in which their seconds were added up."""
    return all(getattr(first, name) == pytest.approx(getattr(second, name)) for name in vars(first))
