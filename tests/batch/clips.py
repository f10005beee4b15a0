"""Small recordings of one face, and the program that analyses them in a process of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import cv2

from emotion_gui.bench.portrait import SIZE_WH, portrait_frame

CHECKOUT = Path(__file__).parents[2]
RATE = 10


def write_talk(path: Path, frames: int = 20) -> Path:
    """A portrait that sways, 10 pictures a second."""
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), RATE, SIZE_WH)
    for number in range(frames):
        writer.write(portrait_frame(3 * number))
    writer.release()
    return path


def command(*arguments: str | Path) -> list[str]:
    """`emotion-gui analyze` with these arguments."""
    return [sys.executable, "-m", "emotion_gui", "analyze", *map(str, arguments)]


def environment(home: Path) -> dict[str, str]:
    """A process's surroundings with user folders of its own."""
    folders = {name: str(home / name) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    return {**os.environ, **folders, "HOME": str(home)}
