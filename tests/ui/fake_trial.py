"""A camera trial without a camera: it remembers what it was told, and tests set what it shows."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from emotion_gui.controller.camera_trial import TrialState, TrialStatus
from emotion_gui.core.errors import AppError


@dataclass
class FakeTrial:
    status: TrialStatus = field(default_factory=TrialStatus)
    started: list[int] = field(default_factory=list)
    pictures: deque[NDArray[np.uint8]] = field(default_factory=deque)
    error: AppError | None = None

    def start(self, camera: int, size_wh: tuple[int, int]) -> None:
        if self.error:
            raise self.error
        self.started.append(camera)
        self.status = TrialStatus(TrialState.OPENING)

    def stop(self) -> None:
        self.status = TrialStatus()

    def take_picture(self) -> NDArray[np.uint8] | None:
        return self.pictures.popleft() if self.pictures else None
