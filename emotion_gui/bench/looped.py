"""A clip played again and again: a long recording without a large file, decoded as one."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.errors import SourceError
from emotion_gui.vision.frame import Frame, Moment
from emotion_gui.vision.sources.video_file import VideoFileSource


class LoopedSource:
    """A recording of any length made of one clip.

    Attributes:
        frame_count: Frames that it has in all.
    """

    live = False

    def __init__(self, path: Path, seconds: float) -> None:
        """Open the clip.

        Args:
            path: A video.
            seconds: How long the recording is; it ends with the first frame after that.

        Raises:
            SourceError: The clip cannot be read.
        """
        self._path = path
        self._seconds = seconds
        self._clip = VideoFileSource(path)
        self._begin_index, self._begin_s = 0, 0.0
        self._newest = Moment(-1, 0.0, 0.0)
        first = self._clip.step()
        self._waiting = first
        self.frame_count = round(seconds / first.interval_s) if first else 0

    def step(self) -> Moment | None:
        """Go to the next picture; None at the end."""
        moment, self._waiting = self._waiting or self._clip.step(), None
        if moment is None:
            self._clip.close()
            self._clip = VideoFileSource(self._path)
            self._begin_index = self._newest.index + 1
            self._begin_s = self._newest.time_s + self._newest.interval_s
            moment = self._clip.step()
        if moment is None or self._begin_s + moment.time_s >= self._seconds:
            return None
        self._newest = Moment(self._begin_index + moment.index, self._begin_s + moment.time_s, moment.interval_s)
        return self._newest

    def picture(self) -> NDArray[np.uint8] | None:
        """The picture that `step` went to."""
        return self._clip.picture()

    def read(self) -> Frame | None:
        """The next picture; None at the end."""
        moment = self.step()
        picture = self.picture() if moment else None
        if moment is None or picture is None:
            return None
        return Frame(moment.index, moment.time_s, moment.interval_s, picture)

    def close(self) -> None:
        """Close the clip."""
        self._clip.close()


def size_of(clip: Path) -> tuple[int, int]:
    """Width and height of a clip's pictures in pixels.

    Raises:
        SourceError: The clip cannot be read.
    """
    with closing(VideoFileSource(clip)) as source:
        frame = source.read()
    if frame is None:
        raise SourceError(f"'{clip.name}' has no picture.", "Choose another clip.")
    height, width = frame.image_bgr.shape[:2]
    return width, height


def scaled_clip(source: Path, target: Path, size_wh: tuple[int, int]) -> Path:
    """Write a clip again at another size, its sides cut so that nothing is stretched.

    Raises:
        SourceError: The clip cannot be read, or this OpenCV cannot write one.
    """
    clip = VideoFileSource(source)
    first = clip.read()
    rate = 1 / first.interval_s if first else 0.0
    writer = cv2.VideoWriter(str(target), cv2.VideoWriter.fourcc(*"mp4v"), rate, size_wh)
    if first is None or not writer.isOpened():
        raise SourceError("No clip to measure with can be written here.", "Name one with --loop.")
    frame: Frame | None = first
    while frame is not None:
        writer.write(_cut(frame.image_bgr, size_wh))
        frame = clip.read()
    writer.release()
    clip.close()
    return target


def _cut(picture: NDArray[np.uint8], size_wh: tuple[int, int]) -> NDArray[np.uint8]:
    height, width = picture.shape[:2]
    scale = max(size_wh[0] / width, size_wh[1] / height)
    size = max(size_wh[0], round(width * scale)), max(size_wh[1], round(height * scale))
    large = cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR)
    left, top = (size[0] - size_wh[0]) // 2, (size[1] - size_wh[1]) // 2
    return np.asarray(large[top : top + size_wh[1], left : left + size_wh[0]], dtype=np.uint8)
