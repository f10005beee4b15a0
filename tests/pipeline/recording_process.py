"""Records without end until it is killed: `python -m tests.pipeline.recording_process FOLDER`."""

from __future__ import annotations

import sys
import threading
from itertools import count
from pathlib import Path

from emotion_gui.pipeline.recorder import Recorder
from tests.pipeline.shots import shot_of


def main() -> None:
    recorder = Recorder(Path(sys.argv[1]), frames_per_s=20, segment_s=1)
    recorder.film(True)
    pause = threading.Event()
    for number in count():
        recorder.offer(shot_of(number), number / 20)
        pause.wait(0.01)


if __name__ == "__main__":
    main()
