"""The recorded video of a session: files of a minute each, and the list that finds the picture of a moment.

A single mp4 file cannot be played before its end was written, so a crash would cost all of it; of files of a minute it
costs the last one. Each file runs at a constant rate, in session time: picture k of a file is that of
`begin_s + k / frames_per_s`. Nothing is recorded in a pause or while the source is away; a new file begins afterwards.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.errors import StorageError
from emotion_gui.core.translation import _

INDEX = "video.csv"
# In every opencv-python wheel, as a part of its own FFmpeg, and played by every system. H.264 is not in the wheels.
_CODEC = "mp4v"
# A name that no reader takes for a finished file.
_UNFINISHED = ".unfinished.mp4"


@dataclass(frozen=True, slots=True)
class Segment:
    """One finished file of the video.

    Attributes:
        file: Its name within the session's folder.
        begin_s: Session time of its first picture in seconds.
        frames: How many pictures it has.
        frames_per_s: Its constant rate.
    """

    file: str
    begin_s: float
    frames: int
    frames_per_s: float

    @property
    def end_s(self) -> float:
        """Session time at which its last picture ends, in seconds."""
        return self.begin_s + self.frames / self.frames_per_s

    def frame_at(self, time_s: float) -> int:
        """Number of the picture at a session time, from 0; the first or last one outside of the file."""
        # Times that were computed from a picture's number must lead back to it, whatever was rounded.
        number = int((time_s - self.begin_s) * self.frames_per_s + 1e-6)
        return max(0, min(number, self.frames - 1))


class SegmentWriter:
    """Writes one file; it gets its name when `finish` found it whole.

    Args:
        folder: The session's folder.
        number: Of the file, from 1.
        size_wh: Width and height of every picture in pixels; even numbers.
        frames_per_s: Constant rate of the file.

    Raises:
        StorageError: The file cannot be written.
    """

    def __init__(self, folder: Path, number: int, *, size_wh: tuple[int, int], frames_per_s: float) -> None:
        self._path = folder / f"video-{number:04d}.mp4"
        self._unfinished = folder / f"video-{number:04d}{_UNFINISHED}"
        self._size_wh = size_wh
        fourcc = cv2.VideoWriter.fourcc(*_CODEC)
        # FFmpeg first: it takes a path in any script on every system.
        for backend in (cv2.CAP_FFMPEG, cv2.CAP_ANY):
            self._writer = cv2.VideoWriter(str(self._unfinished), backend, fourcc, frames_per_s, size_wh)
            if self._writer.isOpened():
                return
        raise StorageError(_("The video cannot be recorded on this computer."), _("Install the program again."))

    @property
    def name(self) -> str:
        return self._path.name

    def write(self, rgb: NDArray[np.uint8]) -> None:
        """Add a picture, RGB, uint8 [height, width, 3]; black is put around one that is smaller."""
        self._writer.write(_padded(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), self._size_wh))

    def finish(self, frames: int) -> None:
        """Close the file with so many pictures in it.

        Raises:
            StorageError: It is not whole: the disk is full, or does not answer.
        """
        self._writer.release()
        # The writer itself never says that the disk would not take something.
        if _readable_frames(self._unfinished) < frames:
            with suppress(OSError):
                self._unfinished.unlink(missing_ok=True)
            raise StorageError(
                _("The video could not be written to the disk."), _("Check that the disk has free space.")
            )
        with self._unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        self._unfinished.replace(self._path)


def note_segment(folder: Path, segment: Segment) -> None:
    """Add a finished file to the list, in such a way that it is there after a crash.

    Raises:
        OSError: The list cannot be written.
    """
    path = folder / INDEX
    with path.open("a", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        if not file.tell():
            rows.writerow([field.name for field in fields(Segment)])
        rows.writerow(astuple(segment))
        file.flush()
        os.fsync(file.fileno())


def list_segments(folder: Path) -> tuple[Segment, ...]:
    """The finished files of a session's video in order of time; none where nothing was recorded.

    Lines that a crash cut off, and files that are gone, are left out.

    Raises:
        OSError: The list is there and cannot be read.
    """
    path = folder / INDEX
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        found = [segment for segment in _segments(csv.DictReader(file)) if (folder / segment.file).is_file()]
    return tuple(sorted(found, key=lambda segment: segment.begin_s))


def _segments(rows: csv.DictReader[str]) -> Iterator[Segment]:
    for row in rows:
        with suppress(KeyError, TypeError, ValueError):
            segment = Segment(row["file"], float(row["begin_s"]), int(row["frames"]), float(row["frames_per_s"]))
            # The list may have been changed by hand: a name must not lead out of the folder.
            if Path(segment.file).name == segment.file and segment.frames > 0 and segment.frames_per_s > 0:
                yield segment


def recorded_picture(folder: Path, time_s: float) -> NDArray[np.uint8] | None:
    """The recorded picture of a moment.

    Args:
        folder: The session's folder.
        time_s: Session time in seconds.

    Returns:
        RGB, uint8 [height, width, 3]; None where that moment was not recorded.

    Raises:
        OSError: The list of the files cannot be read.
    """
    for segment in list_segments(folder):
        if segment.begin_s <= time_s < segment.end_s:
            return _picture(folder / segment.file, segment.frame_at(time_s))
    return None


def _picture(path: Path, number: int) -> NDArray[np.uint8] | None:
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    try:
        capture.set(cv2.CAP_PROP_POS_FRAMES, number)
        found, picture = capture.read()
        return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), dtype=np.uint8) if found else None
    finally:
        capture.release()


def _readable_frames(path: Path) -> int:
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    try:
        return int(capture.get(cv2.CAP_PROP_FRAME_COUNT)) if capture.isOpened() else 0
    finally:
        capture.release()


def _padded(picture: cv2.typing.MatLike, size_wh: tuple[int, int]) -> cv2.typing.MatLike:
    """A picture in the middle of a black one; the writer silently leaves out pictures of another size."""
    height, width = picture.shape[:2]
    right, below = size_wh[0] - width, size_wh[1] - height
    if not right and not below:
        return picture
    sides = below // 2, below - below // 2, right // 2, right - right // 2
    return cv2.copyMakeBorder(picture, *sides, cv2.BORDER_CONSTANT, value=(0, 0, 0))
