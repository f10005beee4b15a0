"""Keeps pictures of a session on a thread of its own: the annotated video, and crops of the face."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.errors import AppError, StorageError
from emotion_gui.core.translation import _
from emotion_gui.pipeline.latest import LatestSlot
from emotion_gui.pipeline.picture_file import save_png
from emotion_gui.pipeline.shot import Shot
from emotion_gui.pipeline.video_roll import VideoRoll, check_space, free_space

_log = logging.getLogger(__name__)

CROPS = "crops"
FRAMES_PER_S = 12.0
SEGMENT_S = 60.0
_WAIT_S = 0.1
_JOIN_S = 10.0


@dataclass(frozen=True, slots=True)
class RecorderTrouble:
    """Something is not kept any longer.

    Attributes:
        video: Whether it is the video; the crops otherwise.
        error: What happened and what to do.
    """

    video: bool
    error: AppError


def crop_name(time_s: float) -> str:
    """File name of the crop of a moment: its session time in milliseconds, ten digits."""
    return f"{round(1000 * time_s):010d}.png"


class Recorder:
    """Writes into one session's folder; no method but `close` waits for the disk.

    Video and crops each stop by themselves when the disk does not take them or has too little space left: the
    session's own record comes first. `film` begins again.
    """

    def __init__(
        self,
        folder: Path,
        *,
        frames_per_s: float = FRAMES_PER_S,
        segment_s: float = SEGMENT_S,
        free_bytes: Callable[[Path], int] = free_space,
    ) -> None:
        """Start the thread; the folder is made with the first file.

        Args:
            folder: The session's folder.
            frames_per_s: Rate of the video.
            segment_s: Seconds after which a new file of the video begins.
            free_bytes: Tells how many bytes are left on the disk of a folder.
        """
        self._folder = folder
        self._free_bytes = free_bytes
        self._roll = VideoRoll(folder, frames_per_s=frames_per_s, segment_s=segment_s, free_bytes=free_bytes)
        self._films = False
        self._keeps_crops = True
        self._shots: LatestSlot[tuple[Shot, float]] = LatestSlot()
        self._crops: queue.SimpleQueue[tuple[NDArray[np.uint8], float]] = queue.SimpleQueue()
        self._troubles: queue.SimpleQueue[RecorderTrouble] = queue.SimpleQueue()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    @property
    def films(self) -> bool:
        """Whether pictures are being recorded."""
        return self._films

    @property
    def seconds(self) -> float:
        """Length of what was recorded, in seconds."""
        return self._roll.seconds

    @property
    def ended(self) -> bool:
        """Whether all is written and everything was told."""
        return not self._thread.is_alive() and self._troubles.empty()

    def film(self, on: bool) -> None:
        """Record the pictures from now on, or finish the file and leave it at that."""
        self._films = on

    def offer(self, shot: Shot, time_s: float) -> None:
        """Give the newest picture with its session time in seconds; from any thread, as often as there is one."""
        if self._films:
            self._shots.put((shot, time_s))

    def keep_crop(self, crop: NDArray[np.uint8], time_s: float) -> None:
        """Keep a face as the model took it, grey, uint8 [side, side], under its session time in seconds."""
        if self._keeps_crops:
            self._crops.put((crop, time_s))

    def troubles(self) -> list[RecorderTrouble]:
        """What went wrong since the last call."""
        told = []
        while not self._troubles.empty():
            told.append(self._troubles.get())
        return told

    def end(self) -> None:
        """Finish the file in the background; nothing more is taken."""
        self._films = self._keeps_crops = False
        self._ending.set()

    def close(self) -> None:
        """As `end`, and wait for it."""
        self.end()
        self._thread.join(_JOIN_S)

    def _run(self) -> None:
        while not self._ending.is_set():
            given = self._shots.take(_WAIT_S)
            self._guard(self._write_crops, video=False)
            if not self._films:
                self._guard(self._roll.cut, video=True)
            elif given:
                self._guard(partial(self._roll.show, *given), video=True)
        # What was asked for between the last round and the end.
        self._guard(self._write_crops, video=False)
        self._guard(self._roll.cut, video=True)

    def _write_crops(self) -> None:
        while not self._crops.empty():
            crop, time_s = self._crops.get()
            folder = self._folder / CROPS
            folder.mkdir(parents=True, exist_ok=True)
            check_space(folder, self._free_bytes)
            save_png(folder / crop_name(time_s), crop)

    def _guard(self, work: Callable[[], None], *, video: bool) -> None:
        try:
            work()
        except AppError as error:
            self._give_up(error, video=video)
        except OSError as error:
            _log.warning("pictures of the session cannot be kept: %s", error)
            self._give_up(_unwritable(), video=video)
        except Exception as error:  # noqa: BLE001 - the thread's boundary: a failed video must not end the crops, nor the reverse
            _log.exception("recorder failed")
            message = _("Something unexpected went wrong ({error}).").format(error=type(error).__name__)
            self._give_up(StorageError(message, _("See the log.")), video=video)

    def _give_up(self, error: AppError, *, video: bool) -> None:
        # Told first: whoever sees that it has stopped can see why.
        self._troubles.put(RecorderTrouble(video, error))
        if video:
            self._films = False
            return
        self._keeps_crops = False
        while not self._crops.empty():
            self._crops.get()


def _unwritable() -> StorageError:
    return StorageError(
        _("The session's folder cannot be written."),
        _("Allow this program to write to its data folder and check that the disk has free space."),
    )
