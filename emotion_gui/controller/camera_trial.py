"""Trying a camera out before any session: whoever sits before it sees himself, and nothing else happens."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from emotion_gui.controller.backends import Backends
from emotion_gui.controller.status import Phase
from emotion_gui.core.errors import AppError
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import CAMERA, SourceSpec
from emotion_gui.core.translation import _
from emotion_gui.pipeline.events import SourceEnded, SourceLost, SourceOpened, WorkerFailed
from emotion_gui.pipeline.tasks import TaskRunner

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from emotion_gui.pipeline.camera_preview import CameraPreview

# Long enough to sit down and find the light; too short to watch anybody with.
LONGEST_S = 60.0


class TrialState(Enum):
    """Where the trial stands."""

    OFF = "off"
    OPENING = "opening"
    SHOWING = "showing"
    FAILED = "failed"


@dataclass(frozen=True)
class TrialStatus:
    """What is shown of it; `message` and `hint` say why it is over where nobody ended it."""

    state: TrialState = TrialState.OFF
    message: str = ""
    hint: str = ""


class CameraTrial:
    """Opens a camera without a session; all methods are called on one thread and return at once.

    No camera opens before the candidate has agreed. This is the one exception, and it is kept narrow: not during a
    session, small, without analysis, without anything being kept, and over by itself after a minute.

    Attributes:
        status: Where it stands.
    """

    def __init__(
        self,
        backends: Backends,
        tasks: TaskRunner,
        *,
        phase: Callable[[], Phase],
        settings: Callable[[], Settings],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.status = TrialStatus()
        self._backends = backends
        self._tasks = tasks
        self._phase = phase
        self._settings = settings
        self._clock = clock
        self._ends_at = 0.0
        self._openings = 0
        self._preview: CameraPreview | None = None
        self._left: CameraPreview | None = None

    def start(self, camera: int, size_wh: tuple[int, int]) -> None:
        """Show a camera; one that is shown already goes off first.

        Args:
            camera: Its number.
            size_wh: Width and height that the pictures must fit into, in pixels.

        Raises:
            AppError: A session is running.
        """
        if self._phase() is not Phase.IDLE:
            raise AppError(_("A session is running."), _("Stop it before you test a camera."))
        self._leave()
        opening, before, mirror = self._openings, self._left, self._settings().mirror
        self.status = TrialStatus(TrialState.OPENING)
        self._ends_at = self._clock() + LONGEST_S

        def work() -> CameraPreview:
            from emotion_gui.pipeline.camera_preview import CameraPreview

            # The device must be free before it is opened again.
            if before:
                before.stop()
            spec = SourceSpec(CAMERA, str(camera))
            return CameraPreview(lambda: self._backends.open_source(spec), size_wh=size_wh, mirror=mirror)

        def adopt(preview: CameraPreview) -> None:
            if opening == self._openings:
                self._preview = preview
                preview.start()

        def fail(error: AppError) -> None:
            if opening == self._openings:
                self._end(TrialStatus(TrialState.FAILED, error.message, error.hint))

        self._tasks.run(work, adopt, fail)

    def stop(self) -> None:
        """Have the camera off."""
        self._end(TrialStatus())

    def take_picture(self) -> NDArray[np.uint8] | None:
        """The newest picture that was not taken yet, RGB, uint8 [h, w, 3]."""
        return self._preview.pictures.take() if self._preview else None

    def poll(self) -> None:
        """Take in what the camera's thread told; ends a trial whose time is over."""
        for event in self._preview.events() if self._preview else ():
            match event:
                case SourceOpened():
                    self.status = TrialStatus(TrialState.SHOWING)
                case SourceLost(message, hint):
                    self._end(TrialStatus(TrialState.FAILED, message, hint))
                case WorkerFailed() | SourceEnded():
                    self._end(TrialStatus(TrialState.FAILED, _("The camera stopped because of an unexpected error.")))
        if self.status.state in {TrialState.OPENING, TrialState.SHOWING} and self._clock() > self._ends_at:
            self._end(TrialStatus(message=_("The camera went off by itself after a minute.")))

    def close(self) -> None:
        """Have the camera off and wait until it is released."""
        self._leave()
        if self._left:
            self._left.stop()

    def _end(self, status: TrialStatus) -> None:
        self._leave()
        self.status = status
        if self._left:
            self._tasks.run(self._left.stop, lambda _: None, lambda _: None)

    def _leave(self) -> None:
        self._openings += 1
        self._left = self._preview or self._left
        self._preview = None
