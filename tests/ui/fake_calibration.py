"""A calibration without a face: tests set what it shows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from emotion_gui.controller.calibration import CalibrationState, CalibrationStatus
from emotion_gui.core.errors import AppError


@dataclass
class FakeCalibration:
    """Measures when it is told to, or refuses with `error`."""

    status: CalibrationStatus = field(default_factory=CalibrationStatus)
    error: AppError | None = None

    def start(self) -> None:
        if self.error:
            raise self.error
        self.status = CalibrationStatus(CalibrationState.MEASURING, baseline=self.status.baseline)

    def cancel(self) -> None:
        if self.status.state is CalibrationState.MEASURING:
            self.status = CalibrationStatus(baseline=self.status.baseline)

    def remove(self) -> None:
        self.status = replace(self.status, state=CalibrationState.IDLE, baseline=None)
