"""The running pipeline: every result told, lost sources brought back, no thread left hanging."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from emotion_gui.core.emotions import Emotion
from emotion_gui.core.errors import SourceError
from emotion_gui.pipeline.analyzer import FrameAnalyzer
from emotion_gui.pipeline.events import Event, FrameAnalyzed, SourceEnded, SourceLost, SourceOpened, WorkerFailed
from emotion_gui.pipeline.live import LivePipeline, View
from emotion_gui.pipeline.shot import Shot
from emotion_gui.vision.annotate import AnnotationStyle
from emotion_gui.vision.sources import VideoSource
from tests.fakes import FakeClassifier, FakeDetector, FakeSource, picture_of
from tests.waiting import wait_for

MOODS = [Emotion.HAPPY] * 10 + [None] * 5 + [Emotion.SAD] * 10


class Run:
    """A started pipeline that collects its events."""

    def __init__(self, open_source: Callable[[], VideoSource], *, reconnect: bool = False, loop: bool = False) -> None:
        self.pipeline = LivePipeline(open_source, reconnect=reconnect, loop=loop)
        self.seen: list[Event] = []

    def start(self, on_call: Callable[[], None] = lambda: None) -> Run:
        self.pipeline.set_analyzer(FrameAnalyzer(FakeDetector(), FakeClassifier(on_call)))
        self.pipeline.start()
        return self

    def events(self, kind: type[Event]) -> Sequence[Event]:
        self.seen.extend(self.pipeline.events())
        return [event for event in self.seen if isinstance(event, kind)]

    def wait_for(self, kind: type[Event], count: int = 1) -> None:
        wait_for(lambda: len(self.events(kind)) >= count, f"{count} x {kind.__name__}")


@pytest.fixture
def run() -> Iterator[Callable[..., Run]]:
    started: list[Run] = []

    def make(open_source: Callable[[], VideoSource], **options: bool) -> Run:
        started.append(Run(open_source, **options))
        return started[-1]

    yield make
    for item in started:
        item.pipeline.stop()
    names = {thread.name for thread in threading.enumerate()}
    assert not names & {"capture", "analysis", "picture"}, "a thread of the pipeline still runs"


def test_a_recording_is_analysed_to_its_last_frame_before_its_end_is_told(run: Callable[..., Run]) -> None:
    source = FakeSource(MOODS, interval_s=0.01)
    playing = run(lambda: source).start()
    playing.wait_for(SourceEnded)
    assert isinstance(playing.seen[0], SourceOpened)
    assert isinstance(playing.seen[-1], SourceEnded)
    results = [event.result for event in playing.seen if isinstance(event, FrameAnalyzed)]
    assert results[-1].frame == len(MOODS) - 1
    assert [face.label for face in results[-1].faces] == [Emotion.SAD]
    assert source.closed == 1


def test_times_and_numbers_go_on_when_a_recording_begins_again(run: Callable[..., Run]) -> None:
    playing = run(lambda: FakeSource(MOODS[:3], interval_s=0.005), loop=True).start()
    playing.wait_for(FrameAnalyzed, 12)
    results = [event.result for event in playing.seen if isinstance(event, FrameAnalyzed)]
    times, numbers = [r.time_s for r in results], [r.frame for r in results]
    assert times == sorted(set(times))
    assert numbers == sorted(set(numbers))
    assert not playing.events(SourceEnded)


def test_the_last_picture_of_a_recording_stays_for_its_time(run: Callable[..., Run]) -> None:
    # One picture of half a second, again and again: the third result comes after a second and not at once.
    playing = run(lambda: FakeSource([Emotion.HAPPY], interval_s=0.5), loop=True)
    begin = time.monotonic()
    playing.start().wait_for(FrameAnalyzed, 3)
    assert time.monotonic() - begin >= 1.0


def test_a_lost_camera_is_told_and_brought_back(run: Callable[..., Run]) -> None:
    sources = iter([FakeSource(MOODS, live=True, lost_after=5), FakeSource(MOODS, live=True)])
    opened: list[FakeSource] = []

    def open_next() -> VideoSource:
        opened.append(next(sources))
        return opened[-1]

    playing = run(open_next, reconnect=True).start()
    playing.wait_for(SourceOpened, 2)
    playing.wait_for(FrameAnalyzed, 8)
    lost = playing.events(SourceLost)
    assert [(event.message, event.retry_in_s) for event in lost if isinstance(event, SourceLost)] == [
        ("The camera was unplugged.", 0.5)
    ]
    assert opened[0].closed == 1
    times = [event.result.time_s for event in playing.seen if isinstance(event, FrameAnalyzed)]
    assert times == sorted(times)


def test_the_last_result_is_told_before_the_loss(run: Callable[..., Run]) -> None:
    playing = run(lambda: FakeSource(MOODS, lost_after=1)).start(lambda: _be_slow(0.1))
    playing.wait_for(SourceLost)
    assert [type(event) for event in playing.seen] == [SourceOpened, FrameAnalyzed, SourceLost]


def _be_slow(seconds: float) -> None:
    threading.Event().wait(seconds)


def test_a_camera_that_is_not_there_is_tried_again_less_and_less_often(run: Callable[..., Run]) -> None:
    def refuse() -> VideoSource:
        raise SourceError("No camera was found.", "Connect one.")

    playing = run(refuse, reconnect=True).start()
    playing.wait_for(SourceLost, 2)
    waits = [event.retry_in_s for event in playing.seen if isinstance(event, SourceLost)]
    assert waits[:2] == [0.5, 1.0]


def test_a_file_that_cannot_be_opened_is_not_tried_again(run: Callable[..., Run]) -> None:
    def refuse() -> VideoSource:
        raise SourceError("The file is no video.", "Choose another.")

    playing = run(refuse).start()
    playing.wait_for(SourceLost)
    wait_for(lambda: "capture" not in {thread.name for thread in threading.enumerate()})
    (lost,) = [event for event in playing.seen if isinstance(event, SourceLost)]
    assert lost.retry_in_s is None
    assert not playing.events(SourceEnded)


def test_results_never_wait_for_a_window_that_takes_no_picture(run: Callable[..., Run]) -> None:
    playing = run(lambda: FakeSource(MOODS * 4, interval_s=0.002)).start()
    playing.wait_for(SourceEnded)
    wait_for(lambda: playing.pipeline.pictures.dropped > 0)


def test_the_picture_has_the_size_that_the_window_asked_for(run: Callable[..., Run]) -> None:
    playing = run(lambda: FakeSource([Emotion.HAPPY], live=True))
    playing.pipeline.set_view(View(size_wh=(320, 240)))
    playing.start()
    picture = playing.pipeline.pictures.take(timeout_s=10)
    assert picture is not None
    assert picture.rgb.shape == (240, 320, 3)


def test_a_held_recording_stays_where_it_is(run: Callable[..., Run]) -> None:
    playing = run(lambda: FakeSource(MOODS * 8, interval_s=0.005)).start()
    playing.wait_for(FrameAnalyzed, 2)
    playing.pipeline.hold(True)
    before = [0]

    def stands_still() -> bool:
        last, before[0] = before[0], len(playing.events(FrameAnalyzed))
        threading.Event().wait(0.1)
        return last == before[0]

    wait_for(stands_still)
    assert not playing.events(SourceEnded)
    playing.pipeline.hold(False)
    playing.wait_for(SourceEnded)


def test_a_failing_model_is_told_and_the_picture_goes_on(
    run: Callable[..., Run], caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RuntimeError("the interpreter broke")

    playing = run(lambda: FakeSource([Emotion.HAPPY], live=True)).start(fail)
    playing.wait_for(WorkerFailed)
    (failed,) = [event for event in playing.seen if isinstance(event, WorkerFailed)]
    assert failed.worker == "analysis"
    assert "the interpreter broke" in failed.details
    assert playing.pipeline.pictures.take(timeout_s=10) is not None
    assert "analysis failed" in caplog.text


def test_stopping_does_not_wait_for_a_slow_result(run: Callable[..., Run]) -> None:
    entered, leave = threading.Event(), threading.Event()

    def hang() -> None:
        entered.set()
        leave.wait(20)

    playing = run(lambda: FakeSource([Emotion.HAPPY], live=True)).start(hang)
    assert entered.wait(20)
    threading.Timer(0.05, leave.set).start()
    playing.pipeline.stop()
    assert leave.is_set()


def test_each_result_brings_its_faces_as_the_model_took_them(run: Callable[..., Run]) -> None:
    playing = run(lambda: FakeSource(MOODS, interval_s=0.01)).start()
    playing.wait_for(SourceEnded)
    told = [event for event in playing.seen if isinstance(event, FrameAnalyzed)]
    assert [len(event.crops) for event in told] == [len(event.result.faces) for event in told]
    last = told[-1].crops[0]
    assert (last.shape, float(last.mean())) == ((48, 48), picture_of(Emotion.SAD).mean())


def test_who_watches_gets_every_picture_with_its_marks(run: Callable[..., Run]) -> None:
    shots: list[Shot] = []
    playing = run(lambda: FakeSource([Emotion.HAPPY], interval_s=0.005, live=True))
    playing.pipeline.set_watch(shots.append)
    playing.start()
    wait_for(lambda: shots and shots[-1].faces, "a marked picture")
    assert playing.pipeline.newest is not None
    assert shots[-1].composed((320, 240)).shape == (240, 320, 3)
    unmarked = replace(shots[-1], style=AnnotationStyle(show_boxes=False))
    assert not np.array_equal(unmarked.composed((160, 120)), unmarked.marked().composed((160, 120)))
