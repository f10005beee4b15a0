"""A recording cut off anywhere and gone on with is counted as in one go, and nothing is looked for twice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from emotion_gui.batch.counting import Job, count_recording, find_in
from emotion_gui.batch.engine import Engine, ModelName
from emotion_gui.batch.plan import BatchPlan, Recording
from emotion_gui.core.candidate_wish import CandidateWish
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.errors import SourceError
from emotion_gui.core.results import DetectedFace
from emotion_gui.core.session import SessionRecord, SessionState
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.pipeline.analyzer import FrameAnalyzer
from emotion_gui.pipeline.selection import Selection
from emotion_gui.storage.session_store import SessionStore
from tests.fakes import UNLIMITED, FakeClassifier, FakeDetector, FakeSource

# A face that is surprised for a moment, smiles and leaves; for the fakes' flat pictures it is somebody new that comes.
MOODS = [
    *[Emotion.NEUTRAL] * 60,
    *[Emotion.SURPRISE] * 5,
    *[Emotion.NEUTRAL] * 35,
    *[Emotion.HAPPY] * 60,
    *[Emotion.NEUTRAL] * 20,
    *[None] * 30,
    *[Emotion.NEUTRAL] * 70,
    *[Emotion.FEAR] * 5,
    *[Emotion.NEUTRAL] * 75,
]
INTERVAL_S = 0.05


class CountingDetector(FakeDetector):
    """Counts the frames that it was shown."""

    def __init__(self) -> None:
        self.seen = 0

    def detect(self, frame_bgr: NDArray[np.uint8]) -> list[DetectedFace]:
        self.seen += 1
        return super().detect(frame_bgr)


def count(folder: Path, *, lost_after: int | None = None, **plan: object) -> tuple[SessionRecord, int]:
    """What stands in the store in the end, and how many frames were looked at."""
    detector = CountingDetector()
    engine = Engine(FrameAnalyzer(detector, FakeClassifier()), ModelName("fake", "fa" * 32))
    settings = Settings(**(UNLIMITED | {"smoothing_ms": 400}))
    whole = BatchPlan(settings, Path("model"), folder, **plan)  # type: ignore[arg-type]
    source = FakeSource(MOODS, interval_s=INTERVAL_S, lost_after=lost_after)
    recording = Recording(SourceSpec("file", "talk.mp4"), folder, "talk")
    job = Job(recording, whole, engine.model, find_in(source, whole, engine, lambda _: None))
    with SessionStore(folder) as store:
        record = count_recording(job, store)
        return record, detector.seen


def told(record: SessionRecord) -> list[object]:
    return [list(record.frames), record.events, record.brief_changes, record.statistics, list(record.timeline)]


@pytest.mark.parametrize("cuts", [(1,), (99,), (100,), (150, 151, 290), (359,)])
@pytest.mark.parametrize("selection", [Selection(), Selection(max_rate=8), Selection(every=3, start_s=1, end_s=17.98)])
def test_the_result_is_that_of_one_pass(cuts: tuple[int, ...], selection: Selection, tmp_path: Path) -> None:
    whole, seen = count(tmp_path / "whole", selection=selection)
    for cut in cuts:
        # What it raises stands for the kill; what was stored before stays.
        with pytest.raises(SourceError):
            count(tmp_path / "parts", lost_after=cut, selection=selection)
    parts, seen_in_parts = count(tmp_path / "parts", selection=selection)
    assert told(parts) == told(whole)
    assert parts.state is SessionState.FINISHED
    if selection == Selection():
        assert len(whole.brief_changes) == 1
        assert [event.kind for event in whole.events] == ["candidate chosen", "candidate lost"]
        # Stored by the hundred, events among them.
        assert seen_in_parts <= seen - max(cuts) // 100 * 100 + 5


def test_what_is_finished_is_not_looked_at_again(tmp_path: Path) -> None:
    first, _ = count(tmp_path)
    again, seen = count(tmp_path)
    assert seen == 0
    assert told(again) == told(first)
    assert again.info == first.info


def test_the_record_tells_what_was_chosen(tmp_path: Path) -> None:
    record, _ = count(tmp_path, selection=Selection(every=2, end_s=2.5), wish=CandidateWish.parse("track 1"))
    told = {key: value for key, value in record.info.settings.items() if key.startswith(("analysed", "candidate_"))}
    assert told == {"analysed_every": 2, "analysed_to_s": 2.5, "candidate_wish": "track 1"}
    assert [frame.frame for frame in record.frames] == list(range(0, 50, 2))


def test_a_part_without_pictures_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no picture in the part"):
        count(tmp_path, selection=Selection(start_s=100))
