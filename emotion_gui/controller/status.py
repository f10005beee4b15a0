"""What the window shows of the controller: small frozen values, compared to see what changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from emotion_gui.core.source_spec import SourceSpec


class Phase(Enum):
    """Where the session stands."""

    IDLE = "idle"
    RUNNING = "running"
    PAUSED = "paused"


class SourceState(Enum):
    """Where the picture source stands."""

    CLOSED = "closed"
    WAITING = "waiting"
    OPENING = "opening"
    PLAYING = "playing"
    LOST = "lost"
    ENDED = "ended"
    FAILED = "failed"


@dataclass(frozen=True)
class SourceStatus:
    """The picture source.

    Attributes:
        state: WAITING is a camera or stream that was chosen and stays off until a session starts. LOST is tried again
            by itself at `retry_at`; FAILED is not.
        spec: What the user chose; None before the first choice.
        message: What is wrong, one sentence; empty where nothing is.
        hint: What to do about it.
        retry_at: Time of the next try, in seconds of `time.monotonic`.
        seen: Whether it has shown a picture since it was opened; what never did cannot be lost.
    """

    state: SourceState = SourceState.CLOSED
    spec: SourceSpec | None = None
    message: str = ""
    hint: str = ""
    retry_at: float = 0.0
    seen: bool = False


class ModelState(Enum):
    """Where the model stands."""

    LOADING = "loading"
    READY = "ready"
    MISSING = "missing"


@dataclass(frozen=True)
class ModelStatus:
    """The model in use; a failed attempt to open another leaves it as it was."""

    state: ModelState = ModelState.MISSING
    name: str = ""
    sha256: str = ""

    @property
    def ready(self) -> bool:
        """Whether it can name faces."""
        return self.state is ModelState.READY


class Keeping(Enum):
    """Whether what the session has so far is on the disk; `HELD_UP` is tried again until the disk takes it."""

    SAVED = "saved"
    SAVING = "saving"
    HELD_UP = "held up"


class Level(Enum):
    """How a notice is shown: `INFO` in the status bar, the others in a banner that stays until it was seen.

    `BUSY` is work that goes on, `DONE` is what came of it.
    """

    INFO = "info"
    BUSY = "busy"
    DONE = "done"
    ERROR = "error"


@dataclass(frozen=True)
class Offer:
    """Something to do about a notice.

    Attributes:
        label: Two or three words for a button.
        do: Does it; called on the thread that shows the notice.
    """

    label: str
    do: Callable[[], None]


@dataclass(frozen=True)
class Notice:
    """Something to tell the user once.

    Attributes:
        level: How it is shown.
        message: What is the case, one sentence.
        hint: What to do about it, or where to look.
        offers: What can be done with a press of a button.
        topic: A later notice on the same topic takes this one's place; empty for none.
    """

    level: Level
    message: str
    hint: str = ""
    offers: tuple[Offer, ...] = field(default=(), compare=False)
    topic: str = ""


@dataclass(frozen=True)
class LabelRequest:
    """A model was opened whose outputs only the user can name.

    Attributes:
        path: The model's file.
        outputs: How many labels it needs, in order.
    """

    path: Path
    outputs: int
