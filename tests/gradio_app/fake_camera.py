"""The demo clip as Chromium's fake camera takes it: raw pictures in a Y4M file, played in a loop."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import cv2
import numpy as np

from emotion_gui.core.paths import assets_folder
from emotion_gui.vision.sources.demo import DEMO_CLIP
from emotion_gui.vision.sources.video_file import VideoFileSource

_SIZE_WH, _RATE = (640, 480), 10


def write_camera_clip(path: Path, seconds: float = 4.0) -> Path:
    """Write the first seconds of the demo clip, one picture in three."""
    with path.open("wb") as file, closing(VideoFileSource(assets_folder() / DEMO_CLIP)) as source:
        file.write(f"YUV4MPEG2 W{_SIZE_WH[0]} H{_SIZE_WH[1]} F{_RATE}:1 Ip A1:1 C420jpeg\n".encode())
        number = 0
        while (frame := source.read()) is not None and frame.time_s < seconds:
            if number % 3 == 0:
                picture = cv2.resize(frame.image_bgr, _SIZE_WH)
                file.write(b"FRAME\n" + np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2YUV_I420)).tobytes())
            number += 1
    return path


def camera_arguments(clip: Path) -> tuple[str, ...]:
    """What makes Chromium take the clip for its camera and its user's permission for given."""
    return (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={clip}",
    )
