"""A clip as Chromium's fake camera takes it: raw pictures in a Y4M file, played in a loop."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import cv2
import numpy as np

from emotion_gui.vision.sources.video_file import VideoFileSource

_RATE = 10


def write_camera_clip(path: Path, source: Path, *, size_wh: tuple[int, int], from_s: float, seconds: float) -> Path:
    """Write some seconds of a clip of 30 pictures a second, one picture in three.

    Args:
        path: The file to write.
        source: The clip.
        size_wh: Even numbers of pixels.
        from_s: Where they begin in the clip.
        seconds: How many of them.
    """
    with path.open("wb") as file, closing(VideoFileSource(source)) as clip:
        file.write(f"YUV4MPEG2 W{size_wh[0]} H{size_wh[1]} F{_RATE}:1 Ip A1:1 C420jpeg\n".encode())
        while (frame := clip.read()) is not None and frame.time_s < from_s + seconds:
            if frame.time_s >= from_s and frame.index % 3 == 0:
                picture = cv2.resize(frame.image_bgr, size_wh)
                file.write(b"FRAME\n" + np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2YUV_I420)).tobytes())
    return path


def camera_arguments(clip: Path) -> tuple[str, ...]:
    """What makes Chromium take the clip for its camera and its user's permission for given."""
    return (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={clip}",
    )
