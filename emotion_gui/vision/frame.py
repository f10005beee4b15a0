"""One picture of a source with its place in time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Moment:
    """A picture's place in time, without the picture.

    Attributes:
        index: Number of the frame in its source, from 0.
        time_s: Seconds since the source began.
        interval_s: The source's nominal time between two frames, in seconds.
    """

    index: int
    time_s: float
    interval_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A picture as the source gave it.

    Attributes:
        index: Number of the frame in its source, from 0.
        time_s: Seconds since the source began: a file's own timestamps, a camera's clock.
        interval_s: The source's nominal time between two frames, in seconds.
        image_bgr: uint8 [height, width, 3], 0 to 255. Shared between threads: draw on a copy.
    """

    index: int
    time_s: float
    interval_s: float
    image_bgr: NDArray[np.uint8]

    @property
    def moment(self) -> Moment:
        """Its place in time."""
        return Moment(self.index, self.time_s, self.interval_s)
