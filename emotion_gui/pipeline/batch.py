"""A whole recording in the caller's thread, as fast as the machine goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from emotion_gui.core.results import FrameResult
from emotion_gui.pipeline.analyzer import FrameAnalyzer
from emotion_gui.pipeline.following import Following
from emotion_gui.pipeline.rate_gate import RateGate
from emotion_gui.vision.frame import Frame
from emotion_gui.vision.sources import VideoSource


def analyze_recording(
    source: VideoSource,
    analyzer: FrameAnalyzer,
    *,
    following: Following | None = None,
    max_rate: float | None = None,
    on_frame: Callable[[Frame], None] | None = None,
) -> Iterator[FrameResult]:
    """Analyse a source to its end.

    Args:
        source: An open recording; the caller closes it.
        analyzer: What to do with each frame.
        following: Tells the persons apart; None leaves each frame by itself.
        max_rate: Results for one second of the recording at most; None for every frame.
        on_frame: Called with every frame that was read, analysed or not, for a progress bar.

    Yields:
        One result for every analysed frame, in order of time.

    Raises:
        SourceError: The recording cannot be decoded any further.
    """
    gate = RateGate(max_rate)
    while (frame := source.read()) is not None:
        if on_frame:
            on_frame(frame)
        if gate.lets_pass(frame.time_s, frame.interval_s):
            result = analyzer.analyze(frame)
            yield following.follow(result) if following else result
