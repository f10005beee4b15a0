"""Which pictures of a recording are analysed, and what is not known anew."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from emotion_gui.core.emotions import Emotion
from emotion_gui.core.errors import SourceError
from emotion_gui.pipeline.analyzer import FrameAnalyzer
from emotion_gui.pipeline.batch import analyze_recording, selected_frames
from emotion_gui.pipeline.crew import AnalyzerCrew
from emotion_gui.pipeline.selection import Selection
from emotion_gui.vision.sources.video_file import VideoFileSource
from tests.fakes import FakeClassifier, FakeDetector, FakeSource
from tests.vision.sources.clips import write_clip


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), list(range(40))),
        (Selection(every=7), [0, 7, 14, 21, 28, 35]),
        (Selection(every=7, start_s=0.55), [6, 13, 20, 27, 34]),
        (Selection(max_rate=2), [0, 5, 10, 15, 20, 25, 30, 35]),
        (Selection(max_rate=2, start_s=1.15, end_s=3), [12, 17, 22, 27]),
        (Selection(start_s=3.85, end_s=math.inf), [39]),
        (Selection(start_s=4), []),
    ],
)
def test_selected_frames(selection: Selection, expected: list[int]) -> None:
    source = FakeSource([Emotion.HAPPY] * 40, interval_s=0.1)
    passed: list[int] = []
    found = [frame.index for frame in selected_frames(source, selection, lambda moment: passed.append(moment.index))]
    assert found == expected
    # The progress bar sees all of them up to the end.
    assert passed == list(range(len(passed)))


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_crew_gives_what_one_gives_in_order(size: int) -> None:
    moods = [*list(Emotion) * 5, None]
    one = FrameAnalyzer(FakeDetector(), FakeClassifier())
    crew = AnalyzerCrew([FrameAnalyzer(FakeDetector(), FakeClassifier(_uneven())) for _ in range(size)])
    assert list(analyze_recording(FakeSource(moods), crew)) == list(analyze_recording(FakeSource(moods), one))


def _uneven() -> Callable[[], None]:
    """Makes some frames slower than those after them."""
    calls = count()

    def wait() -> None:
        threading.Event().wait(0.01 if next(calls) % 3 == 0 else 0)

    return wait


def test_known_frames_of_another_recording_are_refused() -> None:
    source = FakeSource([Emotion.HAPPY] * 4)
    with pytest.raises(SourceError, match="other pictures"):
        list(analyze_recording(source, FrameAnalyzer(FakeDetector(), FakeClassifier()), known=[(3, ())]))


def test_passed_over_frames_are_the_same_as_read_ones(tmp_path: Path) -> None:
    """Every third frame, stepped to, is what reading all of them gives."""
    clip = write_clip(tmp_path / "clip.mp4")
    read = list(iter(VideoFileSource(clip).read, None))[::3]
    stepped = list(selected_frames(VideoFileSource(clip), Selection(every=3)))
    assert [frame.moment for frame in stepped] == [frame.moment for frame in read]
    assert all((one.image_bgr == other.image_bgr).all() for one, other in zip(stepped, read, strict=True))
