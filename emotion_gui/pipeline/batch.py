"""A whole recording in the caller's thread, as fast as the machine goes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.errors import SourceError
from emotion_gui.core.results import FaceResult, FrameResult
from emotion_gui.pipeline.following import Following
from emotion_gui.pipeline.selection import Selection, SelectionGate
from emotion_gui.vision.frame import Frame, Moment
from emotion_gui.vision.sources import SteppedSource, VideoSource

# Number of a frame and the faces that an earlier run found in it, as the model saw them.
KnownFrame = tuple[int, tuple[FaceResult, ...]]
_ALL = Selection()


class ResultMaker(Protocol):
    """One `FrameAnalyzer`, or a crew of them."""

    def in_order(self, frames: Iterable[Frame]) -> Iterator[FrameResult]:
        """The result of each frame, in their order."""

    def recall(self, frame: Frame, faces: tuple[FaceResult, ...]) -> FrameResult:
        """What was found in a frame before; see `FrameAnalyzer.recall`."""


def analyze_recording(
    source: VideoSource,
    analyzer: ResultMaker,
    *,
    following: Following | None = None,
    selection: Selection = _ALL,
    on_moment: Callable[[Moment], None] | None = None,
    known: Iterable[KnownFrame] = (),
) -> Iterator[FrameResult]:
    """Analyse a source to its end.

    Args:
        source: An open recording; the caller closes it.
        analyzer: What to do with each frame.
        following: Tells the persons apart; None leaves each frame by itself.
        selection: Which frames are analysed.
        on_moment: Called with every frame that was passed, analysed or not, for a progress bar.
        known: What an earlier run over the same selection found in the first frames; they are not analysed again, and
            the results are the same as if they were.

    Yields:
        One result for every analysed frame, in order of time.

    Raises:
        SourceError: The recording cannot be decoded any further, or is not the one that `known` comes from.
    """
    frames = selected_frames(source, selection, on_moment)
    # In this order: `zip` takes no frame for which nothing is known.
    recalled = (_recalled(frame, before, analyzer) for before, frame in zip(known, frames, strict=False))
    for result in chain(recalled, analyzer.in_order(frames)):
        yield following.follow(result) if following else result


def selected_frames(
    source: VideoSource,
    selection: Selection = _ALL,
    on_moment: Callable[[Moment], None] | None = None,
    *,
    within: tuple[float, float] = (0, math.inf),
) -> Iterator[Frame]:
    """The selected frames of a source, see `analyze_recording`; of them those with a number `within` two.

    The parts of a recording, the second number of each being the first of the next, give what the whole gives.
    """
    gate = SelectionGate(selection)
    for moment, picture in _steps(source) if isinstance(source, SteppedSource) else _reads(source):
        if gate.is_behind(moment) or moment.index >= within[1]:
            return
        if on_moment:
            on_moment(moment)
        if gate.lets_pass(moment) and moment.index >= within[0]:
            image_bgr = picture()
            if image_bgr is None:
                return
            yield Frame(moment.index, moment.time_s, moment.interval_s, image_bgr)


_Taken = tuple[Moment, Callable[[], NDArray[np.uint8] | None]]


def _steps(source: SteppedSource) -> Iterator[_Taken]:
    while (moment := source.step()) is not None:
        yield moment, source.picture


def _reads(source: VideoSource) -> Iterator[_Taken]:
    while (frame := source.read()) is not None:
        yield frame.moment, partial(getattr, frame, "image_bgr")


def _recalled(frame: Frame, known: KnownFrame, analyzer: ResultMaker) -> FrameResult:
    index, faces = known
    if index != frame.index:
        raise SourceError(
            "This recording gives other pictures than when its analysis began.", "Analyse it anew, without --resume."
        )
    return analyzer.recall(frame, faces)
