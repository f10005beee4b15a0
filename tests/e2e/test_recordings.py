from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from emotion_gui.controller.status import Phase
from emotion_gui.core.consent_texts import PREVIEW
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.session import InterviewSession
from emotion_gui.core.source_spec import DEMO, SourceSpec
from emotion_gui.core.statistics import EmotionStatistics
from emotion_gui.pipeline.analyzer import FrameAnalyzer
from emotion_gui.pipeline.batch import analyze_recording
from emotion_gui.pipeline.selection import Selection
from emotion_gui.vision.classifiers import load_classifier, shipped_model
from emotion_gui.vision.face_detectors import create_detector
from emotion_gui.vision.sources import open_source
from tests.builders import make_info
from tests.e2e.program import Program


@pytest.mark.gui
@pytest.mark.media
def test_a_real_face_that_begins_to_smile(program: Program, media: Path, tmp_path: Path) -> None:
    program.dialogs.file = media / "video" / "single_face_smile.mp4"
    program.press("<Control-o>")
    program.wait_until_ready()
    program.wait(lambda: program.main.video.caption.cget("text") == PREVIEW, "a preview that names no face")
    program.type_into(program.main.session_panel.candidate, "P 07")
    program.main.session_panel.start_button.invoke()
    assert "Before this recording is analysed" in program.dialogs.asked
    program.wait(lambda: program.controller.phase is Phase.IDLE, "the end of the clip")
    program.wait(lambda: "has ended" in program.main.status_bar.message.cget("text"), "the news of the end")

    # By eye: 2.4 s, neutral until 0.7 s, a broad smile from there on.
    statistics = program.session.statistics
    assert statistics.duration_s == pytest.approx(2.4, abs=0.1)
    assert statistics.face_duration_s == pytest.approx(statistics.duration_s)
    assert statistics.shares()[Emotion.NEUTRAL] == pytest.approx(0.7 / 2.4, abs=0.12)
    assert statistics.shares()[Emotion.HAPPY] == pytest.approx(1.7 / 2.4, abs=0.12)

    table = pd.read_csv(program.export_all(tmp_path).results)
    assert len(table) == statistics.frames_with_face
    assert list(table["label"].drop_duplicates())[:2] == ["neutral", "happy"]


@pytest.mark.slow
def test_a_slow_machine_and_a_fast_one_agree_on_the_demo_clip() -> None:
    analyzer = FrameAnalyzer(create_detector("blazeface"), load_classifier(shipped_model()))
    fast, slow = (_statistics_at(rate, analyzer) for rate in (30.0, 10.0))
    assert fast.frames > 2 * slow.frames
    assert fast.duration_s == pytest.approx(slow.duration_s, abs=0.2)
    for emotion in Emotion:
        assert slow.shares()[emotion] == pytest.approx(fast.shares()[emotion], abs=0.02), emotion


def _statistics_at(rate: float, analyzer: FrameAnalyzer) -> EmotionStatistics:
    source = open_source(SourceSpec(DEMO))
    try:
        session = InterviewSession(make_info())
        for result in analyze_recording(source, analyzer, selection=Selection(max_rate=rate)):
            session.add(result)
    finally:
        source.close()
    return session.statistics
