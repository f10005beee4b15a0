"""What the worker threads tell; frozen, and never dropped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from emotion_gui.core.results import FrameResult

if TYPE_CHECKING:
    # The window imports this module before it opens, and would wait for numpy.
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class FrameAnalyzed:
    """One frame has its result.

    Attributes:
        result: The faces and their probabilities.
        delay_s: Seconds from the moment the frame was there to the moment its result was.
        crops: The faces as the model took them, in the result's order: grey, uint8 [side, side]; in memory only.
    """

    result: FrameResult
    delay_s: float
    crops: tuple[NDArray[np.uint8], ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SourceOpened:
    """The source gives frames, for the first time or again."""


@dataclass(frozen=True, slots=True)
class SourceLost:
    """The source cannot be opened or read.

    Attributes:
        message: What happened, one sentence.
        hint: What to do, one sentence.
        retry_in_s: Seconds until it is tried again; None when it will not be, as with a file.
    """

    message: str
    hint: str
    retry_in_s: float | None


@dataclass(frozen=True, slots=True)
class SourceEnded:
    """A recording has played to its end, and its last frame was analysed."""


@dataclass(frozen=True, slots=True)
class WorkerFailed:
    """A thread met something unexpected and has stopped.

    Attributes:
        worker: Name of the thread.
        details: The traceback, for the log.
    """

    worker: str
    details: str


Event = FrameAnalyzed | SourceOpened | SourceLost | SourceEnded | WorkerFailed
