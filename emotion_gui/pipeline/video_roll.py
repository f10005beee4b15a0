"""Session time on a video: pictures that come when they come, written at a constant rate."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.errors import StorageError
from emotion_gui.core.translation import _
from emotion_gui.pipeline.shot import Shot
from emotion_gui.pipeline.video_segments import Segment, SegmentWriter, note_segment

# A face fills a good part of it, and a laptop writes it beside its other work (4 ms a picture).
_MOST_WH = (640, 480)
_LEAST_SIDE = 16
# A source that gives nothing for longer is away: to repeat its last picture would show what nobody saw.
_LONGEST_GAP_S = 1.0
# What the session's own record needs for many hours, and the system to live.
LEAST_FREE_BYTES = 500 * 1024**2
_CHECK_SPACE_S = 2.0
_NUMBER = re.compile(r"video-(\d+)\.")


def free_space(folder: Path) -> int:
    """Bytes left on the disk of a folder."""
    return shutil.disk_usage(folder).free


def check_space(folder: Path, free_bytes: Callable[[Path], int]) -> None:
    """Leave the session's own record the room that it needs.

    Args:
        folder: A folder that is there.
        free_bytes: Tells how many bytes are left on its disk.

    Raises:
        StorageError: Less than `LEAST_FREE_BYTES` are left.
    """
    free = free_bytes(folder)
    if free < LEAST_FREE_BYTES:
        left = _("Only {size} MB are left on the disk.").format(size=free // 1024**2)
        raise StorageError(left, _("Free some space to go on keeping pictures."))


class VideoRoll:
    """The video of one session as it grows; belongs to one thread.

    Picture k of a file stands for `begin + k / frames_per_s`: where more pictures come some are left out, where fewer
    come one is repeated. After a gap, as a pause leaves one, a new file begins at its own session time.
    """

    def __init__(
        self, folder: Path, *, frames_per_s: float, segment_s: float, free_bytes: Callable[[Path], int]
    ) -> None:
        """Prepare; the first picture makes the first file.

        Args:
            folder: The session's folder; made where it is missing.
            frames_per_s: Rate of the video.
            segment_s: Seconds after which a new file begins.
            free_bytes: Tells how many bytes are left on the disk of a folder.
        """
        self._folder = folder
        self._rate = frames_per_s
        self._most_frames = max(1, round(segment_s * frames_per_s))
        self._free_bytes = free_bytes
        self._writer: SegmentWriter | None = None
        self._size_wh = (0, 0)
        self._begin_s = 0.0
        self._frames = 0
        self._all_frames = 0
        self._newest: Shot | None = None
        self._newest_s = 0.0
        self._drawn: tuple[Shot, NDArray[np.uint8]] | None = None

    @property
    def seconds(self) -> float:
        """Length of what was written, in seconds."""
        return self._all_frames / self._rate

    def show(self, shot: Shot, time_s: float) -> None:
        """Write what is due up to this picture, and the picture where it is due itself.

        Args:
            shot: The newest picture.
            time_s: Its session time in seconds; one that is not after the last one is left out.

        Raises:
            StorageError: The disk has too little space, or would not take the file that was finished just now.
            OSError: The folder cannot be written.
        """
        if self._writer and time_s - self._newest_s > _LONGEST_GAP_S:
            self.cut()
        if not self._writer:
            self._open(shot, time_s)
        elif time_s <= self._newest_s:
            return
        before = self._newest or shot
        self._newest, self._newest_s = shot, time_s
        due = int((time_s - self._begin_s) * self._rate + 1e-6) - self._frames
        for _number in range(due):
            self._write(before)
        if due >= 0:
            self._write(shot)

    def cut(self) -> None:
        """Finish the file; the next picture begins another one.

        Raises:
            StorageError: The disk would not take it.
            OSError: The folder cannot be written.
        """
        self._finish()
        self._newest = None

    def _write(self, shot: Shot) -> None:
        if self._frames == self._most_frames:
            end_s = self._begin_s + self._frames / self._rate
            self._finish()
            # Without a gap, so that every moment has its picture.
            self._open(shot, end_s)
        elif self._frames % max(1, round(_CHECK_SPACE_S * self._rate)) == 0:
            self._check_space()
        if self._writer:
            self._writer.write(self._picture(shot))
            self._frames += 1
            self._all_frames += 1

    def _picture(self, shot: Shot) -> NDArray[np.uint8]:
        # One that is repeated is drawn once.
        if not self._drawn or self._drawn[0] is not shot:
            self._drawn = shot, shot.marked().composed(self._size_wh)
        return self._drawn[1]

    def _open(self, shot: Shot, begin_s: float) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        check_space(self._folder, self._free_bytes)
        self._size_wh, self._drawn = _video_size(shot.size_wh), None
        numbers = [_NUMBER.match(path.name) for path in self._folder.glob("video-*.mp4")]
        number = 1 + max((int(match[1]) for match in numbers if match), default=0)
        self._writer = SegmentWriter(self._folder, number, size_wh=self._size_wh, frames_per_s=self._rate)
        self._begin_s = begin_s

    def _check_space(self) -> None:
        try:
            check_space(self._folder, self._free_bytes)
        except StorageError:
            self.cut()
            raise

    def _finish(self) -> None:
        writer, frames = self._writer, self._frames
        self._writer, self._frames = None, 0
        if writer is None:
            return
        try:
            writer.finish(frames)
            note_segment(self._folder, Segment(writer.name, self._begin_s, frames, self._rate))
        except (StorageError, OSError):
            self._all_frames -= frames
            raise


def _video_size(size_wh: tuple[int, int]) -> tuple[int, int]:
    """Width and height in pixels of a video of pictures of this size: hardly larger, and even, as codecs want it."""
    scale = min(1.0, _MOST_WH[0] / size_wh[0], _MOST_WH[1] / size_wh[1])
    width, height = (max(_LEAST_SIDE, 2 * round(side * scale / 2)) for side in size_wh)
    return width, height
