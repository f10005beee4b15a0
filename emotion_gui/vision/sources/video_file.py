"""A recording: mp4, mov, avi, webm or mkv, played by its own timestamps."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.errors import SourceError
from emotion_gui.core.translation import N_, _
from emotion_gui.vision.frame import Frame, Moment
from emotion_gui.vision.sources.capture import as_bgr, frame_interval_s

VIDEO_SUFFIXES = (".mp4", ".mov", ".avi", ".webm", ".mkv", ".m4v")
_HINT = N_("Choose an mp4, mov, avi, webm or mkv file that other players can play.")
# The first bytes of the containers above. Whatever else FFmpeg can open stays closed: playlists and scripts would make
# it follow addresses into the network.
_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
_MATROSKA = b"\x1a\x45\xdf\xa3"


class VideoFileSource:
    """A video file; frames come upright, as the file's rotation mark says.

    A file that breaks off gives what is readable and then ends.

    Args:
        path: The file.

    Raises:
        SourceError: It is missing, no video, or not one picture of it can be read.
    """

    live = False

    def __init__(self, path: Path) -> None:
        _check(path)
        self._capture: cv2.VideoCapture | None = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
        self._count = 0
        self._time_s = 0.0
        self._interval_s = frame_interval_s(self._capture)
        self._first = as_bgr(*self._capture.read())
        if self._first is None:
            self.close()
            raise SourceError(_("The video '{name}' is damaged or incomplete.").format(name=path.name), _(_HINT))
        self._begin_s = self._stamp_s()
        # Damaged headers state absurd and negative numbers.
        stated = self._capture.get(cv2.CAP_PROP_FRAME_COUNT)
        self.frame_count = int(stated) if 0 < stated < 1e8 else 0

    def read(self) -> Frame | None:
        """The next picture; None at the end."""
        moment = self.step()
        picture = self.picture() if moment else None
        if moment is None or picture is None:
            return None
        return Frame(moment.index, moment.time_s, moment.interval_s, picture)

    def step(self) -> Moment | None:
        """Go to the next picture; None at the end."""
        if self._count:
            self._first = None
            if self._capture is None or not self._capture.grab():
                return None
            stamp_s = self._stamp_s()
            # OpenCV says 0 where the container has no timestamps; then the rate must do.
            following_s = stamp_s - self._begin_s if stamp_s > 0 else self._time_s + self._interval_s
            self._time_s = max(self._time_s, following_s)
        moment = Moment(self._count, self._time_s, self._interval_s)
        self._count += 1
        return moment

    def picture(self) -> NDArray[np.uint8] | None:
        """The picture that `step` went to; None where it cannot be decoded."""
        if self._first is not None:
            return self._first
        return None if self._capture is None else as_bgr(*self._capture.retrieve())

    def close(self) -> None:
        """Close the file."""
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()

    def _stamp_s(self) -> float:
        return self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000 if self._capture else 0.0


def open_video_file(address: str) -> VideoFileSource:
    """Open the video file at the path `address`.

    Raises:
        SourceError: It is missing, no video, or not one picture of it can be read.
    """
    return VideoFileSource(Path(address))


def _check(path: Path) -> None:
    if path.is_dir():
        raise SourceError(
            _("'{name}' is a folder, not a video.").format(name=path.name),
            _("Choose a file, or open it as a folder of images."),
        )
    try:
        with path.open("rb") as file:
            head = file.read(12)
    except (FileNotFoundError, ValueError) as error:
        raise SourceError(
            _("The video '{name}' does not exist.").format(name=path.name), _("Check its name and folder.")
        ) from error
    except OSError as error:
        raise SourceError(
            _("The video '{name}' cannot be read.").format(name=path.name), _("Check that you may open it.")
        ) from error
    known = head[4:8] in _BOXES or head[:4] == _MATROSKA or (head[:4] == b"RIFF" and head[8:12] == b"AVI ")
    if not known:
        problem = (
            _("The file '{name}' is not a video that this program can read.")
            if head
            else _("The file '{name}' is empty.")
        )
        raise SourceError(problem.format(name=path.name), _(_HINT))
