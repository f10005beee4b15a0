"""Where pictures come from: one file per kind of source, one table."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core import source_spec
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.vision.frame import Frame, Moment


class VideoSource(Protocol):
    """An open source of frames; used by one thread at a time.

    Attributes:
        live: True for cameras and streams: frames come when they come, and a lost source may return. False for
            recordings and images: the reader keeps the time by `Frame.time_s`, and the end is the end.
        frame_count: Number of frames where it is known beforehand, otherwise 0.
    """

    live: bool
    frame_count: int

    def read(self) -> Frame | None:
        """The next frame; None when a recording has ended.

        Raises:
            SourceError: The source was lost or cannot be decoded.
        """

    def close(self) -> None:
        """Release the device or file; safe to call twice."""


@runtime_checkable
class SteppedSource(Protocol):
    """A recording whose pictures can be passed over for less than it costs to look at them."""

    def step(self) -> Moment | None:
        """Go to the next picture; None at the end."""

    def picture(self) -> NDArray[np.uint8] | None:
        """The picture that `step` went to, uint8 [height, width, 3] BGR, 0 to 255; None where it cannot be decoded."""


# Named as strings, so that choosing one source does not load the others; build.spec reads this table too.
VIDEO_SOURCES: dict[str, str] = {
    source_spec.CAMERA: "emotion_gui.vision.sources.camera:open_camera",
    source_spec.FILE: "emotion_gui.vision.sources.video_file:open_video_file",
    source_spec.IMAGES: "emotion_gui.vision.sources.images:open_images",
    source_spec.STREAM: "emotion_gui.vision.sources.stream:open_stream",
    source_spec.DEMO: "emotion_gui.vision.sources.demo:open_demo",
}


def open_source(spec: SourceSpec) -> VideoSource:
    """Open what the user chose; may take seconds, so never call it on the window's thread.

    Raises:
        SourceError: It is missing, busy, denied or not readable; the message says what to do.
    """
    module, _, function = VIDEO_SOURCES[spec.kind].partition(":")
    return cast(VideoSource, getattr(import_module(module), function)(spec.address))
