"""Which cameras there are, and which of them is the one that was used last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from emotion_gui.core.errors import AppError
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import CAMERA, SourceSpec
from emotion_gui.pipeline.tasks import TaskRunner

if TYPE_CHECKING:
    from emotion_gui.vision.sources.camera_list import CameraInfo

Found = Callable[[tuple["CameraInfo", ...]], None]


class Cameras:
    """Finds the cameras in the background, and a camera again by its name.

    Cameras are counted anew whenever one is plugged in: the same number may be another one tomorrow.
    """

    def __init__(self, find: Callable[[], tuple[CameraInfo, ...]], tasks: TaskRunner) -> None:
        self._find = find
        self._tasks = tasks
        self._known: tuple[CameraInfo, ...] = ()

    def list(self, done: Found, failed: Callable[[AppError], None]) -> None:
        def found(cameras: tuple[CameraInfo, ...]) -> None:
            self._known = cameras
            done(cameras)

        self._tasks.run(self._find, found, failed)

    def name_to_keep(self, spec: SourceSpec, before: Settings) -> str:
        """Name of the camera that is remembered when this source is chosen.

        Args:
            spec: The source; another kind leaves the remembered camera as it is.
            before: What was remembered until now.
        """
        if spec.kind != CAMERA:
            return before.camera_name
        names = {str(camera.index): camera.name for camera in self._known}
        return names.get(spec.address) or (before.camera_name if before.source == str(spec) else "")

    def found_again(self, spec: SourceSpec, name: str) -> SourceSpec:
        """The camera of this name; `spec` where it has the name itself or nobody knows which one is meant."""
        if spec.kind != CAMERA:
            return spec
        number = number_of(self._known, name)
        at_its_place = any(str(camera.index) == spec.address and camera.name == name for camera in self._known)
        return spec if number is None or at_its_place else SourceSpec(CAMERA, str(number))


def number_of(cameras: Sequence[CameraInfo], name: str) -> int | None:
    """Number of the one camera with this name; None where there is none or several look the same."""
    numbers = [camera.index for camera in cameras if name and camera.name == name]
    return numbers[0] if len(numbers) == 1 else None
