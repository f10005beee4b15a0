"""Sessions that have something of everything a report can show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from emotion_gui.core.baseline import AppliedBaseline, Baseline
from emotion_gui.core.brief_changes import BriefChange
from emotion_gui.core.consent import Consent, Purpose
from emotion_gui.core.corrections import Correction
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.markers import Marker
from emotion_gui.core.paths import models_folder
from emotion_gui.core.results import FaceQuality, QualityProblem
from emotion_gui.core.session import Provenance, SessionEvent, SessionFrame, SessionRecord, summarize
from tests.builders import CALM, STARTED_AT, TENSE, make_face, make_info, make_record

RESTING = (0.1, 0.02, 0.03, 0.05, 0.35, 0.02, 0.43)


def shipped_provenance() -> Provenance:
    """Of a session that the model with the program's own card was used for."""
    from emotion_gui.core.model_card import read_card

    card = read_card(models_folder() / "ferplus.json")
    return Provenance("0.1.0", card.name, card.tflite_sha256, "blazeface", "Camera 0")


def full_record(duration_s: float = 60.0, texts: Sequence[str] = ("question 1", "question 2")) -> SessionRecord:
    """A session with consent, a baseline, markers, brief changes, corrections and events.

    Args:
        duration_s: Session time in seconds.
        texts: What was typed: the first is the candidate's name and the note, all of them are markers and events.
    """
    info = make_info(
        candidate=texts[0],
        note=texts[0],
        purpose=Purpose.COACHING,
        consent=Consent(STARTED_AT - timedelta(minutes=2), "2026-11", "en", keeps_crops=True),
        provenance=replace(shipped_provenance(), source=texts[-1]),
    )
    record = make_record(duration_s, 2.0 if duration_s > 1000 else 10.0, info=info, moods=TENSE)
    times_s = [duration_s * (number + 0.5) / len(texts) for number in range(len(texts))]
    return replace(
        record,
        markers=tuple(Marker(time_s, text) for time_s, text in zip(times_s, texts, strict=True)),
        events=tuple(SessionEvent(time_s, "source lost", text) for time_s, text in zip(times_s, texts, strict=True)),
        baselines=(AppliedBaseline(0.0, Baseline(RESTING, 15.0, 1, STARTED_AT - timedelta(minutes=1))),),
        brief_changes=(BriefChange(3.0, 0.3, Emotion.SURPRISE, 0.42),),
        corrections=(Correction(5.0, Emotion.SAD, Emotion.NEUTRAL, STARTED_AT + timedelta(hours=1)),),
    )


def watched_record() -> SessionRecord:
    """Ten seconds of a candidate, turned away for two of them, with a second person behind."""
    quality, turned = FaceQuality(128.0, 120.0, 80.0, 0.1), FaceQuality(128.0, 120.0, 80.0, 0.9)
    raw, smoothed = (make_face(Emotion.FEAR, 0.6).probabilities, make_face(Emotion.SAD, 0.5).probabilities)
    frames = []
    for index in range(100):
        away = 40 <= index < 60
        candidate = replace(
            make_face(Emotion.HAPPY), raw=raw, smoothed=smoothed, track=3, candidate=True,
            quality=turned if away else quality, problem=QualityProblem.TURNED_AWAY if away else None,
        )  # fmt: skip
        other = replace(make_face(Emotion.ANGRY, face=1), track=4, watched=False)
        frames.append(SessionFrame(index, index / 10, 0.1, (candidate, other)))
    statistics, timeline = summarize(frames)
    record = make_record(0, moods=CALM)
    return replace(
        record,
        frames=tuple(frames),
        statistics=statistics,
        timeline=timeline,
        markers=(Marker(2.0, "=question 1"), Marker(7.0, "question 2")),
        corrections=(Correction(3.0, Emotion.HAPPY, Emotion.NEUTRAL),),
    )
